"""Checks over all form files at once: ids, facts, conditions, citations, choices, defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from levelkit.domain.condition import (
    Condition,
    ValueOperand,
    ValuesOperand,
    children,
    operand_of,
    reads,
)
from levelkit.domain.facts import FACT_ORDER
from levelkit.domain.plan import row_of
from levelkit.errors import FormError, UserError
from levelkit.questionnaire.intake import normalise
from levelkit.questionnaire.types import QUESTION_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from levelkit.questionnaire.schema import Column, FormSet, Question

DERIVED = frozenset(
    f"derived.{name}"
    for name in (
        "level",
        "at_least",
        "at_most",
        "ruleset",
        "documents",
        "can_change",
        "listed",
        "sensitive_file",
        "proposed_level",
    )
)


def crosscheck(
    forms: FormSet, files: Mapping[str, str], citation_exists: Callable[[str], bool] | None
) -> None:
    """Raise FormError for the first thing that does not fit; ``files`` maps section id to file name."""
    _unique(forms, files)
    for question in forms.questions:
        place = f"{files[forms.section_of(question.id).id]}, câu «{question.id}»"
        _shape(place, question)
        _facts(place, question)
        _choices_from(place, forms, question)
        for condition in conditions_of(forms, question):
            _names(place, forms, condition)
        for ref in citations_of(question):
            _cited(place, ref, citation_exists)
    for banner in forms.banners:
        place = f"banners.yaml, dải «{banner.id}»"
        _names(place, forms, banner.visible_when)
        _cited(place, banner.cite, citation_exists)
        unknown = set(banner.sections) - {section.id for section in forms.sections}
        if unknown:
            _fail(place, f"mục «{min(unknown)}» không có trong biểu mẫu. Sửa khóa «sections».")
    _rows(forms, files, citation_exists)
    _extras(forms, citation_exists)
    _no_circle(forms, files)


def _rows(forms: FormSet, files: Mapping[str, str], citation_exists: Callable[[str], bool] | None) -> None:
    families = [section for section in forms.sections if section.rows is not None]
    for section in families[1:]:
        _fail(files[section.id], f"khóa «rows» đã có ở {files[families[0].id]}. Bỏ một trong hai.")
    for section in families:
        assert section.rows is not None
        _cited(f"{files[section.id]}, khóa «rows»", section.rows.cite, citation_exists)


def _extras(forms: FormSet, citation_exists: Callable[[str], bool] | None) -> None:
    keys = [check.id for check in forms.checks] + [notice.code for notice in forms.notices]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        _fail("checks.yaml", f"«{min(twice)}» có hai lần. Bỏ bớt một lần.")
    for check in forms.checks:
        place = f"checks.yaml, kiểm tra «{check.id}»"
        _cited(place, check.rule, citation_exists)
        if check.when is not None:
            _names(place, forms, check.when)
    for where, key in [(check.where, check.id) for check in forms.checks] + [
        (notice.where, notice.code) for notice in forms.notices
    ]:
        if not forms.has_question(where):
            _fail(f"checks.yaml, «{key}»", f"câu «{where}» không có trong biểu mẫu. Sửa khóa «where».")


def conditions_of(forms: FormSet, question: Question) -> Iterator[Condition]:
    """Every condition that bears on a question: its group's, its own, its gap's, its options'."""
    group = forms.group_of(question.id)
    candidates = [group.visible_when, question.visible_when]
    if question.requirement:
        candidates.append(question.requirement.when)
    candidates.extend(option.visible_when for option in question.options)
    yield from (condition for condition in candidates if condition is not None)


def citations_of(question: Question) -> Iterator[str]:
    """Every citation ref of a question."""
    yield question.cite
    if question.requirement:
        yield question.requirement.rule
    yield from (option.cite for option in question.options if option.cite)


def _fail(place: str, text: str) -> NoReturn:
    raise FormError(f"{place}: {text}")


def _unique(forms: FormSet, files: Mapping[str, str]) -> None:
    seen: dict[tuple[str, Any], str] = {}
    for section in forms.sections:
        keys: list[tuple[str, Any]] = [("mục", section.id), ("số mục", section.number)]
        keys += [("nhóm", group.id) for group in section.groups]
        keys += [("câu", question.id) for question in section.questions]
        for key in keys:
            if key in seen:
                _fail(files[section.id], f"{key[0]} «{key[1]}» đã có ở {seen[key]}. Đổi tên một trong hai.")
            seen[key] = files[section.id]


