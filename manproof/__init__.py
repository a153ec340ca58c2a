"""manproof: man pages as structured data, rendered, translated and proved against the kernel."""

__version__ = "0.1.0"
