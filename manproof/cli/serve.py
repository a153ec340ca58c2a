"""``manproof serve``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from manproof.cli import screen

if TYPE_CHECKING:
    from manproof.render.live import Problem


@click.command(
    epilog="Examples:\n\n"
    "  manproof serve\n\n"
    "  manproof serve --port 0 --open\n\n"
    "Add ?review to the address of a page to see each passage beside its source text."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=None,
    help="The port; 0 is any free one. Default: 8000, or any free one where that is taken.",
)  # fmt: skip
@click.option("--open", "browse", is_flag=True, help="Open the site in the browser.")
def serve(port: int | None, browse: bool) -> int:
    """Show the site while you edit it: a page is made anew when its files are saved.

    It is served to this machine alone (127.0.0.1). What is wrong with the files stands on the page
    and here; the last good page stays. Ctrl-C ends it.
    """
    from manproof.serve import serve as run

    project = screen.project()
    shown: list[Problem] = []

    def begun(url: str) -> None:
        click.echo(f"{url}  (Ctrl-C ends it)")
        if browse:
            click.launch(url)

    def built(found: list[Problem]) -> None:
        for each in found:
            if each not in shown:  # else it was said already
                for line in str(each).splitlines():
                    screen.say(line)
        shown[:] = found

    try:
        run(project, port, begun=begun, built=built)
    except KeyboardInterrupt:
        screen.say("")  # below the ^C of the terminal
    return screen.CLEAN
