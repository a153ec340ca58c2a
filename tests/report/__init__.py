"""Reports of a lint: each format as its reader parses it, with texts that try to break out of it."""
