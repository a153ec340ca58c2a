"""What a run shows of a page -> pages of HTML beside it: first by claim, then all conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from manproof import words
from manproof.interface import CONDITIONS, CONTROL, SUCCESS, VERDICTS
from manproof.render import Settings, Trial, observed, remark
from manproof.render.frame import Frame, Link, frame, page
from manproof.words import Words, fill

_MARKS = {"control": CONTROL, "observed": words.SEEN}
"""The words for the marks of a trace."""


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


def overview(exhibition: Exhibition, says: Mapping[str, str], settings: Settings) -> Sheet:
    """The page that goes through the claims; ``says`` is what the page says there, by their names.

    ``settings`` are those of the page, with its evidence.
    """
    return _Told(exhibition, settings, says).overview()


def families(exhibition: Exhibition, settings: Settings) -> list[Sheet]:
    """A page for each family of conditions."""
    told = _Told(exhibition, settings, {})
    return [told.family(name, items) for name, items in exhibition.families().items()]


def _marked(trace: str, words: Words) -> list[tuple[str, str, str]]:
    """The lines of a trace, each with the kind of its mark and the mark in the reader's language."""
    lines = (line.partition("   <- ") for line in trace.split("\n"))
    return [(text, kind, words(_MARKS.get(kind, kind), "site")) for text, _, kind in lines]


class _Told:
    """Fills the skeletons in one language."""

    def __init__(self, exhibition: Exhibition, settings: Settings, says: Mapping[str, str]) -> None:
        assert settings.evidence is not None
        self.exhibition, self.settings, self.says = exhibition, settings, says
        self.title, self.evidence = exhibition.page, settings.evidence
        self.locale = settings.language.locale
        name, _, section = self.title.removesuffix(")").partition("(")
        self.page = f"{quote(name)}.{section}"
        self.stem = f"{quote(settings.edition)}/{self.page}"

    def said(self, msgid: str) -> str:
        return self.settings.words(msgid, "site")

    def titled(self, title: str) -> tuple[str, bool]:
        """The title of a condition without its full stop, and whether it is left in English."""
        found, left = self.settings.caption(title)
        return found.removesuffix("."), left

    def prose(self, text: str) -> tuple[str, bool]:
        """A text of a probe or of the source, and whether it is in English for want of a translation."""
        return self.settings.caption(" ".join(text.split())) if text else ("", False)

    def answer(self, item: Exhibit) -> str:
        """What was answered; success in the words of the language."""
        return self.said(SUCCESS) if item.answer == SUCCESS else item.answer

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
            "remark": "" if trial.confirmed else self.remark(trial),
            "says": self.says.get(name, ""),
            "reason": self.prose(trial.reason),
            "trace": _marked(trial.trace, self.settings.words) if trial.trace else [],
            "exhibits": [self.line(item) for item in self.exhibition.of(name)],
        }

    def remark(self, trial: Trial) -> str:
        """What is said of a cause that was not confirmed; the reason follows, where there is one."""
        said = remark(trial, self.evidence, self.settings.words)
        return f"{said.removesuffix('.')}:" if trial.reason else said

    def line(self, item: Exhibit) -> dict[str, object]:
        """An exhibit as a line that leads to it."""
        title, foreign = self.titled(item.title)
        count = len(item.conditions)
        return {
            "href": f"{self.address(item.family)}#{item.name}",
            "title": title,
            "english": foreign,
            "answer": self.answer(item),
            "succeeded": item.answer == SUCCESS,
            "count": fill(self.said(CONDITIONS), {"count": count}) if count > 1 else "",
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
        title, foreign = self.titled(item.title)
        page = f"{self.page}.{self.locale}.html"
        later = item.origin == "so_error"
        return {
            "item": item,
            "title": title,
            "english": foreign,
            "answer": self.answer(item),
            "succeeded": item.answer == SUCCESS,
            "reason": self.prose(item.reason),
            "explanation": self.prose(item.explanation),
            "trace": _marked(item.trace, self.settings.words) if item.trace else [],
            "verdict": self.said(VERDICTS[item.verdict]),
            "later": later,
            "asked": item.origin if item.origin not in ("", self.exhibition.call, "so_error") else "",
            "claims": [
                (name, f"{page}#{name}" if name in self.exhibition.anchored else "") for name in item.claims
            ],
        }
