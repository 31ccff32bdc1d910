"""Law: what changes between two rulesets, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from levelkit.domain.text import format_date, format_number
from levelkit.law.requirements import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from levelkit.law.ruleset import RuleSet


def compare_packages(old: RuleSet, new: RuleSet) -> list[str]:
    """Return what the new ruleset changes, one sentence each; nothing when they are the same."""
    if old.sha256 == new.sha256:
        return []
    sentences = list(_head(old, new))
    sentences += _parameters(old, new)
    sentences += _criteria(old, new)
    sentences += _texts(old, new)
    sentences += _rows("Cảnh báo", _by(old.warnings, "code"), _by(new.warnings, "code"))
    sentences += _rows("Điểm còn để ngỏ", _by(old.grey, "code"), _by(new.grey, "code"))
    sentences += _rows("Thời hạn chuyển tiếp", _by(old.transition, "id"), _by(new.transition, "id"))
    if old.harm != new.harm:
        sentences.append("Bảng mức độ tổn hại thay đổi.")
    if old.national_security != new.national_security:
        sentences.append("Quy định về hệ thống quan trọng về an ninh quốc gia thay đổi.")
    for name, before, after in (
        ("Thẩm quyền thẩm định, phê duyệt", old.authorities, new.authorities),
        ("Thời hạn theo bước", old.time_limits, new.time_limits),
        ("Tài liệu theo cấp độ", old.documents, new.documents),
    ):
        if before != after:
            sentences.append(f"{name} thay đổi.")
    sentences += _requirements(old, new)
    return sentences or ["Chỉ chú thích và cách trình bày của tệp thay đổi."]


def _requirements(old: RuleSet, new: RuleSet) -> Iterator[str]:
    if old.baseline is None or new.baseline is None:
        if old.baseline is not new.baseline:
            yield "Yêu cầu cơ bản theo cấp độ: " + ("bỏ." if new.baseline is None else "mới.")
        return
    for level in LEVELS:
        before = {row.id: row for row in old.baseline.level(level).requirements}
        after = {row.id: row for row in new.baseline.level(level).requirements}
        changes = (
            ("mới", [name for name in after if name not in before]),
            ("bỏ", [name for name in before if name not in after]),
            ("sửa", [name for name in after if name in before and after[name] != before[name]]),
        )
        said = "; ".join(f"{word} {', '.join(names)}" for word, names in changes if names)
        if said:
            yield f"Yêu cầu cơ bản cấp độ {level}: {said}."


def _head(old: RuleSet, new: RuleSet) -> Iterator[str]:
    if old.id != new.id:
        yield f"Bộ quy định: {old.title_vi} → {new.title_vi}."
    elif old.version != new.version:
        yield f"Phiên bản: {old.version} → {new.version}."
    before, after = old.head.instrument.last_verified_on, new.head.instrument.last_verified_on
    if before != after:
        yield f"Ngày đối chiếu với văn bản: {_day(before)} → {_day(after)}."
    if old.head.combine != new.head.combine:
        yield "Cách kết hợp tiêu chí, rủi ro và tổn hại thay đổi."
    if old.head.applies != new.head.applies or old.head.priority != new.head.priority:
        yield "Điều kiện chọn bộ quy định theo ngày thay đổi."


def _day(day: date | None) -> str:
    return format_date(day) if day else "chưa đối chiếu"


def _parameters(old: RuleSet, new: RuleSet) -> Iterator[str]:
    for name in sorted({*old.parameters, *new.parameters}):
        before, after = old.parameters.get(name), new.parameters.get(name)
        if before == after:
            continue
        if before is None and after is not None:
            yield f"Tham số mới: {after.meaning_vi}, {_value(after)}."
        elif after is None and before is not None:
            yield f"Bỏ tham số: {before.meaning_vi}."
        elif before is not None and after is not None:
            yield f"{after.meaning_vi}: {_value(before)} → {_value(after)}."


def _value(parameter: Any) -> str:
    newest = parameter.values[max(parameter.values)]
    if newest.value is None:
        return "bãi bỏ"
    return f"{format_number(newest.value)} {parameter.unit} từ {format_date(max(parameter.values))}"


def _criteria(old: RuleSet, new: RuleSet) -> Iterator[str]:
    before = {item.criterion.id: item for item in old.criteria}
    after = {item.criterion.id: item for item in new.criteria}
    for clause, item in after.items():
        if clause not in before:
            yield f"Tiêu chí mới {_short(clause)}, cấp {item.level}: {item.criterion.summary_vi}"
        elif before[clause].level != item.level:
            yield f"Tiêu chí {_short(clause)}: cấp {before[clause].level} → cấp {item.level}."
        elif (before[clause].criterion.when, before[clause].criterion.limbs) != (
            item.criterion.when,
            item.criterion.limbs,
        ):
            yield f"Tiêu chí {_short(clause)}: điều kiện thay đổi. {item.criterion.summary_vi}"
        elif before[clause].criterion != item.criterion:
            yield f"Tiêu chí {_short(clause)}: cách diễn giải thay đổi."
    for clause in before:
        if clause not in after:
            yield f"Bỏ tiêu chí {_short(clause)}."


def _texts(old: RuleSet, new: RuleSet) -> Iterator[str]:
    before, after = old.texts, new.texts
    for kind, clauses in (
        ("Nguyên văn thêm", [clause for clause in after if clause not in before]),
        ("Nguyên văn bỏ", [clause for clause in before if clause not in after]),
        (
            "Nguyên văn sửa",
            [clause for clause in after if clause in before and before[clause] != after[clause]],
        ),
    ):
        if clauses:
            yield f"{kind}: {', '.join(_short(clause) for clause in clauses)}."


def _by(rows: Any, key: str) -> dict[str, Any]:
    return {getattr(row, key): row for row in rows}


def _rows(name: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for key in sorted({*before, *after}):
        if key not in before:
            yield f"{name} mới: {key}."
        elif key not in after:
            yield f"{name} bỏ: {key}."
        elif before[key] != after[key]:
            yield f"{name} sửa: {key}."


def _short(clause: str) -> str:
    return f"Đ{clause.replace('dd', 'đ')}"
