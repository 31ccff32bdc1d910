"""Domain: what one row of the security plan still lacks. Đ22.6, Đ36.10. Pure functions; no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from levelkit.domain.base import Model
from levelkit.domain.requirement import Comparison
from levelkit.domain.text import format_date, join_vi

if TYPE_CHECKING:
    from datetime import date

    from levelkit.domain.plan import Evidence, PlanRow, RequirementAnswer

GapKind = Literal[
    "open", "reason", "how", "todo", "value", "value_reason", "expired", "taken_over", "stricter", "evidence"
]

MISSING: frozenset[GapKind] = frozenset({"open", "reason", "how", "todo", "taken_over"})
"""With one of these a row does not count as filled."""


class Gap(Model):
    """One thing that a row lacks, in one Vietnamese sentence without a full stop."""

    kind: GapKind
    text_vi: str


def comparisons(row: PlanRow, answer: RequirementAnswer) -> dict[str, Comparison]:
    """Compare each value of a row with what the system has; a value of another kind counts as unanswered."""
    found = {}
    for value in row.values:
        try:
            found[value.name] = value.compare(answer.values.get(value.name))
        except TypeError:  # kept from a level that asked for it in another form
            found[value.name] = Comparison(outcome="unanswered")
    return found


def row_gaps(
    row: PlanRow,
    answer: RequirementAnswer,
    proofs: tuple[Evidence, ...] = (),
    *,
    day: date | None = None,
    stricter: bool = False,
) -> tuple[Gap, ...]:
    """Return what a row lacks, gravest first.

    Args:
        row: what is asked.
        answer: what is answered.
        proofs: the row's evidence and that of the measures it names.
        day: on which evidence must still prove; None: nobody said, so no expiry is judged.
        stricter: the answer was given for a level that asked for less.
    """
    if answer.status is None:
        gaps = [Gap(kind="open", text_vi="Chưa chọn tình trạng đáp ứng")]
        return (*gaps, *_taken_over(answer))
    gaps = [*_told(answer), *_taken_over(answer)]
    if answer.status != "not_applicable":
        gaps += _values(row, answer)
        gaps += _proofs(answer, proofs, day)
    if stricter:
        gaps.append(Gap(kind="stricter", text_vi="Yêu cầu chặt hơn cấp trước, cần xác nhận lại câu trả lời"))
    return tuple(gaps)


def _told(answer: RequirementAnswer) -> list[Gap]:
    if answer.status == "not_applicable":
        return [] if answer.reason else [Gap(kind="reason", text_vi="Không áp dụng nhưng chưa ghi lý do")]
    gaps = []
    if answer.status in {"met", "partly"} and not answer.how and not answer.measures:
        gaps.append(Gap(kind="how", text_vi="Chưa ghi cách thực hiện và chưa chọn biện pháp dùng chung nào"))
    if answer.status in {"partly", "not_met"}:
        missing = [
            name for name, given in (("việc sẽ làm", answer.todo), ("thời hạn", answer.due)) if not given
        ]
        if missing:
            gaps.append(Gap(kind="todo", text_vi=f"Chưa đáp ứng đủ nhưng chưa ghi {join_vi(missing)}"))
    return gaps


def _taken_over(answer: RequirementAnswer) -> list[Gap]:
    if answer.taken_from is None:
        return []
    return [Gap(kind="taken_over", text_vi=f"Lấy từ {answer.taken_from}, chưa xác nhận")]


def _values(row: PlanRow, answer: RequirementAnswer) -> list[Gap]:
    gaps = []
    found = comparisons(row, answer)
    for value in row.values:
        compared = found[value.name]
        if compared.fails and answer.status == "met":
            gaps.append(Gap(kind="value", text_vi=f"{value.label_vi}: chưa đạt mức bắt buộc {value.text_vi}"))
        if compared.asks_reason and not answer.value_reasons.get(value.name):
            gaps.append(
                Gap(
                    kind="value_reason",
                    text_vi=f"{value.label_vi}: khác mức gợi ý {value.text_vi}, chưa ghi lý do",
                )
            )
    return gaps


def _proofs(answer: RequirementAnswer, proofs: tuple[Evidence, ...], day: date | None) -> list[Gap]:
    if not proofs:
        said = "Đã đáp ứng nhưng chưa có minh chứng"
        return [Gap(kind="evidence", text_vi=said)] if answer.status == "met" else []
    return [
        Gap(kind="expired", text_vi=f"Minh chứng {one.id} hết hạn từ {format_date(one.expires)}")
        for one in proofs
        if day is not None and one.expires is not None and one.expired_on(day)
    ]
