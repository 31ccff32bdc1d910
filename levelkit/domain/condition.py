"""Domain: the closed grammar of conditions, used by rulesets and by forms.

A condition is a mapping of one key. ``of`` names what is read: a fact id, and in forms also a question or
a derived value. Evaluation knows three values: an unknown operand is never "no".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Union

from pydantic import Discriminator, Field, Tag, TypeAdapter, ValidationError, model_validator

from levelkit.domain.base import Model

Lookup = Callable[[str], Any]
Scalar = bool | int | float | str | date
NO_PARAMETERS: Mapping[str, Any] = {}


class ConditionError(ValueError):
    """A condition is not of the grammar; the message is Vietnamese and names the place."""


class Operand(Model):
    """What a test reads."""

    of: str = Field(min_length=1)


class ValueOperand(Operand):
    """One value to compare with."""

    value: Scalar


class ValuesOperand(Operand):
    """Several values to compare with."""

    values: tuple[Scalar, ...] = Field(min_length=1)


class BoundOperand(Operand):
    """A bound: a value, or the name of a parameter that holds it."""

    value: int | date | None = None
    parameter: str | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> BoundOperand:
        if (self.value is None) == (self.parameter is None):
            raise ValueError("cần đúng một trong hai khóa «value», «parameter»")
        return self

    def bound(self, parameters: Mapping[str, Any]) -> Any:
        """Return the bound; a parameter that is missing is a ``KeyError``."""
        return self.value if self.parameter is None else parameters[self.parameter]


class All(Model):
    """Every condition holds."""

    all: tuple[Condition, ...] = Field(min_length=1)


class AnyOf(Model):
    """At least one condition holds."""

    any: tuple[Condition, ...] = Field(min_length=1)


class Not(Model):
    """The condition does not hold."""

    not_: Condition = Field(alias="not")


class Is(Model):
    """The value is the one named."""

    is_: ValueOperand = Field(alias="is")


class In(Model):
    """The value is among those named."""

    in_: ValuesOperand = Field(alias="in")


class Contains(Model):
    """The list holds the value."""

    contains: ValueOperand


class ContainsAny(Model):
    """The list holds one of the values."""

    contains_any: ValuesOperand


class Only(Model):
    """The list is not empty and every item is among the values."""

    only: ValuesOperand


class Empty(Model):
    """The list is known and empty."""

    empty: Operand


class AtLeast(Model):
    """The number or date is at or above the bound."""

    at_least: BoundOperand


class Below(Model):
    """The number or date is below the bound."""

    below: BoundOperand


class Known(Model):
    """The value is known: the one test that is never open."""

    known: Operand


def _tag(raw: Any) -> str | None:
    if isinstance(raw, Mapping):
        return str(next(iter(raw))) if len(raw) == 1 else None
    return _TAGS.get(type(raw))


_TAGS: dict[type, str] = {
    All: "all",
    AnyOf: "any",
    Not: "not",
    Is: "is",
    In: "in",
    Contains: "contains",
    ContainsAny: "contains_any",
    Only: "only",
    Empty: "empty",
    AtLeast: "at_least",
    Below: "below",
    Known: "known",
}

Condition = Annotated[
    Union[  # noqa: UP007 – one line for each test
        Annotated[All, Tag("all")],
        Annotated[AnyOf, Tag("any")],
        Annotated[Not, Tag("not")],
        Annotated[Is, Tag("is")],
        Annotated[In, Tag("in")],
        Annotated[Contains, Tag("contains")],
        Annotated[ContainsAny, Tag("contains_any")],
        Annotated[Only, Tag("only")],
        Annotated[Empty, Tag("empty")],
        Annotated[AtLeast, Tag("at_least")],
        Annotated[Below, Tag("below")],
        Annotated[Known, Tag("known")],
    ],
    Discriminator(_tag),
]

for _model in (All, AnyOf, Not):
    _model.model_rebuild()

_ADAPTER: TypeAdapter[Condition] = TypeAdapter(Condition)


def parse_condition(raw: Any) -> Condition:
    """Read a condition from plain data.

    Raises:
        ConditionError: the data is not of the grammar; says what is allowed.
    """
    try:
        return _ADAPTER.validate_python(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = " → ".join(str(part) for part in first["loc"]) or "gốc"
        raise ConditionError(
            f"điều kiện sai tại {place}: {first['msg']}; "
            f"mỗi điều kiện là một khóa trong: {', '.join(_TAGS.values())}"
        ) from None


def holds(condition: Condition, lookup: Lookup, parameters: Mapping[str, Any] = NO_PARAMETERS) -> bool | None:
    """Evaluate in Kleene's three values: True, False, or None where an unknown value decides.

    ``lookup`` returns the value of an operand, or None where it is unknown. A bound compared with a value
    of another type is a ``TypeError``: the data was not checked before.
    """
    kind = type(condition)
    if kind is All or kind is AnyOf:
        decisive = kind is AnyOf
        result: bool | None = not decisive
        for part in children(condition):
            outcome = holds(part, lookup, parameters)
            if outcome is decisive:
                return decisive
            if outcome is None:
                result = None
        return result
    if isinstance(condition, Not):
        outcome = holds(condition.not_, lookup, parameters)
        return None if outcome is None else not outcome
    operand = operand_of(condition)
    value = lookup(operand.of)
    if kind is Known:
        return value is not None
    return None if value is None else _TESTS[kind](value, operand, parameters)


def _same(value: Any, wanted: Any) -> bool:
    # True == 1 in Python; a boolean is never a number here.
    return bool(value == wanted) and isinstance(value, bool) == isinstance(wanted, bool)


def _among(value: Any, wanted: tuple[Scalar, ...]) -> bool:
    return any(_same(value, one) for one in wanted)


# By type, not by a chain of cases: every keystroke evaluates some hundred tests.
_TESTS: dict[type, Callable[[Any, Any, Mapping[str, Any]], bool]] = {
    Is: lambda value, test, _: _same(value, test.value),
    In: lambda value, test, _: _among(value, test.values),
    Contains: lambda value, test, _: any(_same(item, test.value) for item in value),
    ContainsAny: lambda value, test, _: any(_among(item, test.values) for item in value),
    Only: lambda value, test, _: bool(value) and all(_among(item, test.values) for item in value),
    Empty: lambda value, _, __: len(value) == 0,
    AtLeast: lambda value, test, parameters: bool(value >= test.bound(parameters)),
    Below: lambda value, test, parameters: bool(value < test.bound(parameters)),
}
_OPERAND_FIELDS: dict[type, str] = {
    Is: "is_",
    In: "in_",
    Contains: "contains",
    ContainsAny: "contains_any",
    Only: "only",
    Empty: "empty",
    AtLeast: "at_least",
    Below: "below",
    Known: "known",
}


def operand_of(condition: Condition) -> Operand:
    """Return the operand of a test; a combination is a ``TypeError``."""
    field = _OPERAND_FIELDS.get(type(condition))
    if field is None:
        raise TypeError(f"not a test: {condition!r}")
    operand: Operand = getattr(condition, field)
    return operand


def children(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions that a combination is made of; none for a test."""
    match condition:
        case All(all=parts) | AnyOf(any=parts):
            return parts
        case Not(not_=part):
            return (part,)
        case _:
            return ()


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions that must all hold: the parts of ``all``, else the condition itself."""
    return condition.all if isinstance(condition, All) else (condition,)


def reads(condition: Condition) -> frozenset[str]:
    """Return the names of everything that the condition reads."""
    parts = children(condition)
    if parts:
        return frozenset().union(*(reads(part) for part in parts))
    return frozenset({operand_of(condition).of})


def parameters_of(condition: Condition) -> frozenset[str]:
    """Return the names of the parameters that the condition compares with."""
    parts = children(condition)
    if parts:
        return frozenset().union(*(parameters_of(part) for part in parts))
    operand = operand_of(condition)
    if isinstance(operand, BoundOperand) and operand.parameter is not None:
        return frozenset({operand.parameter})
    return frozenset()


def support(
    condition: Condition, lookup: Lookup, parameters: Mapping[str, Any] = NO_PARAMETERS
) -> tuple[str, ...]:
    """Return the names that made the condition come out as it did, each once, in reading order.

    For True and False: the values that decided. For None: the values that are missing.
    """
    found: dict[str, None] = {}
    _support(condition, lookup, parameters, found)
    return tuple(found)


def _support(
    condition: Condition, lookup: Lookup, parameters: Mapping[str, Any], found: dict[str, None]
) -> None:
    parts = children(condition)
    if not parts:
        found[operand_of(condition).of] = None
        return
    if isinstance(condition, Not):
        _support(parts[0], lookup, parameters, found)
        return
    outcome = holds(condition, lookup, parameters)
    for part in parts:
        if holds(part, lookup, parameters) is outcome:
            _support(part, lookup, parameters, found)
