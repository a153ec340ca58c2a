"""What nobody should send, by class, and what must come of it.

A case of `texts` is shown letter by letter in every place, or refused with file, line and code point;
those of `sources`, `catalogues`, `prose` and `records` are refused with their place, or mean just what
they seem to. The cases are samples of their classes, and the guards know the classes only.
"""
