"""What the preview serves: the site, built anew when something changed, and its own pages."""

from __future__ import annotations

import hashlib
import threading
import traceback
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from manproof import config, files, resources
from manproof.build import build, plan
from manproof.config import Project
from manproof.diagnostic import Diagnostic, Severity, Span, UserError
from manproof.render import skeleton
from manproof.render.live import Problem, panel
from manproof.render.lost import render as lost
from manproof.serve import review
from manproof.serve.dress import bare, dressed
from manproof.site import Site

_FEW = 12
"""Pages that are made at once; where a change concerns more, another process makes them on all cores."""
_PROGRAM = "manproof"
"""The place of what lies in no file."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A page as it is served: with its policy, and its state, which changes when anything of it does."""

    body: bytes
    policy: str
    state: str
    there: bool = True


class Workshop:
    """Builds a project, and gives its pages; any number of threads may ask at once."""

    def __init__(self, project: Project, out: Path) -> None:
        self.project = project
        self.root = out / "html"
        self.out = out
        self.problems: list[Problem] = []
        self.version = 0
        self.left = 0
        """How many pages the last build left for another process."""
        self._looked: tuple[str, ...] = ()
        self.closed = False
        self._news = threading.Condition()
        self._making = threading.Lock()
        self._views: dict[tuple[str, str], tuple[int, str]] = {}
        self._look = _look()

    def rebuild(self, *, sheets: bool, cores: int = 1) -> list[Problem]:
        """Makes what is not up to date, and gives what is wrong; each page is announced when it is made.

        Without ``sheets`` only manual pages are made, and few of them: first those that are looked at.
        """
        with self._making:
            if self._look != (look := _look()):
                self._look = look
                skeleton.forget()
            try:
                self.problems = [
                    _problem(d) for d in self._build(sheets, cores) if d.severity > Severity.NOTE
                ]
            except UserError as mistake:
                self.problems = [Problem(place=_PROGRAM, kind="error", message=str(mistake))]
            except TemplateError as mistake:
                self.problems = [self._of_template(mistake)]
            except Exception:
                # the preview goes on, and the traceback is for those who mend the program
                self.problems = [Problem(place=_PROGRAM, kind="error", message=traceback.format_exc())]
        self._announce()
        return self.problems

    def _build(self, sheets: bool, cores: int) -> list[Diagnostic]:
        editions = config.chosen_editions(self.project, ())
        sources = config.chosen_sources(self.project, editions, ())
        jobs = plan(self.project, sources, config.chosen_locales(self.project, ()), ["html"])
        self.left = 0
        return build(
            self.project, jobs, self.out, cores=cores, sheets=sheets, progress=self._made,
            first=self._looked, most=None if sheets else _FEW,
        )  # fmt: skip

    def _made(self, done: int, of: int) -> None:
        self.left = of - done
        self._announce()

    def _announce(self) -> None:
        with self._news:
            self.version += 1
            self._news.notify_all()

    def close(self) -> None:
        """Lets those go who wait for news."""
        with self._news:
            self.closed = True
            self._news.notify_all()

    def news(self, version: int, seconds: float) -> int:
        """The version that is there now; waits for one other than ``version``, but not for long."""
        with self._news:
            self._news.wait_for(lambda: self.closed or self.version != version, seconds)
            return self.version

    def page(self, path: str, query: str) -> Answer:
        """The page at a path of the site, with what the preview adds; ``query`` may ask for another view."""
        at = review.place(path, self.project)
        if at:
            self._looked = (at.stem, *(stem for stem in self._looked if stem != at.stem))[:_FEW]
        told = review.settings(self.project, at.locale if at else config.SOURCE_LOCALE)
        wanted = at if query in ("review", "review=open") else None
        text = self._built(path)
        if wanted and text:
            text = self._view(wanted, query) or text
        there = bool(text)
        way = f"{path.rpartition('/')[2]}?review" if there and at and not wanted else ""
        try:
            corner = panel(self.problems, told, way)
            text = text or lost([replace(told, languages=(), site=Site(base="/"))])
        except TemplateError as mistake:  # the preview's own
            text, corner = bare([*map(str, self.problems), str(self._of_template(mistake))]), ""
        state = hashlib.sha256(f"{self._look}{text}{corner}".encode()).hexdigest()[:16]
        body, policy = dressed(text, corner, state)
        return Answer(body=body.encode(), policy=policy, state=state, there=there)

    def file(self, path: str) -> Path | None:
        """A file of the site that is no page."""
        found = self.root / path
        try:
            return found if found.is_file() and not files.leads_out(found, self.root) else None
        except OSError:  # a name that is too long for the file system
            return None

    def _built(self, path: str) -> str:
        found = self.file(path) if path.endswith(".html") else None
        return found.read_text(encoding="utf-8") if found else ""

    def _view(self, at: review.Place, query: str) -> str:
        """The translators' view of a page, or the last one that could be made."""
        key = at.path(at.locale), query
        with self._making:
            version, text = self._views.get(key, (-1, ""))
            if version != self.version:
                made = self._reviewed(at, only_open=query == "review=open")
                version, text = self._views[key] = self.version, made or text
            return text

    def _reviewed(self, at: review.Place, *, only_open: bool) -> str:
        try:
            return review.view(at, self.project, only_open=only_open)
        except (UserError, TemplateError):
            return ""  # the build says so, too

    def _of_template(self, mistake: TemplateError) -> Problem:
        """A mistake in a template, at its place: a template's frames in a traceback have its own lines."""
        folder = str(resources.templates())
        frames = [
            frame
            for frame in traceback.extract_tb(mistake.__traceback__)
            if frame.filename.startswith(folder)
        ]
        path, line = (frames[-1].filename, frames[-1].lineno or 0) if frames else ("", 0)
        if isinstance(mistake, TemplateSyntaxError):
            path, line = mistake.filename or "", mistake.lineno
        place = str(Span(path=self.project.shown(Path(path)), line=line))
        message = f"{mistake.message or mistake}; correct the template"
        return Problem(place=place, kind="error", message=message)


def _look() -> tuple[object, ...]:
    """What changes when a template does."""
    return tuple(sorted((path.name, files.signature(path)) for path in resources.templates().iterdir()))


def _problem(found: Diagnostic) -> Problem:
    return Problem(place=str(found.span), kind=str(found.severity), message=f"{found.message} [{found.rule}]")
