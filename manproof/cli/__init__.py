"""The command line: it alone prints, exits, and reads the clock, the environment and the screen."""

from __future__ import annotations

import os
import sys

import click

from manproof import __version__
from manproof.cli.build import build, man
from manproof.cli.finding import finding
from manproof.cli.i18n import i18n
from manproof.cli.lint import lint
from manproof.cli.probe import probe
from manproof.cli.screen import CLEAN, FAILURE, say
from manproof.diagnostic import UserError


def main() -> None:
    """The console script."""
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
        # the reader of our output has gone; Python must not complain about it at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog="Begin with: manproof build")
@click.version_option(__version__, "-V", "--version", prog_name="manproof")
def manproof() -> None:
    """Man pages as structured data: rendered, translated, and proved against the running kernel."""


for command in (build, man, i18n, probe, lint, finding):
    manproof.add_command(command)
