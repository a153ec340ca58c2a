"""Records on the disk, the schema that is published, and what pages say of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from manproof import evidence, lab
from manproof.diagnostic import UserError
from manproof.exhibits import archive, exhibition
from manproof.notes import LINES, excerpt, notes
from manproof.observation import Step, to_json
from manproof.render import Evidence, Trial, html, man, text
from manproof.render import evidence as proof
from manproof.render.evidence import Exhibit, Exhibition
from tests.elements import named
from tests.observed import STEPS, observation, page, record
from tests.specimen import ROOT, linux, rich, russian, settings

SCHEMA = json.loads((ROOT / "manproof/evidence.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
KEPT = sorted(ROOT.glob("source/*/evidence/*.json"))
RUN = record(
    observation("unix.write-denied.stream", "EACCES", steps=STEPS, title="May not write.", seconds=0.5),
    observation("unix.write-denied.dgram", "EACCES", steps=STEPS, title="May not write."),
    observation("unix.missing", None),
)


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_record_survives_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(evidence.text(RUN), encoding="utf-8")
    assert evidence.read(path) == RUN
    VALIDATOR.validate(json.loads(path.read_text()))
    VALIDATOR.validate(to_json(RUN))


@pytest.mark.parametrize(
    "damage",
    [{"status": "observed", "outcome": None}, {"outcome": "eacces"}, {"digest": "x"}, {"surprise": 1}],
)
def test_schema_refuses(damage: dict[str, object]) -> None:
    data = to_json(RUN)
    data["observations"][0] |= damage
    with pytest.raises(ValidationError):
        VALIDATOR.validate(data)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"system": {}, "observations": []}', "\x00"])
def test_what_is_no_record_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content)
    with pytest.raises(UserError, match=r"is no record of a run: .*; make it anew with: manproof probe"):
        evidence.read(path)


def test_the_newest_record_is_of_the_last_day_and_the_newest_kernel(tmp_path: Path) -> None:
    runs = {"a": ("6.9.0", "2026-11-21"), "b": ("6.18.1", "2026-11-21"), "c": ("6.19.0", "2026-11-20")}
    for name, (kernel, date) in runs.items():
        (tmp_path / f"{name}.json").write_text(evidence.text(record(kernel=kernel, date=date)))
    found = evidence.newest(tmp_path.glob("*.json"))
    assert found and found[0].name == "b.json"
    assert evidence.newest([]) is None


def test_what_is_kept_leaves_out_times_and_what_variants_share() -> None:
    kept = evidence.stored(RUN).observations
    assert [(item.seconds, bool(item.steps)) for item in kept] == [(0, False), (0, True), (0, False)]
    assert [item.outcome for item in kept] == [item.outcome for item in RUN.observations]


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_kept_records(path: Path) -> None:
    """Each fits the schema, is of this very form, small enough to be read, and of today's probes."""
    found = evidence.read(path)
    VALIDATOR.validate(json.loads(path.read_text(encoding="utf-8")))
    assert evidence.text(evidence.stored(found)) == path.read_text(encoding="utf-8")
    assert path.stat().st_size < 1_200_000
    assert not [item.condition for item in found.observations if item.status == "broken"]
    digests = {item.key: item.digest for item in lab.conditions()}
    stale = [o.condition for o in found.observations if digests.get(f"{o.call}/{o.condition}") != o.digest]
    missing = digests.keys() - {f"{o.call}/{o.condition}" for o in found.observations}
    assert not stale and not missing, "make the record anew with: manproof probe --store"


def test_what_paragraphs_claim_is_told_apart_from_causes() -> None:
    rest = "notes:\n  - {id: again, claims: {unix.write-denied: EACCES}, text: Again.}\n"
    found = notes(page("[{id: missing, claims: {unix.missing: EACCES}, when: B.}]", rest=rest), RUN)
    assert list(found.trials) == ["missing"]
    assert [(name, trial.confirmed) for name, trial in found.sentences.items()] == [("again", True)]


def long(*parts: str) -> list[Step]:
    return [Step(part=part, call=f"{part}{n}()", code="", answer=0) for n, part in enumerate(parts)]


