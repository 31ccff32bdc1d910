"""Domain: a set of facts, checked value by value; what is missing is unknown, never "no"."""

from __future__ import annotations

import difflib
import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from levelkit.domain.fact_catalogue import (
    FACT_CATALOGUE,
    FACT_ORDER,
    HARM_PARTS,
    FactOption,
    FactSpec,
    FactType,
)
from levelkit.errors import FactsError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FACT_CATALOGUE", "FACT_ORDER", "HARM_PARTS", "FactOption", "FactSet", "FactSpec", "FactType"]

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class FactSet:
    """Facts by id: immutable, hashable, the order of keys never matters.

    Dates are ``datetime.date``, lists are tuples in the order given, ``harm`` is split into ``harm.rights`` …
    """

    __slots__ = ("_hash", "_values")

    def __init__(self, values: Mapping[str, Any] | None = None) -> None:
        # ``values`` are normalised already; from_mapping() is the way in for data from outside.
        self._values: dict[str, Any] = dict(values or {})
        self._hash: int | None = None

    @classmethod
    def from_mapping(cls, raw: Mapping[Any, Any]) -> FactSet:
        """Check plain data and keep it; None and a missing key are unknown.

        Raises:
            FactsError: an unknown key, a wrong type or a value that is not allowed; names key, value, rule.
        """
        return cls(_normalised(raw))

    def get(self, fact: str) -> Any:
        """Return a value, None where it is unknown. ``harm`` gives a mapping of the known parts.

        Raises:
            KeyError: the catalogue has no such fact.
        """
        if fact == "harm":
            parts = {
                part.value: self._values[f"harm.{part.value}"]
                for part in HARM_PARTS
                if f"harm.{part.value}" in self._values
            }
            return parts or None
        if fact not in FACT_ORDER:
            raise KeyError(fact)
        return self._values.get(fact)

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for JSON or YAML: dates ISO, ``harm`` nested, unknown facts left out."""
        plain: dict[str, Any] = {}
        for fact in sorted(self._values, key=FACT_ORDER.__getitem__):
            value = plain_value(self._values[fact])
            parent, _, part = fact.partition(".")
            if part:
                plain.setdefault(parent, {})[part] = value
            else:
                plain[fact] = value
        return plain

    def replace(self, changes: Mapping[str, Any]) -> FactSet:
        """Return facts with some changed; None makes a fact unknown; dotted ids and ``harm`` are taken.

        Raises:
            FactsError: as :meth:`from_mapping`.
        """
        values = dict(self._values)
        for key, value in changes.items():
            parent, _, part = str(key).partition(".")
            if key in FACT_ORDER and part:
                values.pop(key, None)
                if value is not None:
                    values.update(_harm(FACT_CATALOGUE[parent], {part: value}))
                continue
            for known in [name for name in values if name == key or name.startswith(f"{key}.")]:
                del values[known]
            values.update(_normalised({key: value}))
        return FactSet(values)

    def only(self, facts: frozenset[str]) -> FactSet:
        """Return these facts alone, the rest unknown."""
        return FactSet({key: value for key, value in self._values.items() if key in facts})

    @property
    def known(self) -> tuple[str, ...]:
        """The facts that are known, in the order of the catalogue, parts of ``harm`` dotted."""
        return tuple(sorted(self._values, key=FACT_ORDER.__getitem__))

    def __contains__(self, fact: object) -> bool:
        return fact in self._values or (fact == "harm" and self.get("harm") is not None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FactSet) and self._values == other._values

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self._values.items()))
        return self._hash

    def __repr__(self) -> str:
        return f"FactSet({self.as_dict()!r})"


def plain_value(value: Any) -> Any:
    """Return a fact's value as JSON has it: dates ISO, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value