def _shape(place: str, question: Question) -> None:
    kind = QUESTION_TYPES[question.type]
    if kind.options != bool(question.options):
        _fail(place, "thiếu khóa «options»." if kind.options else "kiểu này không có «options». Bỏ khóa này.")
    if kind.columns != bool(question.columns):
        _fail(place, "thiếu khóa «columns»." if kind.columns else "kiểu này không có «columns». Bỏ khóa này.")
    if question.none_sets and question.type != "statements":
        _fail(place, "chỉ kiểu «statements» có «none_sets». Bỏ khóa này.")
    for what, values in (
        ("mục chọn", [option.value for option in question.options]),
        ("cột", [column.id for column in question.columns]),
    ):
        twice = {value for value in values if values.count(value) > 1}
        if twice:
            _fail(place, f"{what} «{min(twice)}» có hai lần. Bỏ bớt một lần.")
    if question.layout != "grid" and question.type != "table":
        _fail(place, "chỉ kiểu «table» có «layout». Bỏ khóa này.")
    for column in question.columns:
        _column(f"{place}, cột «{column.id}»", column)
    if question.type == "data_kinds" and any(option.group is None for option in question.options):
        _fail(place, "mỗi mục của «data_kinds» phải có «group» là basic hoặc sensitive.")
    if question.default is not None:
        try:
            normalise(question, question.default)
        except UserError as error:
            _fail(place, f"khóa «default»: {error}")


def _column(place: str, column: Column) -> None:
    named = bool(column.options)
    if named and (column.options_from is not None or column.type != "choice"):
        _fail(place, "«options» chỉ đi với kiểu «choice» không có «options_from». Bỏ một trong hai.")
    if column.type == "choice" and not named and column.options_from is None:
        _fail(place, "thiếu khóa «options» hoặc «options_from».")
    values = [option.value for option in column.options]
    twice = {value for value in values if values.count(value) > 1}
    if twice:
        _fail(place, f"mục chọn «{min(twice)}» có hai lần. Bỏ bớt một lần.")


def _facts(place: str, question: Question) -> None:
    for fact in sorted(question.facts):
        if fact not in FACT_ORDER:
            _fail(place, f"dữ kiện «{fact}» không có trong danh mục. Sửa tên dữ kiện.")


def _choices_from(place: str, forms: FormSet, question: Question) -> None:
    for column in question.columns:
        source = column.options_from
        if source is None:
            continue
        known = forms.has_question(source.question) and source.column in {
            other.id for other in forms.question(source.question).columns
        }
        if not known:
            _fail(
                place,
                f"cột «{column.id}» lấy mục chọn từ {source.question}.{source.column}, chưa có cột này.",
            )


def _names(place: str, forms: FormSet, condition: Condition) -> None:
    for name in sorted(reads(condition)):
        if row_of(name) is not None:
            _fail(place, f"điều kiện đọc «{name}», một yêu cầu của phương án. Đọc một câu của biểu mẫu.")
        if not (name in DERIVED or forms.has_question(name) or name in FACT_ORDER):
            _fail(place, f"điều kiện đọc «{name}», không phải câu hỏi, dữ kiện hay derived.*. Sửa tên.")
    for name, value in _compared(condition):
        if not forms.has_question(name):
            continue
        options = {option.value for option in forms.question(name).options}
        if options and isinstance(value, str) and value not in options | {"none"}:
            _fail(place, f"điều kiện so «{name}» với «{value}», câu này không có mục đó. Sửa giá trị.")


def _compared(condition: Condition) -> Iterator[tuple[str, Any]]:
    """Every (name, value) that a condition compares, however deep."""
    parts = children(condition)
    for part in parts:
        yield from _compared(part)
    if parts:
        return
    operand = operand_of(condition)
    if isinstance(operand, ValueOperand):
        yield operand.of, operand.value
    elif isinstance(operand, ValuesOperand):
        yield from ((operand.of, value) for value in operand.values)


def _cited(place: str, ref: str, citation_exists: Callable[[str], bool] | None) -> None:
    if citation_exists is not None and not citation_exists(ref):
        _fail(place, f"căn cứ «{ref}» không có trong danh mục điều khoản. Sửa mã hoặc thêm điều khoản.")


def depends_on(forms: FormSet, question: Question) -> frozenset[str]:
    """Return the questions whose answers decide whether this one is visible (itself left out)."""
    names: set[str] = set()
    for condition in (forms.group_of(question.id).visible_when, question.visible_when):
        if condition is not None:
            names |= reads(condition)
    found: set[str] = set()
    for name in names:
        found.update({name} if forms.has_question(name) else forms.providers.get(name, ()))
    return frozenset(found - {question.id})


def _no_circle(forms: FormSet, files: Mapping[str, str]) -> None:
    done: set[str] = set()

    def visit(question_id: str, path: tuple[str, ...]) -> None:
        if question_id in path:
            circle = " → ".join((*path[path.index(question_id) :], question_id))
            _fail(
                files[forms.section_of(question_id).id], f"điều kiện thành vòng: {circle}. Bỏ một điều kiện."
            )
        if question_id in done:
            return
        for other in sorted(depends_on(forms, forms.question(question_id))):
            visit(other, (*path, question_id))
        done.add(question_id)

    for question in forms.questions:
        visit(question.id, ())
