"""What a run shows of the causes and claims of a page -> a page of HTML beside it."""

from __future__ import annotations

from urllib.parse import quote

from docutils import nodes

from manproof import words
from manproof.render import Settings, observed, remark
from manproof.render.skeleton import fill


def render(document: nodes.document, settings: Settings) -> str:
    """The page of traces and programs, or nothing where there is no evidence."""
    evidence = settings.evidence
    if evidence is None:
        return ""
    title = f"{document['name']}({document['section']})"
    trials = {**evidence.trials, **evidence.sentences}
    anchors = {name for node in document.findall(nodes.Element) for name in node["ids"]}
    place = {"kernel": evidence.kernel, "privileges": evidence.privileges}
    return fill(
        settings.templates,
        "evidence.html",
        settings=settings,
        words=settings.words,
        evidence=evidence,
        title=title,
        heading=f"{settings.words(words.EVIDENCE, 'site')}: {title} — {settings.label}",
        stem=f"{quote(document['name'])}.{document['section']}",
        sentence=observed(settings),
        intro=settings.words(words.EVIDENCE_INTRO, "site"),
        place=words.fill(settings.words(words.EVIDENCE_PLACE, "site"), place),
        trials=trials,
        headings={name: ": ".join(filter(None, (", ".join(t.errnos), name))) for name, t in trials.items()},
        anchors={name: f"#{name}" if name in anchors else "" for name in trials},
        remarks={
            name: remark(trial, evidence, settings.words)
            for name, trial in trials.items()
            if not trial.confirmed
        },
    )
