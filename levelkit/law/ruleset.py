"""Law: one ruleset, read strictly from its files."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError

from levelkit.domain.base import Model
from levelkit.domain.condition import Condition, holds, parameters_of, reads
from levelkit.domain.facts import FACT_CATALOGUE, FACT_ORDER
from levelkit.domain.proposal import Authority, DocumentSpec, Role, Route, RulesetId, TimeLimit
from levelkit.errors import RulesetError
from levelkit.law.citations import parse_texts
from levelkit.law.model import (
    AuthorityRow,
    Criterion,
    DeadlineRow,
    Documents,
    Grey,
    HarmLevel,
    Head,
    Ministry,
    NationalSecurity,
    Parameter,
    ProjectStage,
    Transition,
    WarningRow,
)
from levelkit.law.packing import content_hash, pack
from levelkit.law.requirements import FILES, Baseline
from levelkit.strict_yaml import EMPTY, StrictYamlError, read_shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

T = TypeVar("T")

REQUIRED = (
    "instrument.yaml",
    "articles.yaml",
    "parameters.yaml",
    "criteria.yaml",
    "national-security.yaml",
    "warnings.yaml",
    "grey.yaml",
    "authorities.yaml",
    "deadlines.yaml",
    "documents.yaml",
    "transition.yaml",
)
OPTIONAL = ("harm.yaml",)


class LevelledCriterion(Model):
    """A criterion with its level, in the order of the instrument."""

    level: int
    criterion: Criterion
    ref: str


def read_model(text: str, kind: type[T], where: str) -> T:
    """Read YAML text into a model.

    Raises:
        RulesetError: broken YAML, an unknown or missing key, a wrong value; names file, key, remedy.
    """
    try:
        raw = read_shipped(text)
    except StrictYamlError as error:
        raise RulesetError(f"{where}: {error}") from None
    if raw is EMPTY:
        raise RulesetError(f"{where}: tệp trống; thêm nội dung, hoặc ghi [] nếu không có mục nào.")
    try:
        return _adapter(kind).validate_python(raw)  # type: ignore[no-any-return]
    except ValidationError as error:
        # An unknown key first: a missing one beside it is most often the same slip.
        first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
        key = " → ".join(str(part) for part in first["loc"]) or "gốc"
        raise RulesetError(f"{where}, khóa {key}: {_reason(first)}") from None


_REASONS = {
    "extra_forbidden": "khóa này không có trong quy ước; xóa khóa hoặc sửa tên.",
    "missing": "thiếu khóa này; thêm vào.",
    "union_tag_invalid": "điều kiện không có trong ngữ pháp; sửa tên điều kiện.",
    "union_tag_not_found": "mỗi điều kiện là một bảng đúng một khóa; sửa lại.",
}
_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _reason(error: Any) -> str:
    if error["type"] in _REASONS:
        return _REASONS[error["type"]]
    if error["type"].startswith("date"):
        return f"«{error['input']}» không phải ngày ISO; ghi dạng NĂM-THÁNG-NGÀY, như 2026-11-23."
    return f"giá trị «{str(error['input'])[:60]}» không được nhận ({error['msg']}); sửa lại."


class RuleSet:
    """One ruleset: criteria, parameters, routes, warnings. Immutable."""

    def __init__(self, files: Mapping[str, str], origin: str) -> None:
        """Read a ruleset from its files, name → text; ``origin`` names it in messages."""
        missing = [name for name in REQUIRED if name not in files]
        if missing:
            raise RulesetError(f"{origin}: thiếu tệp {', '.join(missing)}; thêm tệp vào bộ quy định.")
        extra = [name for name in files if name not in (*REQUIRED, *OPTIONAL, *FILES)]
        if extra:
            raise RulesetError(f"{origin}: tệp {', '.join(extra)} không có trong quy ước; bỏ tệp này.")
        self.files = dict(files)
        self.origin = origin
        self.head: Head = self._read("instrument.yaml", Head)
        self.id = self.head.id
        self.version = self.head.version
        self.title_vi = self.head.title_vi
        self.renders_dossier = self.head.renders_dossier
        self.why_not_vi = self.head.why_not_vi
        self.baseline = self._baseline()

    # Everything else is read when first asked for: the window starts without the old decree's criteria.

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """The numbers of the law, by name."""
        return self._read("parameters.yaml", dict[str, Parameter])

    @cached_property
    def criteria(self) -> tuple[LevelledCriterion, ...]:
        """The criteria, in the order of the instrument."""
        levels = self._read("criteria.yaml", dict[int, tuple[Criterion, ...]])
        return tuple(
            LevelledCriterion(level=level, criterion=criterion, ref=f"{self.id}:{criterion.id}")
            for level, criteria in sorted(levels.items())
            for criterion in criteria
        )

    def _baseline(self) -> Baseline | None:
        present = [name for name in FILES if name in self.files]
        if self.head.baseline is None:
            if present:
                raise RulesetError(
                    f"{self.origin}/instrument.yaml: thiếu khóa baseline mà bộ quy định có "
                    f"{', '.join(present)}; thêm khóa hoặc bỏ các tệp này."
                )
            return None
        missing = [name for name in FILES if name not in self.files]
        if missing:
            raise RulesetError(f"{self.origin}: thiếu tệp {', '.join(missing)}; thêm tệp vào bộ quy định.")
        return Baseline(self.files, self.head.baseline, self.id, self.origin, read_model)

    def reads_of(self, ref: str) -> frozenset[str]:
        """Return the facts that a criterion reads."""
        return self._reads[ref]

    @cached_property
    def _reads(self) -> dict[str, frozenset[str]]:
        return {
            item.ref: frozenset().union(*(reads(part) for part in criterion_conditions(item.criterion)))
            for item in self.criteria
        }

    @cached_property
    def harm(self) -> dict[str, dict[str, HarmLevel]]:
        """The harm table: subject → degree → level; empty where the ruleset has none."""
        if "harm.yaml" not in self.files:
            return {}
        return self._read("harm.yaml", dict[str, dict[str, HarmLevel]])

    @cached_property
    def national_security(self) -> NationalSecurity:
        """The list of systems important to national security."""
        return self._read("national-security.yaml", NationalSecurity)

    @cached_property
    def warnings(self) -> tuple[WarningRow, ...]:
        """The warnings, in the order of the contract."""
        return self._read("warnings.yaml", tuple[WarningRow, ...])

    @cached_property
    def read_facts(self) -> frozenset[str]:
        """The facts that the ruleset reads; those of another decree are taken and left alone."""
        return frozenset(name for name in FACT_ORDER if name.split(".")[0] not in self.head.ignores)

    @cached_property
    def grey(self) -> tuple[Grey, ...]:
        """The grey points."""
        return self._read("grey.yaml", tuple[Grey, ...])

    @cached_property
    def transition(self) -> tuple[Transition, ...]:
        """The deadlines of the transition."""
        return self._read("transition.yaml", tuple[Transition, ...])

    @cached_property
    def authorities(self) -> tuple[AuthorityRow, ...]:
        """Who appraises, approves, gives the opinion."""
        return self._read("authorities.yaml", tuple[AuthorityRow, ...])

    @cached_property
    def time_limits(self) -> tuple[DeadlineRow, ...]:
        """Time limits by step."""
        return self._read("deadlines.yaml", tuple[DeadlineRow, ...])

    @cached_property
    def documents(self) -> Documents:
        """Documents by level and route."""
        return self._read("documents.yaml", Documents)

    @cached_property
    def sha256(self) -> str:
        """The content hash over all files, names included."""
        return content_hash(self.files)

    @property
    def identity(self) -> RulesetId:
        """Id, version and content hash: what a dossier records."""
        return RulesetId(id=self.id, version=self.version, sha256=self.sha256)

    @cached_property
    def texts(self) -> dict[str, str]:
        """The texts of the articles, by clause."""
        return parse_texts(self.files["articles.yaml"], f"{self.origin}/articles.yaml")

    def parameter(self, name: str, on: date | None = None) -> int:
        """Return a parameter's value on a day, the newest without one.

        Raises:
            RulesetError: no such parameter, or repealed on that day.
        """
        known = self.parameters.get(name)
        value = known.on(on).value if known is not None else None
        if value is None:
            raise RulesetError(f"{self.origin}/parameters.yaml: không có giá trị cho tham số «{name}».")
        return value

    def parameter_values(self, on: date | None = None) -> dict[str, int]:
        """Return every parameter that has a value on a day."""
        return {
            name: value
            for name, known in self.parameters.items()
            if (value := known.on(on).value) is not None
        }

    def route(self, level: int, *, listed: bool, project_stage: str, ministry: str) -> Route:
        """Return documents, authorities and time limits. Đ18–Đ24.

        ``project_stage``: in_operation, new_build, upgrade, hired_service. ``ministry``: none, bo_quoc_phong,
        bo_cong_an, ban_co_yeu. In a project the investor or the hiring unit stands as ``investor`` where the
        operator would (Đ19). The addressee ``appraiser`` is the security unit, or its stand-in (Đ18.4).
        """
        listed = listed and level >= 3
        preparer: Role = "operator" if project_stage == "in_operation" else "investor"

        def matching(rows: tuple[T, ...]) -> Iterator[T]:
            for row in rows:
                reach = row.reach  # type: ignore[attr-defined]
                if reach.holds(level, listed=listed, stage=project_stage, ministry=ministry):
                    yield row

        design = next(matching(self.documents.design), None)
        if design is None:
            raise RulesetError(
                f"{self.origin}/documents.yaml, khóa design: không có dòng cho {project_stage}; thêm vào."
            )
        opinion = self.documents.opinion
        return Route(
            level=level,
            listed=listed,
            documents=tuple(
                DocumentSpec(
                    document=row.document,
                    title_vi=row.title_vi,
                    stage=row.stage,
                    issuer=preparer if row.issuer == "preparer" else row.issuer,
                    addressee=row.addressee,
                    cite=row.cite,
                    ours=row.ours,
                )
                for row in matching(self.documents.documents)
            ),
            authorities=tuple(
                Authority(act=row.act, act_vi=row.act_vi, body_vi=row.body_vi, cite=row.cite)
                for row in matching(self.authorities)
            ),
            time_limits=tuple(
                TimeLimit(step=row.step, step_vi=row.step_vi, value=row.value, unit=row.unit, cite=row.cite)
                for row in matching(self.time_limits)
            ),
            design_document_vi=design.text_vi,
            design_document_cite=design.cite,
            opinion_needed=level in opinion.levels or (listed and level in opinion.listed_levels),
            notes_vi=tuple(row.text_vi for row in matching(self.documents.notes)),
        )

    def to_package(self) -> bytes:
        """Return the ruleset as a package: see :mod:`levelkit.law.packing`."""
        return pack(self.files, self.id, self.version)

    def applies(self, lookup: Callable[[str], Any]) -> tuple[str, ...] | None:
        """Return the notices of the first rule that chooses this ruleset, None where none does."""
        for application in self.head.applies:
            if holds(application.when, lookup) is True:
                return application.notices
        return None

    def check(self) -> None:
        """Read every file and check that the files fit together.

        Raises:
            RulesetError: names file, key, remedy.
        """
        ids = [item.criterion.id for item in self.criteria]
        for clause in ids:
            if ids.count(clause) > 1:
                raise RulesetError(f"{self.origin}/criteria.yaml, khóa {clause}: lặp lại; chỉ giữ một lần.")
        for item in self.criteria:
            for condition in criterion_conditions(item.criterion):
                self._check_condition(condition, f"{self.origin}/criteria.yaml, khóa {item.criterion.id}")
        for application in self.head.applies:
            self._check_condition(application.when, f"{self.origin}/instrument.yaml, khóa applies")
        for name in self.head.ignores:
            if name not in FACT_CATALOGUE:
                raise RulesetError(
                    f"{self.origin}/instrument.yaml, khóa ignores: không có dữ kiện «{name}»; sửa tên."
                )
        for warning in self.warnings:
            self._check_condition(warning.when, f"{self.origin}/warnings.yaml, khóa {warning.code}")
        for point in self.grey:
            self._check_condition(point.when, f"{self.origin}/grey.yaml, khóa {point.code}")
        for row in self.transition:
            self._check_condition(row.when, f"{self.origin}/transition.yaml, khóa {row.id}")
        for subject, rows in self.harm.items():
            spec = FACT_CATALOGUE["harm"]
            known = f"harm.{subject}" in FACT_ORDER and set(rows) <= set(spec.values)
            if not known:
                raise RulesetError(
                    f"{self.origin}/harm.yaml, khóa {subject}: đối tượng hoặc mức lạ; sửa tên."
                )
        missing = [clause for clause in ids if clause not in self.texts]
        if missing:
            raise RulesetError(
                f"{self.origin}/articles.yaml: thiếu nguyên văn của {', '.join(missing)}; thêm vào."
            )
        # Listed systems have the authorities and documents of their own level and more: Đ20.4.
        for stage in get_args(ProjectStage):
            for ministry in get_args(Ministry):
                self.route(5, listed=True, project_stage=stage, ministry=ministry)
        _ = self.national_security
        if self.baseline is not None:
            self.baseline.check(frozenset(row.id for row in self.transition))

    def _read(self, name: str, kind: type[T]) -> T:
        return read_model(self.files[name], kind, f"{self.origin}/{name}")

    def _check_condition(self, condition: Condition, where: str) -> None:
        for name in reads(condition):
            if name not in FACT_ORDER and not name.startswith(("result.", "previous.")):
                raise RulesetError(f"{where}: dữ kiện «{name}» không có trong danh mục; sửa tên.")
        for name in parameters_of(condition):
            if name not in self.parameters:
                raise RulesetError(
                    f"{where}: tham số «{name}» không có trong parameters.yaml; thêm hoặc sửa tên."
                )


def criterion_conditions(criterion: Criterion) -> tuple[Condition, ...]:
    """Return the conditions of a criterion, one of which is enough."""
    if criterion.when is not None:
        return (criterion.when,)
    return tuple(limb.when for limb in criterion.limbs)
