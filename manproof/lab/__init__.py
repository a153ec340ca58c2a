"""The lab: bring a condition about in a fresh place, call the kernel, write down what happened.

Probes use :func:`condition`, :class:`Lab` and the constants of :mod:`manproof.lab.constants`.
Programs use :func:`conditions` (what there is), :func:`run` or :class:`Bench` (make observations),
:func:`describe` (the system), and the views of an observation: :func:`trace`, :func:`program` (C),
:func:`shell`.
"""

from manproof.lab.conditions import Condition, by_kind, calls, condition, conditions
from manproof.lab.errors import Broken, Unsupported, errno_name, errno_number
from manproof.lab.program import program
from manproof.lab.runner import DEADLINE, Bench, run
from manproof.lab.spelled import NULL, Address, Number, abstract, anything, ipv4, ipv6, unix
from manproof.lab.system import describe
from manproof.lab.views import shell, trace, trace_line
from manproof.lab.words import Lab

__all__ = [
    "DEADLINE",
    "NULL",
    "Address",
    "Bench",
    "Broken",
    "Condition",
    "Lab",
    "Number",
    "Unsupported",
    "abstract",
    "anything",
    "by_kind",
    "calls",
    "condition",
    "conditions",
    "describe",
    "errno_name",
    "errno_number",
    "ipv4",
    "ipv6",
    "program",
    "run",
    "shell",
    "trace",
    "trace_line",
    "unix",
]