def test_a_short_trace_is_whole() -> None:
    assert len(excerpt(STEPS).splitlines()) == 3
    assert excerpt(STEPS).splitlines()[1].endswith("= 0   <- control")
    assert excerpt(STEPS).splitlines()[2].endswith("EACCES (Permission denied)   <- observed")


@pytest.mark.parametrize("before", [0, 1, 9])
@pytest.mark.parametrize("after", [0, 1, 9])
def test_a_long_trace_keeps_the_control_and_what_came_after(before: int, after: int) -> None:
    steps = long(*["set-up"] * before, "control", *["set-up"] * after, "observe")
    lines = excerpt(steps).splitlines()
    assert len(lines) <= LINES
    assert any("<- control" in line for line in lines)
    assert "<- observed" in lines[-1]
    assert len(lines) == min(LINES, len(steps)) or "..." in lines


def test_notes_tell_a_trial_for_each_cause() -> None:
    causes = (
        "[{id: denied, claims: {unix.write-denied: EACCES}, when: A.},"
        " {id: missing, claims: {unix.missing: EACCES}, when: B.},"
        " {id: other, claims: {unix.write-denied.dgram: EPERM}, when: C.},"
        " {id: disk, unproven: needs a bad disk, when: D.}]"
    )
    found = notes(page(causes), evidence.stored(RUN))
    told = {name: (trial.confirmed, trial.tried, trial.outcomes) for name, trial in found.trials.items()}
    assert told == {
        "denied": (True, True, ()),
        "missing": (False, False, ()),
        "other": (False, True, ("EACCES",)),
        "disk": (False, False, ()),
    }
    # the stream socket's own steps are not kept, and those of the datagram socket show the same
    assert found.trials["denied"].trace
    assert found.trials["disk"].reason == "needs a bad disk"


TRIALS = {
    "security-policy": Trial(errnos=("EACCES",), tried=False, reason="no SELinux"),
    "pending": Trial(errnos=("EALREADY",), tried=True, trace="connect() = -1 <&>"),
    "refused": Trial(errnos=("ECONNREFUSED",), tried=True, outcomes=("EPERM",)),
    "interrupted": Trial(errnos=("EINTR",), tried=True, outcomes=("success",)),
}
SHOWN = Evidence(
    system="Linux 6.18",
    machine="x86-64",
    kernel="6.18.1",
    privileges="root",
    date="2026-11-21",
    trials=TRIALS,
)
WITH = settings(evidence=SHOWN)


def test_html_marks_what_is_not_confirmed() -> None:
    found = [e for e in named(html.render(linux(), WITH), "a", "em", "p") if "evidence" in e.classes]
    assert [e.text for e in found if e.name == "p"] == [
        "1 of 4 causes observed on Linux 6.18, x86-64, 2026-11-21; 1 not tested."
    ]
    assert [e["href"] for e in found if e.name == "a"] == ["connect.2.evidence.en.html#pending"]
    assert sorted(e.text for e in found if e.name == "em") == [
        "Not tested on Linux 6.18.",
        "On Linux 6.18 the answer was EPERM instead.",
        "On Linux 6.18 the call succeeded instead.",
    ]


EXHIBIT = Exhibit(
    name="tcp.again",
    title="It is called again.",
    verdict="confirmed",
    conditions=("tcp.again", "tcp.again.ipv6"),
    claims=("pending",),
    answer="EALREADY",
    origin="connect",
    trace="connect() = -1 <&>",
    program="int main(void);",
)
SHOWN_ALL = Exhibition(
    page="connect(2)",
    call="connect",
    exhibits=(EXHIBIT, replace(EXHIBIT, name="udp.any", claims=(), verdict="undocumented", program="")),
    anchored=frozenset(TRIALS),
)


def sheets(exhibition: Exhibition = SHOWN_ALL, shown: Evidence = SHOWN) -> dict[str, str]:
    """The pages of evidence, by path."""
    told = settings(edition="linux", evidence=shown)
    found = [proof.overview(exhibition, {"pending": "An attempt is under way."}, told)]
    return {sheet.path: sheet.text for sheet in (*found, *proof.families(exhibition, told))}


