"""Services: one answer written in two places from one state: both are kept until a person chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from levelkit.domain.plan import STATUS_VI, row_of
from levelkit.domain.text import format_date, format_number
from levelkit.errors import WorkspaceConflict
from levelkit.questionnaire import AnswerError, normalise

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from levelkit.questionnaire import FormSet
    from levelkit.store import Mark

Keep = Literal["mine", "theirs"]


@dataclass(frozen=True)
class Conflict:
    """``mine`` stands here and is not stored, ``theirs`` is stored; None stands for no answer.

    ``who`` wrote theirs, ``at`` (UTC).
    """

    question_id: str
    mine: Any
    theirs: Any
    who: str
    at: datetime


@dataclass(frozen=True)
class Incoming:
    """What others wrote since: answers to take over, and what clashes: question → (theirs, who and when)."""

    taken: dict[str, Any]
    clashes: dict[str, tuple[Any, Mark]]


def sort_incoming(
    forms: FormSet,
    changed: Mapping[str, Mark],
    now: Mapping[str, Any],
    *,
    saved: Mapping[str, Any],
    here: Mapping[str, Any],
) -> Incoming:
    """Part what others changed into what was not touched here and what was.

    Args:
        forms: the questions.
        changed: the questions written since, and by whom.
        now: what is stored now.
        saved: what was stored when it was read or written here last.
        here: what stands here.
    """
    found = Incoming({}, {})
    for question_id, mark in changed.items():
        theirs = _taken(forms, question_id, now.get(question_id))
        mine = here.get(question_id)
        if theirs in (mine, saved.get(question_id)):
            if theirs == mine:
                found.taken[question_id] = theirs
            continue
        if mine == saved.get(question_id):
            found.taken[question_id] = theirs
        else:
            found.clashes[question_id] = (theirs, mark)
    return found


def words(forms: FormSet, question_id: str, value: Any) -> str:
    """Return an answer as a person reads it, one thing to a line."""
    if value is None:
        return "(chưa trả lời)"
    question = forms.question(question_id)
    labels = {option.value: option.label for option in question.options}
    if question.type == "table":
        return "\n".join(
            "; ".join(
                f"{column.label}: {column.shown(row[column.id])}"
                for column in question.columns
                if row.get(column.id) is not None
            )
            for row in value
        )
    if row_of(question_id) is not None:
        return _row_words(value)
    if isinstance(value, dict):
        return str(value.get("name", ""))
    if isinstance(value, list):
        return "\n".join(labels.get(one, str(one)) for one in value)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if question.type == "date":
        return format_date(date.fromisoformat(value))
    if isinstance(value, int):
        return format_number(value)
    return labels.get(value, str(value))


def _row_words(value: Mapping[str, Any]) -> str:
    named = [
        STATUS_VI.get(value["status"], "") if "status" in value else "",
        *(str(value[key]) for key in ("how", "reason", "todo", "due", "unit") if value.get(key)),
        ", ".join(str(one) for key in ("measures", "evidence") for one in value.get(key) or ()),
    ]
    return "\n".join(one for one in named if one)


def refusal(names: list[str], conflict: Conflict) -> WorkspaceConflict:
    """Say what was changed elsewhere, by whom and when, and what to choose between."""
    when = conflict.at.astimezone().strftime("%H:%M ngày %d/%m/%Y")
    more = f" và {len(names) - 1} câu khác" if len(names) > 1 else ""
    return WorkspaceConflict(
        f"«{names[0]}»{more}: {conflict.who} vừa sửa ở nơi khác lúc {when}, "
        "nên nội dung gõ ở đây chưa được lưu. Hãy chọn giữ của mình hoặc lấy của họ.",
        (conflict,),
    )


def _taken(forms: FormSet, question_id: str, raw: Any) -> Any:
    try:
        return normalise(forms.question(question_id), raw)
    except (KeyError, AnswerError):
        return raw
