"""The lab: bring a condition about in a fresh place, call the kernel, write down what happened.

Probes use :func:`condition` and the constants; programs use :func:`conditions`, :func:`run`, and the views
of an observation: :func:`trace`, :func:`program` (C) and :func:`shell`.
"""

from manproof.lab.conditions import Condition, by_kind, condition, conditions
from manproof.lab.constants import *  # noqa: F403
from manproof.lab.errors import Broken, Unsupported, errno_name
from manproof.lab.runner import DEADLINE, Bench, run
from manproof.lab.spelled import NULL, Address, abstract, anything, ipv4, ipv6, unix
from manproof.lab.system import describe
from manproof.lab.words import Lab
from manproof.lab.views import program, shell, trace, trace_line
