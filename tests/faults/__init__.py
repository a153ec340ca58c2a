"""What a machine may do to us: kill a run at any moment, fail a write, take away the disk."""
