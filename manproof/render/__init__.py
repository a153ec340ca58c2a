"""What every writer is told beside the document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from docutils import nodes

from manproof.site import ALONE, ENGLISH, Language, Site
from manproof.spec import SectionField
from manproof.words import (
    ANSWERED,
    OBSERVED,
    OBSERVED_NOTE,
    OBSERVED_PARTLY,
    PARTLY,
    STALE,
    SUCCEEDED,
    UNTESTED,
    Words,
    english,
    fill,
)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a run shows of a cause.

    ``outcomes`` are what the kernel answered where it was not what the cause claims; they are empty for
    a cause that was ``confirmed``, or not ``tried``. ``reason`` says why it was not; ``trace`` is what one
    condition did that stands for all.
    """

    errnos: tuple[str, ...]
    tried: bool
    outcomes: tuple[str, ...] = ()
    reason: str = ""
    trace: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether the kernel answered what the cause claims."""
        return self.tried and not self.outcomes


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a run shows of a page: a trial for each cause of ERRORS, by the cause's id.

    ``sentences`` are those of paragraphs that claim something, by their id or their first condition.
    ``system`` (Linux 6.18), ``machine`` (x86-64) and ``date`` are as readers see them; ``kernel`` is the
    whole release, ``privileges`` those of the run.
    """

    system: str
    machine: str
    kernel: str
    privileges: str
    date: str
    trials: Mapping[str, Trial]
    sentences: Mapping[str, Trial] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The surroundings of a page, in the language of the page.

    ``manual`` and ``source`` stand in the head and the foot, and the title in ``upper_case`` if the
    edition has it so; ``date`` is written out; ``origin`` is the path of the source as a reader may know it;
    ``languages`` are those that the page exists in; ``words`` translates the fixed words.

    For links, ``titles`` are the pages of the edition, ``english_only`` those among them that do
    not exist in the language of this page, and ``manpages`` is the address of any other page, with
    ``{name}``, ``{section}`` and ``{locale}``, or nothing. ``templates`` is the folder of the HTML skeletons.
    ``site`` is what surrounds the page on the web.
    """

    language: Language = ENGLISH
    languages: tuple[Language, ...] = (ENGLISH,)
    edition: str = ""
    label: str = ""
    manual: str = ""
    source: str = ""
    upper_case: bool = False
    date: str = ""
    licence: str = ""
    origin: str = ""
    titles: Collection[str] = ()
    english_only: Collection[str] = ()
    manpages: str = "https://manpages.debian.org/{name}.{section}"
    templates: Path = Path("templates")
    words: Words = english
    evidence: Evidence | None = None
    site: Site = ALONE

    def caption(self, text: str) -> tuple[str, bool]:
        """A text in the language of the page, and whether it is in English for want of a translation."""
        said = self.words(text, "")
        return said, self.language.locale != "en" and said == text


def titled(document: Any, settings: Settings) -> tuple[str, str]:
    """The name and the section of a page, in the letters of the edition's titles."""
    name, section = str(document["name"]), str(document["section"])
    return (name.upper(), section.upper()) if settings.upper_case else (name, section)


def notice(document: Any, settings: Settings) -> str:
    """What readers are told of passages in English, in their own language; nothing if there are none."""
    missing, total = document.get("untranslated", (0, 0))
    if not missing:
        return ""
    partly = fill(settings.words(PARTLY, ""), {"missing": missing, "total": total})
    return f"{partly} {settings.words(STALE, '')}"


def observed(settings: Settings, *, note: bool = False) -> str:
    """One sentence: how many causes were observed, where and when; nothing without evidence."""
    evidence = settings.evidence
    if evidence is None or not evidence.trials:
        return ""
    untested = sum(not trial.tried for trial in evidence.trials.values())
    msgid = OBSERVED_NOTE if note else OBSERVED_PARTLY if untested else OBSERVED
    values = {
        "observed": sum(trial.confirmed for trial in evidence.trials.values()),
        "total": len(evidence.trials),
        "untested": untested,
        "system": f"{evidence.system}, {evidence.machine}",
        "date": evidence.date,
    }
    return fill(settings.words(msgid, ""), values)


def remark(trial: Trial, evidence: Evidence, words: Words) -> str:
    """What is said of a cause that was not confirmed."""
    if not trial.tried:
        return fill(words(UNTESTED, ""), {"system": evidence.system})
    msgid = SUCCEEDED if trial.outcomes == ("success",) else ANSWERED
    return fill(words(msgid, ""), {"system": evidence.system, "outcome": ", ".join(trial.outcomes)})


def sections(document: Any, settings: Settings) -> list[Any]:
    """The sections of a page; where there is evidence, NOTES ends with a sentence on it."""
    found = list(document.children)
    if not (sentence := observed(settings, note=True)):
        return found
    order = get_args(SectionField)
    place = order.index("notes")
    places = [order.index(section["field"]) if "field" in section else len(order) for section in found]
    if place not in places:
        title = nodes.title("NOTES", settings.words("NOTES", ""))
        at = next((n for n, other in enumerate(places) if other > place), len(found))
        found.insert(at, nodes.section("", title, ids=["NOTES"], field="notes"))
        places.insert(at, place)
    notes = found[places.index(place)]
    # a copy: the document itself is the same for every format
    ended = notes.copy()
    ended.children = [*notes.children, nodes.paragraph("", sentence)]
    found[places.index(place)] = ended
    return found
