"""Law: the library of rulesets, embedded and loaded, with one citation index over all of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from levelkit.errors import RulesetError
from levelkit.law.carry_over import CarryOver, NewlyAsked, asked_rows, carry_over
from levelkit.law.citations import CitationIndex, parse_texts
from levelkit.law.log_retention import check_retention, log_retention
from levelkit.law.model import Instrument
from levelkit.law.packing import unpack
from levelkit.law.packs import DutyPacks
from levelkit.law.requirements import FOLDER
from levelkit.law.ruleset import RuleSet, read_model
from levelkit.resources import package_dir

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from levelkit.domain.citation import Citation
    from levelkit.domain.condition import Lookup
    from levelkit.domain.facts import FactSet
    from levelkit.domain.plan import LogRetention, PlanGroup
    from levelkit.domain.requirement import RequirementSet
    from levelkit.law.requirements import Baseline

ChosenBy = Literal["given", "date", "default"]
EMBEDDED = ("nd331-2026", "nd85-2016")


def version_key(version: str) -> tuple[int, ...]:
    """Return a key that sorts versions: 2026.9 before 2026.11."""
    return tuple(int(part) for part in version.split("."))


class RuleLibrary:
    """Rulesets by id, the newest version first, and the citation index."""

    def __init__(self, rulesets: Sequence[RuleSet]) -> None:
        self._versions: dict[str, list[RuleSet]] = {}
        for ruleset in rulesets:
            self._versions.setdefault(ruleset.id, []).append(ruleset)
        for versions in self._versions.values():
            versions.sort(key=lambda ruleset: version_key(ruleset.version), reverse=True)
        self._index = _source_index()
        for versions in self._versions.values():
            newest = versions[0]
            self._index.add(newest.id, newest.head.instrument, lambda ruleset=newest: ruleset.texts)  # type: ignore[misc]
            self._add_standard(versions)
        defaults = [ruleset for ruleset in self.rulesets if ruleset.head.default]
        if len(defaults) != 1:
            raise RulesetError(
                "Thư viện cần đúng một bộ quy định mặc định (default: true trong instrument.yaml)."
            )
        self._default = defaults[0]
        self.duties = DutyPacks(self._index, self._default.id)

    def _add_standard(self, versions: Sequence[RuleSet]) -> None:
        """Cite the standard of the newest version that has requirements; none of them is read for that."""
        baseline = next((ruleset.baseline for ruleset in versions if ruleset.baseline is not None), None)
        if baseline is None:
            return
        instrument = _instruments().get(baseline.standard_id)
        if instrument is None:
            raise RulesetError(
                f"instrument.yaml, khóa baseline: không có tiêu chuẩn «{baseline.standard_id}»; sửa mã."
            )
        self._index.add(baseline.standard_id, instrument, baseline.texts)

    @classmethod
    def load(cls, packages: Sequence[bytes] = ()) -> RuleLibrary:
        """Return the embedded rulesets and those of packages; without packages, one shared library.

        Raises:
            RulesetError: a ruleset or a package is broken.
        """
        if not packages:
            return _embedded_library()
        loaded = [read_package(package) for package in packages]
        embedded = _embedded()
        known = {ruleset.sha256 for ruleset in embedded}
        library = cls([*embedded, *(ruleset for ruleset in loaded if ruleset.sha256 not in known)])
        for ruleset in loaded:
            library.check_citations(ruleset)
        return library

    @property
    def rulesets(self) -> tuple[RuleSet, ...]:
        """The newest version of every ruleset."""
        return tuple(versions[0] for versions in self._versions.values())

    def get(self, ruleset_id: str, version: str | None = None) -> RuleSet:
        """Return a ruleset, the newest version unless one is named.

        Raises:
            RulesetError: the library does not hold it.
        """
        for ruleset in self._versions.get(ruleset_id, ()):
            if version in {None, ruleset.version}:
                return ruleset
        named = ruleset_id if version is None else f"{ruleset_id} phiên bản {version}"
        raise RulesetError(
            f"Không có bộ quy định «{named}»; các bộ đang có: {', '.join(self._versions)}. "
            "Nạp gói quy định tương ứng."
        )

    def choose(self, facts: FactSet) -> tuple[RuleSet, ChosenBy, tuple[str, ...]]:
        """Return the ruleset for these facts, how it was chosen, and the notices that the choice brings.

        A named ruleset wins; without a date of determination the default, never the clock. Đ38, Đ39.1.
        """
        named = facts.get("ruleset")
        if named is not None:
            return self.get(named), "given", ()
        if facts.get("as_of") is None:
            return self._default, "default", ()
        for ruleset in sorted(self.rulesets, key=lambda ruleset: -ruleset.head.priority):
            notices = ruleset.applies(facts.get)
            if notices is not None:
                return ruleset, "date", notices
        return self._default, "date", ()

    def requirements(self, level: int) -> RequirementSet:
        """Return the baseline requirements of a level, 1 to 5, read when first asked for. Đ30.

        They are those of the default ruleset's newest version that has any.

        Raises:
            ValueError: no such level.
            RulesetError: a file is broken; names file, key, remedy.
        """
        return self._baseline()[1].level(level)

    def carry_over(self, old_level: int, new_level: int) -> CarryOver:
        """Return what a change of level means for the answers, by control.

        Raises:
            ValueError, RulesetError: as `requirements`.
        """
        return carry_over(self.requirements(old_level), self.requirements(new_level))

    def newly_asked(self, level: int) -> NewlyAsked:
        """Return what a system approved under the old decree is asked for at its level. 116:45.1.

        Raises:
            ValueError, RulesetError: as `requirements`.
        """
        ruleset, baseline = self._baseline()
        found = baseline.level(level)
        due = next((row for row in ruleset.transition if row.id == baseline.due), None)
        if due is None:
            raise baseline.no_such_deadline()
        return NewlyAsked(
            level=level,
            rows=asked_rows(found, baseline.old_clauses, baseline.without_counterpart),
            safe=due.safe,
            literal=due.literal,
            cite=due.cite,
        )

    def _baseline(self) -> tuple[RuleSet, Baseline]:
        for ruleset in self._versions[self._default.id]:
            if ruleset.baseline is not None:
                return ruleset, ruleset.baseline
        raise RulesetError(
            f"Bộ quy định «{self._default.id}» không có yêu cầu cơ bản theo cấp độ; "
            "chuyển sang bộ quy định mới hơn, hoặc nạp gói có thư mục requirements."
        )

    def packs(self, lookup: Lookup) -> tuple[PlanGroup, ...]:
        """Return the packs of duties that apply, each with its reasons and the rows asked for.

        ``lookup`` returns the value of a fact, a question of the forms or a ``derived.*`` value, None where
        it is not known; what is not known makes nothing apply. Cheap: meant for every change of an answer.

        Raises:
            RulesetError: a file of the packs is broken; names file, key, remedy.
        """
        return self.duties.applying(lookup)

    def possible_packs(self, lookup: Lookup) -> tuple[PlanGroup, ...]:
        """Return the packs of which the answers do not tell yet; ``why_vi`` says what to answer, no rows.

        Raises:
            RulesetError: as `packs`.
        """
        return self.duties.possible(lookup)

    def log_retention(self, level: int, lookup: Lookup) -> LogRetention:
        """Return how long logs are kept at a level, the highest of what applies, each with its reason.

        ``lookup`` as in `packs`.

        Raises:
            ValueError: no such level.
            RulesetError: a file is broken; names file, key, remedy.
        """
        return log_retention(self.requirements(level), self.cite_words, lookup)

    def citation(self, ref: str) -> Citation:
        """Return a citation.

        Raises:
            RulesetError: the index has no such ref.
        """
        return self._index.get(ref)

    def place(self, ref: str) -> str:
        """Return where a ref stands, capitalised; the instrument is named where it is not the default's own.

        Raises:
            RulesetError: the index has no such ref.
        """
        citation = self.citation(ref)
        if citation.instrument == self._default.id:
            return citation.clause_vi
        return citation.full_vi[:1].upper() + citation.full_vi[1:]

    def has_citation(self, ref: str) -> bool:
        """Say whether the ref is in the index."""
        return self._index.has(ref)

    def cite_words(self, ref: str) -> str:
        """Return the full wording of a ref, without reading its text."""
        return self._index.full(ref)

    @property
    def index(self) -> CitationIndex:
        """The citation index."""
        return self._index

    def check(self) -> None:
        """Read every ruleset whole and check that everything cited is there.

        Raises:
            RulesetError: names file, key, remedy.
        """
        for versions in self._versions.values():
            for ruleset in versions:
                ruleset.check()
                self.check_citations(ruleset)
        self.duties.check()
        check_retention(self.has_citation)

    def check_citations(self, ruleset: RuleSet) -> None:
        """Check that everything the ruleset cites is in the index.

        Raises:
            RulesetError: a dangling citation; names file, key, remedy.
        """
        for where, ref in ruleset_citations(ruleset):
            if not self.has_citation(ref):
                raise RulesetError(
                    f"{ruleset.origin}/{where}: viện dẫn «{ref}» không có trong chỉ mục; "
                    "sửa viện dẫn, hoặc thêm nguyên văn vào articles.yaml."
                )


def read_package(data: bytes) -> RuleSet:
    """Read a ruleset from a package.

    Raises:
        RulesetError: the package is broken or altered, or its ruleset is.
    """
    files, ruleset_id, version = unpack(data)
    ruleset = RuleSet(files, f"gói {ruleset_id}")
    if (ruleset.id, ruleset.version) != (ruleset_id, version):
        raise RulesetError(
            f"Gói quy định: ghi «{ruleset_id} {version}», "
            f"instrument.yaml ghi «{ruleset.id} {ruleset.version}»; tạo lại gói."
        )
    ruleset.check()
    return ruleset


def ruleset_citations(ruleset: RuleSet) -> list[tuple[str, str]]:
    """Return every citation of a ruleset with the place where it stands."""
    found = [(f"criteria.yaml, khóa {item.criterion.id}", item.ref) for item in ruleset.criteria]
    combine = ruleset.head.combine
    found.append(("instrument.yaml, khóa highest_cite", combine.highest_cite))
    if combine.risk is not None:
        found += [("instrument.yaml, khóa risk", ref) for ref in (combine.risk.ref, combine.risk.assess_cite)]
    if combine.harm_ref is not None:
        found.append(("instrument.yaml, khóa harm_ref", combine.harm_ref))
    found += [
        (f"parameters.yaml, khóa {name}", value.cite)
        for name, parameter in ruleset.parameters.items()
        for value in parameter.values.values()
    ]
    found += [
        (f"harm.yaml, khóa {subject}", row.cite)
        for subject, rows in ruleset.harm.items()
        for row in rows.values()
    ]
    listed = ruleset.national_security
    found += [("national-security.yaml", f"{ruleset.id}:{clause}") for clause in listed.criteria]
    found += [("national-security.yaml", ref) for ref in (listed.top_level_ref, listed.procedure_cite) if ref]
    found += [(f"warnings.yaml, khóa {row.code}", row.cite) for row in ruleset.warnings]
    found += [(f"grey.yaml, khóa {row.code}", row.cite) for row in ruleset.grey]
    found += [(f"transition.yaml, khóa {row.id}", row.cite) for row in ruleset.transition]
    if ruleset.baseline is not None:
        found += ruleset.baseline.citations()
    found += [("authorities.yaml", row.cite) for row in ruleset.authorities]
    found += [("deadlines.yaml", row.cite) for row in ruleset.time_limits]
    documents = ruleset.documents
    found += [
        ("documents.yaml", row.cite)
        for rows in (documents.documents, documents.design, documents.notes)
        for row in rows
    ]
    return found


def read_folder(folder: Path) -> dict[str, str]:
    """Return the YAML files of a folder and of its requirements, name → text."""
    paths = sorted([*folder.glob("*.yaml"), *folder.glob(f"{FOLDER}/*.yaml")])
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


@lru_cache(maxsize=1)
def _embedded() -> tuple[RuleSet, ...]:
    return tuple(RuleSet(read_folder(package_dir("law", "rulesets", name)), name) for name in EMBEDDED)


@lru_cache(maxsize=1)
def _embedded_library() -> RuleLibrary:
    return RuleLibrary(_embedded())


@lru_cache(maxsize=1)
def _instruments() -> dict[str, Instrument]:
    text = (package_dir("law", "rulesets", "sources") / "instruments.yaml").read_text(encoding="utf-8")
    return read_model(text, dict[str, Instrument], "sources/instruments.yaml")


def _source_index() -> CitationIndex:
    index = CitationIndex()
    for instrument_id, instrument in _instruments().items():
        if instrument.numbering == "sections":
            continue  # a standard comes with the ruleset whose requirements it holds
        index.add(instrument_id, instrument, lambda name=instrument_id: _source_texts(name))  # type: ignore[misc]
    return index


@lru_cache(maxsize=32)
def _source_texts(instrument_id: str) -> dict[str, str]:
    path = package_dir("law", "rulesets", "sources") / f"{instrument_id}.yaml"
    return parse_texts(path.read_text(encoding="utf-8"), f"sources/{path.name}")
