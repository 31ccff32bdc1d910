"""Services: answers of one system as another takes them over: marked, and without what cannot hold there."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from levelkit.domain.plan import BASELINE_ID, RequirementAnswer, row_of
from levelkit.questionnaire import AnswerError, normalise
from levelkit.services import plan_values

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from levelkit.domain.plan import PlanRow
    from levelkit.questionnaire import FormSet


def readable(stored: Mapping[str, Any], forms: FormSet) -> dict[str, RequirementAnswer]:
    """Return stored answers by row; what another program stored and this one cannot read is left out."""
    found: dict[str, RequirementAnswer] = {}
    for key, raw in stored.items():
        row_id = row_of(key)
        with suppress(AnswerError):
            value = None if row_id is None else normalise(forms.question(key), raw)
            if row_id is not None and value is not None:
                found[row_id] = RequirementAnswer.model_validate(value)
    return found


def copy_of(
    source: RequirementAnswer, row: PlanRow, *, code: str, level: int | None, today: date
) -> RequirementAnswer:
    """Return an answer as it is taken over for a row; ``code`` and ``level`` are those of its system.

    A day by which something was to be done and that is past is left out, so are values that the row does not
    ask for.
    """
    gone = source.due is not None and source.due < today
    return source.model_copy(
        update={
            "taken_from": code,
            "level": source.level or (level if BASELINE_ID.fullmatch(row.id) else None),
            "due": None if gone else source.due,
            "values": plan_values.known(row, source.values),
            "value_reasons": plan_values.known(row, source.value_reasons),
        }
    )
