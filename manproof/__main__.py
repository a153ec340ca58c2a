"""``python -m manproof``."""

from manproof.cli import main

main()
