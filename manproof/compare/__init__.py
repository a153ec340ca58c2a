"""Editions, other manuals and the running system side by side: the rows, and how they are written.

``columns`` are those who speak, ``rows`` what each says of each situation, ``porting`` the answer to
who moves a program from one to another.
"""

from manproof.compare.columns import SYSTEM, Column, of_comparison, of_page, of_record, of_upstream
from manproof.compare.rows import Cell, Row, Table, table

__all__ = [
    "SYSTEM",
    "Cell",
    "Column",
    "Row",
    "Table",
    "of_comparison",
    "of_page",
    "of_record",
    "of_upstream",
    "table",
]
