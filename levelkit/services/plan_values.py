"""Services: values that a row of the plan compares, fitted to what the row asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from levelkit.errors import UserError
from levelkit.questionnaire import parse_integer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from levelkit.domain.plan import PlanRow
    from levelkit.domain.requirement import SuggestedValue, Value

T = TypeVar("T")


def known(row: PlanRow, given: Mapping[str, T]) -> dict[str, T]:
    """Return those that the row has a parameter for."""
    names = {value.name for value in row.values}
    return {name: one for name, one in given.items() if name in names}


def fitting(row: PlanRow, field: str, given: Mapping[str, Any], *, alone: bool) -> dict[str, Any]:
    """Return values or reasons as the row keeps them; of several rows each takes what it has.

    Raises:
        UserError: a row that stands alone has no such parameter, or a value is of another kind.
    """
    asked = {value.name: value for value in row.values}
    fitted: dict[str, Any] = {}
    for name, one in given.items():
        if name in asked:
            fitted[name] = _fit(row, asked[name], one) if field == "values" else one
        elif alone:
            raise UserError(
                f"«{row.place_vi} {row.name_vi}»: yêu cầu này không có giá trị «{name}». Hãy bỏ giá trị này."
            )
    return fitted


def _fit(row: PlanRow, value: SuggestedValue, given: Value) -> Value:
    kind = type(value.value)
    if kind is int and isinstance(given, str):
        number = parse_integer(given)
        given = given if number is None else number
    if isinstance(given, tuple):
        wrong = [part for part in given if part not in value.parts_vi]
        if wrong:
            raise _refused(row, value, wrong[0], f"hãy chọn {', '.join(value.parts_vi.values())}")
    if type(given) is not kind:
        raise _refused(row, value, given, _REMEDY[kind])
    return given


_REMEDY: Mapping[type, str] = {
    bool: "hãy chọn «Có» hoặc «Không»",
    int: "hãy gõ một số nguyên",
    str: "hãy gõ bằng chữ",
    tuple: "hãy chọn trong danh sách",
}


def _refused(row: PlanRow, value: SuggestedValue, given: Any, remedy: str) -> UserError:
    return UserError(
        f"«{row.place_vi} {row.name_vi}», {value.label_vi}: chưa đúng dạng. Đang ghi «{given}», {remedy}."
    )
