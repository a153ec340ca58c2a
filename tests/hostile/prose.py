"""reST that reads files, runs code, links to scripts, hides text, or is not of the dialect."""

from __future__ import annotations

DIRECTIVES = (
    ".. include:: {file}", ".. include:: {file}\n   :literal:", ".. literalinclude:: {file}",
    ".. include:: /dev/stdin", ".. include:: ../../../../../../../../{file}", ".. include:: <isonum.txt>",
    ".. raw:: html\n   :file: {file}", ".. raw:: html\n\n   <script>alert(1)</script>",
    ".. raw:: manpage\n\n   .so x", ".. raw:: html\n   :url: file://{file}",
    ".. csv-table::\n   :file: {file}", ".. csv-table::\n   :url: file://{file}", ".. figure:: {file}",
    ".. image:: javascript:alert(1)", ".. image:: x\n   :target: javascript:alert(1)",
    ".. image:: data:image/svg+xml,<svg>", ".. meta::\n   :http-equiv=refresh: 0;url=http://127.0.0.1:9/",
    ".. container:: a\" onclick=\"x\n\n   x", ".. class:: a\" onclick=\"x\n\nx",
    ".. role:: x(raw)\n   :format: html\n\n:x:`<b>`", ".. default-role:: math\n\n`x`",
    ".. math:: \\\\input{x}", ".. code:: html\n\n   <script>", ".. parsed-literal::\n\n   *x*",
    ".. note:: x", ".. title:: x", ".. sectnum::", ".. contents::", ".. header:: x", ".. date:: %Y",
    ".. unicode:: 0x3C", ".. replace:: x", ".. sidebar:: x", ".. topic:: x", ".. epigraph:: x",
    ".. list-table::\n\n   * - x", ".. target-notes::", ".. only:: x", ".. eval:: x", ".. unheard-of:: x",
    ".. hidden text", "..\n   hidden text", ".. _x: javascript:alert(1)", ".. __: javascript:alert(1)",
    ".. [1] x", ".. [#a] x", ".. |x| raw:: html\n\n   <b>\n\n|x|",
    ".. |a| replace:: |b|\n.. |b| replace:: |a|\n\n|a|", ".. |d| date::\n\n|d|", ".. |x| image:: y\n\n|x|",
)  # fmt: skip

REFERENCES = (
    "`a <javascript:alert(1)>`__", "`a <JaVaScRiPt:alert(1)>`_", "`a <data:text/html,x>`__",
    "`a <vbscript:x>`__", "`a <file:///etc/passwd>`__", "`a <//x>`__", "`a <&#106;avascript:x>`__",
    "`a <java\\ script:x>`__", "`a`_", "`a`__", "a_", "a__", "[1]_", "[#]_", "|a|", "_`a`",
    "__ javascript:x", "`a`", ":raw:`x`", ":sub:`x`", ":title:`x`", ":pep:`8`", ":rfc:`1`", ":math:`x`",
    ":code:`x`", ":a:b:`x`", ":url:`javascript:alert(1)`", ":url:`data:text/html,x`",
    ":url:`file:///etc/passwd`", ":url:`//x`", ":url:`http://a b`", ":url:`http://a\"onclick`",
    ":url:`HTTP://a`", ":url:`http:x`", ":url:`mailto:`", ":func:`a b`", ":func:`<b>`", ":man:`../x(2)`",
    ":man:`x(2)<b>`", ":errno:`\\.so`", ":arg:`a'b`", ":const:`A\\\\B`", ":type:`a;b`", ":opt:`x`",
    ":env:`$HOME`",
)  # fmt: skip

FORMS = (
    "**open", "*open", "``open", "`open", ":func:`open", "a\n=====", "=====\na\n=====", "-----", "* a\nb",
    "+ a\n- b", ":a: b", "-a  b", "--a=b  c", "/a  b", "| a\n| b", ">>> a", "+---+\n| a |\n+---+",
    "A. b\n\nB. c", "i. b\n\nii. c", "(a) b", "a\n  b\n c", "a\n\n  b", "\ta", "a\tb",
    "=====  ==\na      b\n=====  ==\nc\n----\nd\n=====  ==", "a\\", "\\a", "a \\fB b",
)  # fmt: skip

MEANT = (
    ":url:` http://a`", ":func:``", "`x`:func:", "a. b\nc", "#. a", "  a", "> a", "a : b\n  c", "a ::\n\nb",
    "- ", "1.", "2. a\n1. b", "=  =\na  b\n=  =\nc\n",
)  # fmt: skip
"""What the dialect knows, or what is no markup at all."""

PROSE = (*DIRECTIVES, *REFERENCES, *FORMS, *MEANT)
