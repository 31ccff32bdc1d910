"""Load ``forms/*.yaml`` into a ``FormSet``: strict, cross-checked; errors name file, key, remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from levelkit.domain.condition import Condition, ConditionError, parse_condition
from levelkit.errors import FormError
from levelkit.questionnaire.crosscheck import crosscheck
from levelkit.questionnaire.schema import Banner, Check, FormSet, Group, NoticePlace, Question, Section
from levelkit.questionnaire.source import expand, explain, read_yaml
from levelkit.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_T = TypeVar("_T", Section, Group, Question, Banner, Check, NoticePlace)
BANNERS = "banners.yaml"
CHECKS = "checks.yaml"
_CONDITIONS = ("visible_when", "when")


def load_forms(
    citation_exists: Callable[[str], bool] | None = None, *, folder: Path | None = None
) -> FormSet:
    """Return every section and banner of a folder (the shipped forms when none is given).

    ``citation_exists`` tells whether a citation ref resolves; without it citations are not looked up.
    Raises FormError for unknown or duplicate keys, unknown types, facts, questions in conditions, dangling
    citations, conditions in a circle and defaults that are no answer.
    """
    source = folder or data_dir("forms")
    sections: list[Section] = []
    banners: tuple[Banner, ...] = ()
    checks: tuple[Check, ...] = ()
    notices: tuple[NoticePlace, ...] = ()
    files: dict[str, str] = {}
    for path in sorted(source.glob("*.yaml")):
        data = expand(path.name, read_yaml(path))
        if path.name == BANNERS:
            banners = _banners(path.name, data)
            continue
        if path.name == CHECKS:
            checks, notices = _checks(path.name, data)
            continue
        section = _section(path.name, data)
        files[section.id] = path.name
        sections.append(section)
    if not sections:
        raise FormError(f"{source.name}: không có biểu mẫu nào. Cài lại chương trình.")
    forms = FormSet(
        sections=tuple(sorted(sections, key=lambda section: section.number)),
        banners=banners,
        checks=checks,
        notices=notices,
    )
    crosscheck(forms, files, citation_exists)
    return forms


def _section(file: str, data: Mapping[str, Any]) -> Section:
    groups = [_group(file, raw) for raw in _entries(file, data, "groups")]
    return _build(file, "", Section, {**data, "groups": groups})


def _group(file: str, raw: Mapping[str, Any]) -> Group:
    place = f"nhóm «{raw.get('id', '?')}»"
    questions = [_question(file, question) for question in _entries(file, raw, "questions")]
    return _build(file, place, Group, {**_with_conditions(file, place, raw), "questions": questions})


def _question(file: str, raw: Mapping[str, Any]) -> Question:
    place = f"câu «{raw.get('id', '?')}»"
    data = _with_conditions(file, place, raw)
    if isinstance(data.get("requirement"), dict):
        data["requirement"] = _with_conditions(file, place, data["requirement"])
    if isinstance(data.get("options"), list):
        data["options"] = [
            _with_conditions(file, place, option) if isinstance(option, dict) else option
            for option in data["options"]
        ]
    label = str(data.get("label", ""))
    if "name" not in data and not label.endswith("?"):
        data["name"] = label
    return _build(file, place, Question, data)


def _banners(file: str, data: Mapping[str, Any]) -> tuple[Banner, ...]:
    if set(data) != {"banners"}:
        raise FormError(f"{file}: chỉ được có khóa «banners». Bỏ các khóa khác.")
    return tuple(
        _build(file, place, Banner, _with_conditions(file, place, raw))
        for raw in _entries(file, data, "banners")
        for place in (f"dải «{raw.get('id', '?')}»",)
    )


def _checks(file: str, data: Mapping[str, Any]) -> tuple[tuple[Check, ...], tuple[NoticePlace, ...]]:
    unknown = sorted(set(data) - {"checks", "notices"})
    if unknown:
        raise FormError(f"{file}: khóa «{unknown[0]}» không có trong lược đồ. Bỏ khóa này.")
    checks = []
    for raw in _entries(file, data, "checks"):
        place = f"kiểm tra «{raw.get('id', '?')}»"
        checks.append(_build(file, place, Check, _with_conditions(file, place, raw)))
    notices = [
        _build(file, f"lưu ý «{raw.get('code', '?')}»", NoticePlace, raw)
        for raw in _entries(file, data, "notices")
    ]
    return tuple(checks), tuple(notices)


def _entries(file: str, data: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    entries = data.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise FormError(f"{file}: khóa «{key}» phải là danh sách các ánh xạ. Thêm dấu gạch đầu dòng.")
    yield from entries


def _with_conditions(file: str, place: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    data = dict(raw)
    for key in _CONDITIONS:
        if key in data:
            data[key] = _condition(file, f"{place}, khóa «{key}»", data[key])
    return data


def _condition(file: str, place: str, raw: Any) -> Condition:
    try:
        return parse_condition(raw)
    except ConditionError as error:
        raise FormError(f"{file}, {place}: {error}") from error


def _build(file: str, place: str, model: type[_T], data: Mapping[str, Any]) -> _T:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        where = f"{file}, {place}" if place else file
        raise FormError(f"{where}: {explain(error)}") from error