def test_evidence_goes_through_the_causes() -> None:
    found = sheets()["linux/connect.2.evidence.en.html"]
    assert [e["id"] for e in named(found, "section")] == list(TRIALS)
    assert [e.text for e in named(found, "pre")] == ["connect() = -1 <&>\n"]
    assert "An attempt is under way." in [e.text for e in named(found, "p")]
    lines = [(e.text, e["href"]) for e in named(found, "a") if "li" in e.around and "#" in e["href"]]
    assert ("It is called again", "connect.2.evidence.tcp.en.html#tcp.again") in lines
    assert [e.text for e in named(found, "h2")][-1] == "Other answers: undocumented"


def test_evidence_has_a_page_for_each_family() -> None:
    found = sheets()
    assert list(found) == [f"linux/connect.2.evidence.{name}en.html" for name in ("", "tcp.", "udp.")]
    tcp = found["linux/connect.2.evidence.tcp.en.html"]
    assert [e["id"] for e in named(tcp, "section")] == ["tcp.again"]
    assert [e.text for e in named(tcp, "pre")] == ["connect() = -1 <&>\n", "int main(void);"]
    assert named(tcp, "dd", css="conditions")[0].text == "tcp.again, tcp.again.ipv6"
    assert "connect.2.en.html#pending" in [e["href"] for e in named(tcp, "a")]


def test_exhibits_of_a_record() -> None:
    rest = "notes:\n  - {id: again, claims: {unix.write-denied: EACCES}, text: Again.}\n"
    text_ = "[{id: missing, claims: {unix.missing: EACCES}, when: B.}]"
    found = exhibition(page(text_, rest=rest), RUN)
    named_ = {item.name: item for item in found.exhibits}
    conditions = sorted(name for item in found.exhibits for name in item.conditions)
    assert conditions == sorted(item.condition for item in RUN.observations)
    assert all(
        item.claims == ("again",) for name, item in named_.items() if name.startswith("unix.write-denied")
    )
    assert found.anchored >= {"again", "missing"}
    assert archive(found, "2026-11-21") == archive(found, "2026-11-21")


SENTENCE = "Of the causes in ERRORS, 1 of 4 were observed on Linux 6.18, x86-64, 2026-11-21."


def test_evidence_page_tells_of_paragraphs_too() -> None:
    there, unnamed = Trial(errnos=(), tried=True), Trial(errnos=(), tried=False, reason="No.")
    shown = replace(SHOWN, trials={}, sentences={"pending": there, "udp.any": unnamed})
    found = sheets(shown=shown)["linux/connect.2.evidence.en.html"]
    assert [e["id"] for e in named(found, "section")] == ["pending", "udp.any"]
    links = [e["href"] for e in named(found, "a") if "h3" in e.around]
    assert links == ["connect.2.en.html#pending"]


def test_notes_end_with_one_sentence() -> None:
    assert " ".join(man.render(linux(), WITH).replace("\\-", "-").split()).count(SENTENCE) == 1
    shown = text.render(linux(), WITH)
    assert SENTENCE in " ".join(shown.split())
    assert shown.index("NOTES") < shown.index("Of the causes") < shown.index("EXAMPLES")


def test_a_page_without_notes_gets_the_section() -> None:
    shown = text.render(rich(), WITH)
    assert shown.index("ERRORS") < shown.index("\nNOTES") < shown.index("SEE ALSO")


def test_without_evidence_nothing_is_said() -> None:
    for render in (html.render, man.render, text.render):
        bare = render(linux(), settings())
        assert "observed on" not in bare and 'class="evidence"' not in bare


def test_the_document_is_left_as_it_was() -> None:
    document = linux()
    before = text.render(document, settings(words=russian))
    text.render(document, WITH)
    assert text.render(document, settings(words=russian)) == before


@pytest.mark.parametrize("locale", ["en", "ru"])
def test_a_page_with_evidence_stays_light(locale: str, tmp_path: Path) -> None:
    """As it is built, with the record of a real run; no script or style stands in it."""
    for part in ("source", "translations"):
        shutil.copytree(ROOT / part, tmp_path / part)
    command = [sys.executable, "-m", "manproof", "build", "--format", "html", "--locale", locale]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, env=environment)
    built = tmp_path / f"build/html/linux/connect.2.{locale}.html"
    assert b'class="evidence"' in built.read_bytes()
    assert built.stat().st_size < 60_000
