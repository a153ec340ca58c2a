"""What is measured: the same work for each tool, in the way in which its users would do it."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path

from benchmarks import man, ours, sphinx
from benchmarks.content import Page
from benchmarks.measure import Task

OURS = "manproof"
PO4A = "po4a + mandoc"
PO4A_ALONE = "the same, one core"
PO4A_EACH = "the same, a catalogue for each page"
SPHINX = "Sphinx"
MSGMERGE = "msgmerge"

_ROOT = Path(__file__).parents[1]


class Bench:
    """The same pages in every format, and the tasks on them."""

    def __init__(self, pages: Sequence[Page], folder: Path, tools: dict[str, str]) -> None:
        self.pages, self.folder, self.tools = pages, folder, tools
        self.program = f"PYTHONPATH={shlex.quote(str(_ROOT))} exec {shlex.quote(sys.executable)} -m manproof"
        ours.write(pages, folder / "ours")
        if PO4A in tools:
            man.write(pages, folder / "man")
        if SPHINX in tools:
            sphinx.write(tools[SPHINX], pages, folder / "sphinx")

    def cold(self) -> Iterator[Task]:
        """Everything, with nothing there."""
        yield self._task(OURS, "ours", f"{self.program} build", self._clean("build"))
        if PO4A in self.tools:
            clean = self._clean("ru", "html")
            yield self._task(PO4A, "man", self._man(*list(man.configurations(self.pages))[-2:]), clean)
            if len(self.pages) > 1:
                yield self._task(PO4A_ALONE, "man", self._man("all"), clean)
                yield self._task(PO4A_EACH, "man", self._man("each"), clean)
        if SPHINX in self.tools:
            mo = [f"locales/ru/LC_MESSAGES/{page.name}.mo" for page in self.pages]
            yield self._task(SPHINX, "sphinx", self._sphinx(), self._clean("out", "trees", *mo))

    def edit(self) -> Iterator[Task]:
        """One page has changed."""
        page = self.pages[len(self.pages) // 2]
        yield self._task(OURS, "ours", f"{self.program} build", self._edited(page, ours.write_page, "ours"))
        if PO4A in self.tools:
            script = f"po4a -q --no-update all.cfg; {_mandoc(page.name)}"
            yield self._task(PO4A, "man", script, self._edited(page, man.write_page, "man"))
        if SPHINX in self.tools:
            yield self._task(
                SPHINX, "sphinx", self._sphinx(), self._edited(page, sphinx.write_page, "sphinx")
            )

    def nothing(self) -> Iterator[Task]:
        """Nothing has changed."""
        yield self._task(OURS, "ours", f"{self.program} build")
        if PO4A in self.tools:
            yield self._task(PO4A, "man", "po4a -q --no-update all.cfg")
        if SPHINX in self.tools:
            yield self._task(SPHINX, "sphinx", self._sphinx())

    def lint(self) -> Iterator[Task]:
        """Sources and catalogues checked, with nothing remembered.

        The peers are the lint of mandoc on both man pages, and msgfmt on the catalogue: they look at less.
        """
        memory = self.folder / "memory"
        yield self._task(OURS, "ours", self._lint(memory), lambda: shutil.rmtree(memory, ignore_errors=True))
        if PO4A in self.tools and shutil.which("msgfmt"):
            first = "(mandoc -Tlint en/*.2 >lint.en) &"
            second = "(mandoc -Tlint ru/*.2 >lint.ru; msgfmt -c -o /dev/null all.ru.po) &"
            yield self._task(PO4A, "man", f"{first}\n{second}\nwait")

    def relint(self) -> Iterator[Task]:
        """The same again; mandoc and msgfmt remember nothing, so they are asked but once."""
        memory = self.folder / "memory"
        yield self._task(OURS, "ours", self._lint(memory))

    def help(self) -> Iterator[Task]:
        """What each program says of itself."""
        yield self._task(OURS, "ours", f"{self.program} --help")
        if PO4A in self.tools:
            yield self._task(PO4A, "man", "po4a --help")
        if SPHINX in self.tools:
            yield self._task(SPHINX, "sphinx", f"{shlex.quote(self.tools[SPHINX])} --help")

    def extract(self) -> Iterator[Task]:
        """Templates for translators, with none there; po4a brings its catalogue up to date with them."""
        script = f"{self.program} i18n extract"
        yield self._task(OURS, "ours", script, self._clean("translations/linux"))
        if PO4A in self.tools:
            names = list(man.configurations(self.pages))[-2:]
            script = "\n".join([*(f"po4a -q --no-translations {name}.cfg &" for name in names), "wait"])
            yield self._task(PO4A, "man", script, self._clean(*(f"{name}.pot" for name in names)))
        if SPHINX in self.tools:
            script = f"{shlex.quote(self.tools[SPHINX])} -q -j 2 -b gettext -d pot-trees . pot"
            yield self._task(SPHINX, "sphinx", script, self._clean("pot", "pot-trees"))

    def update(self) -> Iterator[Task]:
        """Catalogues brought up to date after one page has changed."""
        page = self.pages[len(self.pages) // 2]
        own = ours.catalogue_of(self.folder / "ours", page.name)
        script = f"{self.program} i18n update ru"
        yield self._task(OURS, "ours", script, self._edited(page, ours.write_page, "ours", own))
        if PO4A in self.tools:
            files = [self.folder / "man" / name for name in ("all.pot", "all.ru.po")]
            script = "po4a -q --no-translations all.cfg"
            yield self._task(PO4A, "man", script, self._edited(page, man.write_page, "man", *files))
        if MSGMERGE in self.tools:
            yield self._task(MSGMERGE, "ours", self._msgmerge(), self._made_templates)

    def _lint(self, memory: Path) -> str:
        return f"export XDG_CACHE_HOME={shlex.quote(str(memory))}; ({self.program} lint --no-probe) || true"

    def _task(
        self, tool: str, folder: str, script: str, prepare: Callable[[], object] = lambda: None
    ) -> Task:
        return Task(tool=tool, folder=self.folder / folder, script=script, prepare=prepare)

    def _made_templates(self) -> None:
        subprocess.run(
            ["sh", "-ec", f"{self.program} i18n extract"],
            cwd=self.folder / "ours",
            check=True,
            capture_output=True,
        )

    def _msgmerge(self) -> str:
        """A process for each catalogue, on two cores; what it gives is thrown away."""
        one = "msgmerge -q -o /dev/null translations/ru/LC_MESSAGES/linux/$p.2.po translations/linux/$p.2.pot"
        halves = [" ".join(page.name for page in half) for half in (self.pages[::2], self.pages[1::2])]
        return "\n".join([*(f"(for p in {names}; do {one}; done) &" for names in halves if names), "wait"])

    def _clean(self, *names: str) -> Callable[[], None]:
        def clean() -> None:
            for kind in ("ours", "man", "sphinx"):
                for name in names:
                    path = self.folder / kind / name
                    path.unlink() if path.is_file() else shutil.rmtree(path, ignore_errors=True)

        return clean

    def _edited(
        self, page: Page, write: Callable[[Page, Path], None], kind: str, *kept: Path
    ) -> Callable[[], None]:
        """Changes a page back and forth; the files that the task would change are put back."""
        states = cycle((page.edited(), page))
        content = {path: path.read_bytes() for path in kept}

        def edit() -> None:
            for path, data in content.items():
                path.write_bytes(data)
            write(next(states), self.folder / kind)

        return edit

    def _man(self, *configurations: str) -> str:
        """po4a for Russian, then mandoc for both languages: a loop of the shell costs least."""
        parts = man.configurations(self.pages)
        lines = ["mkdir -p ru html"]
        for name in configurations:
            pages = " ".join(page.name for page in parts.get(name, self.pages))
            lines.append(f"(po4a -q --no-update {name}.cfg; for p in {pages}; do {_mandoc('$p')}; done) &")
        return "\n".join([*lines, "wait"])

    def _sphinx(self) -> str:
        """Both builders of a language share what was read; the languages are built side by side."""
        program = shlex.quote(self.tools[SPHINX])
        run = program + " -q -b {b} -d trees/{lang} -D language={lang} . out/{b}/{lang}"
        both = f"({run.format(b='html', lang='{lang}')}; {run.format(b='man', lang='{lang}')}) &"
        lines = [both.format(lang=lang) for lang in ("en", "ru")]
        return "\n".join([*lines, "wait"])


def _mandoc(name: str) -> str:
    return "; ".join(
        f"mandoc -T html {locale}/{name}.2 > html/{name}.{locale}.html" for locale in ("en", "ru")
    )