def _normalised(raw: Mapping[Any, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in raw.items():
        spec = FACT_CATALOGUE.get(key) if isinstance(key, str) else None
        if spec is None:
            raise FactsError(_unknown_key(key, value))
        if value is None:
            continue
        if spec.type == "harm":
            values.update(_harm(spec, value))
        else:
            values[spec.id] = _CHECKS[spec.type](spec, spec.id, value)
    return values


def _unknown_key(key: Any, value: Any) -> str:
    close = difflib.get_close_matches(str(key), FACT_CATALOGUE, n=1)
    hint = f" Có phải ý bạn là «{close[0]}»?" if close else ""
    return (
        f"Khóa {_show(key)} (giá trị {_show(value)}) không có trong danh mục dữ kiện.{hint} "
        f"Các khóa được nhận: {', '.join(FACT_CATALOGUE)}."
    )


def _show(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):  # as it was written, where the reader kept that: 100.000, not 100.0
        return str(getattr(value, "written", value))
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except (TypeError, ValueError, RecursionError):
        text = type(value).__name__
    return text if len(text) <= 80 else f"{text[:77]}…"


def _refuse(key: str, value: Any, allowed: str) -> FactsError:
    return FactsError(f"Khóa «{key}»: giá trị {_show(value)} không được nhận; {allowed}.")


def _text(_spec: FactSpec, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _refuse(key, value, "cần một đoạn chữ (đặt trong dấu ngoặc kép nếu là số)")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise FactsError(f"Khóa «{key}»: đoạn chữ chứa mã Unicode lẻ đôi; gõ lại đoạn chữ này.")
    return value


def _date(_spec: FactSpec, key: str, value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise _refuse(key, value, "ngày này không có trong lịch") from None
    raise _refuse(key, value, "cần một ngày dạng NĂM-THÁNG-NGÀY, như 2026-11-23")


def _boolean(_spec: FactSpec, key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _refuse(key, value, "chỉ nhận true hoặc false")
    return value


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _count(_spec: FactSpec, key: str, value: Any) -> int:
    if not _whole(value) or value < 0:
        raise _refuse(key, value, "cần một số nguyên từ 0 trở lên, viết bằng chữ số liền nhau")
    return int(value)


def _level(spec: FactSpec, key: str, value: Any) -> int:
    if not _whole(value) or value not in spec.allowed:
        raise _refuse(key, value, f"chỉ nhận một trong các số {', '.join(map(str, spec.allowed))}")
    return int(value)


def _choice(spec: FactSpec, key: str, value: Any) -> str:
    if not isinstance(value, str) or value not in spec.values:
        raise _refuse(key, value, f"chỉ nhận một trong: {', '.join(spec.values)}")
    return value


def _list(key: str, value: Any, items: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise _refuse(key, value, f"cần một danh sách {items}")
    return list(value)


def _choices(spec: FactSpec, key: str, value: Any) -> tuple[str, ...]:
    items = _list(key, value, f"gồm: {', '.join(spec.values)}")
    if not items:
        raise FactsError(
            f"Khóa «{key}»: danh sách trống [] không được nhận; ghi ít nhất một giá trị trong: "
            f"{', '.join(spec.values)}, hoặc bỏ khóa này nếu chưa biết."
        )
    return tuple(_choice(spec, key, item) for item in items)


def _lines(spec: FactSpec, key: str, value: Any) -> tuple[int, ...]:
    first, last = spec.allowed[0], spec.allowed[-1]
    items = _list(key, value, f"số thứ tự từ {first} đến {last}")
    for item in items:
        if not _whole(item) or not first <= item <= last:
            raise _refuse(key, item, f"mỗi mục là một số nguyên từ {first} đến {last}")
    return tuple(items)


def _refs(spec: FactSpec, key: str, value: Any) -> tuple[str, ...]:
    items = _list(key, value, f"gồm: {', '.join(spec.values)}")
    taken: list[str] = []
    for item in items:
        # 16.1 and 16.2 read as numbers in YAML and JSON.
        text = repr(item) if isinstance(item, float) else item
        if not isinstance(text, str) or text not in spec.values:
            raise _refuse(key, item, f"chỉ nhận: {', '.join(spec.values)}")
        taken.append(text)
    return tuple(taken)


def _harm(spec: FactSpec, value: Any) -> dict[str, str]:
    allowed = [part.value for part in spec.parts]
    if not hasattr(value, "items"):
        raise _refuse(spec.id, value, f"cần một bảng với các khóa {', '.join(allowed)}")
    taken: dict[str, str] = {}
    for part, level in value.items():
        if part not in allowed:
            raise FactsError(
                f"Khóa «{spec.id}»: {_show(part)} không được nhận; chỉ nhận {', '.join(allowed)}."
            )
        if level is not None:
            taken[f"{spec.id}.{part}"] = _choice(spec, f"{spec.id}.{part}", level)
    return taken


_CHECKS = {
    "text": _text,
    "date": _date,
    "boolean": _boolean,
    "count": _count,
    "level": _level,
    "choice": _choice,
    "choices": _choices,
    "lines": _lines,
    "refs": _refs,
}
