"""Side-by-side runs against other tools: ``make bench``."""
