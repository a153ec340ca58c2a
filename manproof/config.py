"""A project on the disk: where its source and its translations lie, and what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from manproof import files
from manproof.diagnostic import UserError, quoted

LOCALE = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2}|_[0-9]{3})?(@[a-z]+)?")
SOURCE_LOCALE = "en"
_PAGE = re.compile(r"(?P<name>.+)\.(?P<section>[1-9][a-z]*)")
_CALL = re.compile(r"[A-Za-z_][A-Za-z0-9_.+-]{0,63}")
_FOLDER = re.compile(r"(?!.*\.\.)[a-z0-9][a-z0-9.+_-]{0,63}")


@dataclass(frozen=True, kw_only=True)
class Source:
    """A page of an edition, as its file's name tells it: ``linux``, ``connect.2``."""

    edition: str
    page: str
    path: Path

    @property
    def title(self) -> str:
        """``connect(2)``."""
        match = _PAGE.fullmatch(self.page)
        return f"{match['name']}({match['section']})" if match else self.page


@dataclass(frozen=True, kw_only=True)
class Project:
    """A folder with ``source/`` and, where something is translated, ``translations/``."""

    root: Path

    def read(self, path: Path) -> bytes:
        """The bytes of a file, which may lie elsewhere, but not by a link in the project."""
        return files.read(path, self.root)

    @property
    def output(self) -> Path:
        """Where builds go, unless another folder is named: no link that leads out of the project."""
        folder = self.root / "build"
        files.refuse_way_out(folder, self.root)
        return folder

    def edition_file(self, edition: str) -> Path:
        """What the pages of an edition have in common."""
        return self.root / "source" / edition / "edition.yaml"

    @property
    def translations(self) -> Path:
        """Where templates and catalogues lie."""
        return self.root / "translations"

    def catalogue(self, locale: str, domain: str) -> Path:
        """A catalogue: ``linux/connect.2``, ``linux/edition`` or ``manproof``."""
        return self.translations / locale / "LC_MESSAGES" / f"{domain}.po"

    def template(self, domain: str) -> Path:
        """The template that translators begin with."""
        return self.translations / f"{domain}.pot"

    def glossary(self, locale: str) -> Path:
        """The words that the project has agreed on for a language."""
        return self.root / "translations" / locale / "glossary.yaml"

    def accepted(self, locale: str) -> Path:
        """The words of a language that no dictionary has and that are right."""
        folder = self.root / "source" if locale == SOURCE_LOCALE else self.root / "translations" / locale
        return folder / "words.txt"

    def editions(self) -> list[str]:
        """The names of the folders in ``source`` that hold an edition."""
        return sorted(path.parent.name for path in self.root.glob("source/*/edition.yaml"))

    def comparison(self, call: str) -> Path:
        """What other manuals document of a call; it need not exist."""
        return self.root / "source" / "comparison" / f"{call}.yaml"

    def comparisons(self) -> list[str]:
        """The calls that other manuals are compared on; their names get into addresses and every page."""
        found = sorted(path.stem for path in self.comparison("*").parent.glob("[!.]*.yaml"))
        for name in found:
            if not _CALL.fullmatch(name):
                raise UserError(
                    f"source/comparison/{quoted(name[:64])}.yaml: name it after the call, in ASCII"
                )
        return found

    def upstream(self) -> list[Path]:
        """What the manuals claim that findings are mailed to."""
        return sorted((self.root / "source" / "findings").glob("[!.]*.yaml"))

    def sources(self, editions: Iterable[str]) -> list[Source]:
        """The pages of these editions, in the order of their names."""
        folders = {edition: self.root / "source" / edition for edition in editions}
        return [
            Source(edition=edition, page=name.removesuffix(".yaml"), path=folder / name)
            for edition, folder in folders.items()
            for name in sorted(path.name for path in folder.glob("*.yaml"))
            # editors keep hidden files beside the one that is being edited
            if name != "edition.yaml" and not name.startswith(".")
        ]

    def locales(self) -> list[str]:
        """English, then the languages that there is a folder for."""
        found = sorted(p.parent.name for p in self.root.glob("translations/*/LC_MESSAGES"))
        return [SOURCE_LOCALE, *(name for name in found if LOCALE.fullmatch(name))]

    def shown(self, path: Path) -> str:
        """A path as messages and pages show it: from the root of the project."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


def find(start: Path) -> Project:
    """The project that ``start`` lies in."""
    for folder in (start, *start.parents):
        if (folder / "source").is_dir():
            return Project(root=folder)
    raise UserError("there is no folder source/ here or above; begin with source/<edition>/edition.yaml")


def chosen_editions(project: Project, wanted: Iterable[str]) -> list[str]:
    """The editions of the project, or those asked for."""
    known = project.editions()
    if not known:
        raise UserError("source/ holds no edition; begin with source/<edition>/edition.yaml")
    for name in wanted:
        if name not in known:
            raise UserError(f"there is no edition {_shown(name)}; known are {', '.join(known)}")
    _refuse_clashes(known, "editions")
    for name in known:
        if not _FOLDER.fullmatch(name):
            raise UserError(
                f"source/{_shown(name)}: use lower-case letters, digits and . + _ - for an edition's name"
            )
    return [name for name in known if not wanted or name in wanted]


def chosen_locales(project: Project, wanted: Iterable[str]) -> list[str]:
    """The languages of the project, or those asked for."""
    known = project.locales()
    for name in wanted:
        if not LOCALE.fullmatch(name):
            raise UserError(f"{_shown(name)} is no locale; write one such as ru, pt_BR or sr@latin")
        if name not in known:
            way_out = f"known are {', '.join(known)}; add it with: manproof i18n init {name}"
            raise UserError(f"there is no locale {name}; {way_out}")
    _refuse_clashes(known, "locales")
    return [name for name in known if not wanted or name in wanted]


def chosen_sources(project: Project, editions: Iterable[str], wanted: Iterable[str]) -> list[Source]:
    """The pages of the editions, or those asked for as connect, connect.2, connect(2) or linux/connect.2."""
    known = project.sources(editions)
    _refuse_clashes([f"{source.edition}/{source.page}" for source in known], "pages")
    if not known:
        raise UserError("there are no pages; write source/<edition>/<name>.<section>.yaml")
    chosen: set[Source] = set()
    for name in wanted:
        matching = {source for source in known if name in _names(source)}
        if not matching:
            raise UserError(f"there is no page {_shown(name)}; known are {_some(known)}")
        chosen |= matching
    return [source for source in known if not wanted or source in chosen]


def _names(source: Source) -> set[str]:
    bare = {source.page, source.title, source.title.partition("(")[0]}
    return bare | {f"{source.edition}/{name}" for name in bare}


def _some(sources: list[Source]) -> str:
    names = [quoted(f"{source.edition}/{source.page}") for source in sources]
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")


def _shown(name: str) -> str:
    return f"“{quoted(name[:64])}”"


def _refuse_clashes(names: Iterable[str], what: str) -> None:
    """Names that a file system without case would take for one are refused."""
    import unicodedata

    seen: dict[str, str] = {}
    for name in names:
        key = unicodedata.normalize("NFC", name).casefold()
        if seen.setdefault(key, name) != name:
            raise UserError(
                f"the {what} {_shown(seen[key])} and {_shown(name)} differ in case only; rename one"
            )
