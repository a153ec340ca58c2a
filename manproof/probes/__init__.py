"""The probes: one package for each system call."""
