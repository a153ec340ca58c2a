"""The command line: it alone prints, exits, and reads the clock, the environment and the screen."""

from __future__ import annotations

import gc
import signal
import sys

import click

from manproof import __version__
from manproof.cli.build import build, man
from manproof.cli.compare import compare
from manproof.cli.finding import finding
from manproof.cli.i18n import i18n
from manproof.cli.lint import lint
from manproof.cli.probe import probe
from manproof.cli.rules import explain, rules
from manproof.cli.screen import CLEAN, FAILURE, give_up_output, open_standard_files, say
from manproof.cli.serve import serve
from manproof.diagnostic import UserError, quoted

_GARBAGE = 100_000
"""Objects between two collections of garbage, of which a page leaves some 30,000: a tree of docutils is one
circle, and the usual 700 would have the collector walk it, and all modules, again and again meanwhile."""


def main() -> None:
    """The console script."""
    gc.set_threshold(_GARBAGE, *gc.get_threshold()[1:])
    open_standard_files()
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup(1) has it ignored
            signal.signal(number, _end)
    try:
        sys.exit(manproof.main(standalone_mode=False) or CLEAN)
    except UserError as mistake:
        say(f"manproof: error: {mistake}")
        sys.exit(FAILURE)
    except click.exceptions.NoArgsIsHelpError as help_wanted:
        click.echo(help_wanted.format_message())
        sys.exit(FAILURE)
    except click.ClickException as mistake:
        mistake.show()
        sys.exit(FAILURE)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        give_up_output()  # its reader has gone
        sys.exit(141)
    except OSError as problem:
        give_up_output()  # it may be what failed
        place = f" ({quoted(str(problem.filename))})" if problem.filename else ""
        say(f"manproof: error: {problem.strerror or problem}{place}; mend that, and begin again")
        sys.exit(FAILURE)


def _end(number: int, _frame: object) -> None:
    """Ends the program as Ctrl+C does, so that nothing unfinished is left behind."""
    sys.exit(128 + number)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog="Begin with: manproof build")
@click.version_option(__version__, "-V", "--version", prog_name="manproof")
def manproof() -> None:
    """Man pages as structured data: rendered, translated, and proved against the running kernel."""


for command in (build, man, serve, i18n, probe, lint, rules, explain, compare, finding):
    manproof.add_command(command)
