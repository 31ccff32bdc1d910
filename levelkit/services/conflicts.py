"""Services: one answer written in two places from one state: both are kept until a person chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

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
