"""What a run shows of a page -> pages of HTML beside it: first by claim, then all conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from manproof import words
from manproof.interface import VERDICTS
from manproof.render import Evidence, Settings, observed, remark
from manproof.render.frame import Frame, Link, frame, page


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """What one probe did and was answered, once for all its ``conditions`` that were answered alike.

    ``name`` is the condition that was shown; ``answer`` an errno, ``success`` or nothing; ``origin`` the call
    that told it; ``reason`` says why there is no answer, or where else it is documented; ``unspoken`` why
    there is no program. ``claims`` are the names of the statements that speak of the conditions.
    """

    name: str
    title: str
    verdict: str
    conditions: tuple[str, ...]
    claims: tuple[str, ...] = ()
    answer: str = ""
    origin: str = ""
    reason: str = ""
    explanation: str = ""
    trace: str = ""
    shell: str = ""
    program: str = ""
    unspoken: str = ""

    @property
    def family(self) -> str:
        """The first word of the name: exhibits of a family share a page."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, kw_only=True)
class Exhibition:
    """All exhibits of a page.

    ``page`` is its title, such as ``connect(2)``; ``anchored`` are the statements that it has an anchor for.
    """

    page: str
    call: str
    exhibits: tuple[Exhibit, ...]
    anchored: frozenset[str] = frozenset()

    def families(self) -> dict[str, list[Exhibit]]:
        """The exhibits by family, in alphabetical order."""
        found: dict[str, list[Exhibit]] = {}
        for item in sorted(self.exhibits, key=lambda item: item.name):
            found.setdefault(item.family, []).append(item)
        return found

    def of(self, statement: str) -> list[Exhibit]:
        """The exhibits that bear on a statement."""
        return [item for item in self.exhibits if statement in item.claims]

    def others(self, kind: str) -> list[Exhibit]:
        """The exhibits that bear on no statement, of one verdict."""
        return [item for item in self.exhibits if not item.claims and item.verdict == kind]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page of evidence: its path from the root of the site, and its text."""

    path: str
    text: str


def render(exhibition: Exhibition, settings: Settings) -> list[Sheet]:
    """The page that goes through the claims, and one for each family of conditions.

    ``settings`` are those of the page, with its evidence.
    """
    assert settings.evidence is not None
    name, _, section = exhibition.page.removesuffix(")").partition("(")
    stem = f"{quote(settings.edition)}/{quote(name)}.{section}"
    told = _Told(stem, exhibition.page, settings.evidence, exhibition, settings)
    return [told.overview(), *(told.family(name, items) for name, items in exhibition.families().items())]


class _Told:
    """Fills the skeletons in one language."""

    def __init__(
        self, stem: str, title: str, evidence: Evidence, exhibition: Exhibition, settings: Settings
    ) -> None:
        self.stem, self.title, self.evidence, self.exhibition = stem, title, evidence, exhibition
        self.settings = settings
        self.locale = settings.language.locale
        self.page = stem.rpartition("/")[2]

    def said(self, msgid: str) -> str:
        return self.settings.words(msgid, "site")

    def framed(self, infix: str, heading: str, trail: Sequence[Link]) -> Frame:
        index = Link(href=f"{self.page}.{self.locale}.html", text=self.title, code=True)
        return frame(
            self.settings,
            lambda locale: f"{self.stem}.evidence{infix}.{locale}.html",
            title=f"{heading} — {self.settings.label}",
            description=f"{heading}. {observed(self.settings)}",
            trail=[index, *trail],
            place="index",
        )

    def address(self, family: str = "") -> str:
        return f"{self.page}.evidence{'.' + family if family else ''}.{self.locale}.html"

    def overview(self) -> Sheet:
        heading = f"{self.said(words.EVIDENCE)}: {self.title}"
        trials = self.evidence.trials
        causes = [self.claim(name, trials[name].errnos) for name in trials]
        sentences = [self.claim(name, ()) for name in self.evidence.sentences]
        others = [
            {"title": self.said(VERDICTS[kind]), "id": kind, "exhibits": [self.line(item) for item in items]}
            for kind in VERDICTS
            if (items := self.exhibition.others(kind))
        ]
        place = {"kernel": self.evidence.kernel, "privileges": self.evidence.privileges}
        text = page(
            self.settings,
            "evidence.html",
            self.framed("", heading, []),
            title=self.title,
            sentence=observed(self.settings),
            place=words.fill(self.said(words.EVIDENCE_PLACE), place),
            intro=self.said(words.EVIDENCE_INTRO),
            count=len([name for item in self.exhibition.exhibits for name in item.conditions]),
            causes=causes,
            sentences=sentences,
            others=others,
            families=[
                (name, self.address(name), sum(len(e.conditions) for e in items))
                for name, items in self.exhibition.families().items()
            ],
            page=f"{self.page}.{self.locale}.html",
            downloads=[f"{self.page}.evidence.json", f"{self.page}.evidence.tar"],
        )
        return Sheet(path=f"{self.stem}.evidence.{self.locale}.html", text=text)

    def claim(self, name: str, errnos: Sequence[str]) -> dict[str, object]:
        """A statement of the page, with what was tried for it."""
        trial = self.evidence.trials.get(name) or self.evidence.sentences[name]
        return {
            "name": name,
            "errnos": ", ".join(errnos),
            "anchored": name in self.exhibition.anchored,
            "remark": "" if trial.confirmed else remark(trial, self.evidence, self.settings.words),
            "reason": trial.reason,
            "trace": trial.trace,
            "exhibits": [self.line(item) for item in self.exhibition.of(name)],
        }

    def line(self, item: Exhibit) -> dict[str, object]:
        """An exhibit as a line that leads to it."""
        title, foreign = self.settings.caption(item.title)
        return {
            "href": f"{self.address(item.family)}#{item.name}",
            "title": title,
            "english": foreign,
            "answer": item.answer,
            "count": len(item.conditions),
        }

    def family(self, name: str, items: Sequence[Exhibit]) -> Sheet:
        heading = f"{self.said(words.EVIDENCE)}: {self.title}, {name}"
        above = Link(href=self.address(), text=self.said(words.EVIDENCE))
        text = page(
            self.settings,
            "exhibits.html",
            self.framed(f".{name}", heading, [above]),
            family=name,
            title=self.title,
            call=self.exhibition.call,
            exhibits=[self.exhibit(item) for item in items],
            families=[(other, self.address(other), other == name) for other in self.exhibition.families()],
        )
        return Sheet(path=f"{self.stem}.evidence.{name}.{self.locale}.html", text=text)

    def exhibit(self, item: Exhibit) -> dict[str, object]:
        title, foreign = self.settings.caption(item.title)
        page = f"{self.page}.{self.locale}.html"
        later = item.origin == "so_error"
        return {
            "item": item,
            "title": title,
            "english": foreign,
            "verdict": self.said(VERDICTS[item.verdict]),
            "later": later,
            "asked": item.origin if item.origin not in ("", self.exhibition.call, "so_error") else "",
            "claims": [
                (name, f"{page}#{name}" if name in self.exhibition.anchored else "") for name in item.claims
            ],
        }
