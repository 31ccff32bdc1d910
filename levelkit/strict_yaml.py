"""Strict reading of YAML text: rulesets, forms, manifests, samples and facts files alike.

Core schema alone: ``true`` and ``false`` are the only booleans, dates are YYYY-MM-DD, no foreign tags,
no duplicate keys, one document. Aliases are taken, as long as they neither loop nor swell.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

MAX_DEPTH = 40
MAX_VALUES = 200_000

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOLEAN = {"true": True, "false": False}
_WHOLE = re.compile(r"[-+]?[0-9]{1,400}", re.ASCII)
_DECIMAL = re.compile(r"[-+]?[0-9]{1,400}\.[0-9]{1,400}", re.ASCII)
_EXPONENT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)[eE][-+]?[0-9]+", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CORE = "tag:yaml.org,2002:"
_MERGE = "<<"


class StrictYamlError(ValueError):
    """The text cannot be taken; the message is Vietnamese and names line, rule and remedy."""


class EmptyDocument:
    """The text holds no document at all: nothing, or comments alone."""


EMPTY = EmptyDocument()


class OddScalar:
    """A plain scalar that other YAML readers take for a number, and that is none here (1e5, 0x1F, .inf)."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


class WrittenDecimal(float):
    """A decimal number that keeps how it was written: a message shows 100.000 to the one who wrote it."""

    written: str

    def __new__(cls, text: str) -> WrittenDecimal:
        """Read the number and keep its text."""
        number = super().__new__(cls, text)
        number.written = text
        return number


_ODD = re.compile(
    r"[-+]?(0x[0-9a-fA-F]+|0o[0-7]+|\.(inf|Inf|INF)|[0-9]+\.|\.[0-9]+)|\.(nan|NaN|NAN)", re.ASCII
)


def read_yaml(text: str) -> Any:
    """Return plain data: dict, list, str, int, float, bool, ``date``, None; ``EMPTY`` without a document.

    Raises:
        StrictYamlError: broken YAML, several documents, duplicate keys, foreign tags, too deep, too large.
    """
    return _read(text, YAML(typ="safe", pure=True), _Builder(merge=False))


def read_shipped(text: str) -> Any:
    """Return the data of a file of the program's own, forms and rulesets, as `read_yaml` does.

    Here a key ``<<`` takes over what its mapping holds and the mapping beside it does not. The scanner is the
    one in C: 25 times faster, at every start. It takes no bare colon between braces: what it refuses, the
    slower one decides.

    Raises:
        StrictYamlError: as `read_yaml`.
    """
    try:
        return _read(text, YAML(typ="safe", pure=False), _Builder(merge=True))
    except StrictYamlError:
        return _read(text, YAML(typ="safe", pure=True), _Builder(merge=True))


def _read(text: str, yaml: YAML, builder: _Builder) -> Any:
    try:
        # Event by event: nothing recurses, and a hostile file is refused where it turns hostile.
        for event in yaml.parse(text):
            builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f" ở dòng {mark.line + 1}, cột {mark.column + 1}" if mark is not None else ""
        raise StrictYamlError(
            f"YAML hỏng{place}; kiểm tra dấu ngoặc, dấu hai chấm và cách thụt lề (không dùng Tab)."
        ) from None
    except (YAMLError, UnicodeEncodeError):
        raise StrictYamlError("YAML hỏng: có ký tự điều khiển; xóa các ký tự không nhìn thấy.") from None
    except StrictYamlError:
        raise
    except (ValueError, OverflowError):  # the scanner in Python hands any \U number on to chr()
        raise StrictYamlError(
            "YAML hỏng: một đoạn chữ có mã ký tự \\U không tồn tại; gõ lại đoạn chữ này."
        ) from None
    return builder.result


class _Frame:
    """A list or mapping being read."""

    def __init__(self, value: Any, anchor: str | None, start: int, line: str) -> None:
        self.value = value
        self.anchor = anchor
        self.start = start
        self.line = line
        self.key: Any = None
        self.has_key = False


_UNFINISHED = object()


class _Builder:
    """Turns events into data, counting what aliases unfold to."""

    def __init__(self, *, merge: bool) -> None:
        self.result: Any = EMPTY
        self._merge = merge
        self._documents = 0
        self._values = 0
        self._frames: list[_Frame] = []
        self._anchors: dict[str, tuple[Any, int]] = {}

    def take(self, event: Any) -> None:
        """Take the next event."""
        if isinstance(event, ScalarEvent):
            self._count(event, 1)
            self._finish(_scalar(event), event.anchor, self._values - 1, event)
        elif isinstance(event, AliasEvent):
            self._alias(event)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._open(event)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            frame = self._frames.pop()
            if self._merge and isinstance(frame.value, dict) and _MERGE in frame.value:
                frame.value = _merged(frame.value, frame.line)
            self._finish(frame.value, frame.anchor, frame.start, event)
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise StrictYamlError("tệp có nhiều tài liệu YAML (dấu ---); mỗi tệp chỉ giữ một tài liệu.")

    def _count(self, event: Any, values: int) -> None:
        self._values += values
        if self._values > MAX_VALUES:
            raise StrictYamlError(f"{_line(event)}: tệp bung ra quá {MAX_VALUES} giá trị; bỏ bớt giá trị.")

    def _open(self, event: Any) -> None:
        self._count(event, 1)
        if len(self._frames) >= MAX_DEPTH:
            raise StrictYamlError(
                f"{_line(event)}: các mục lồng nhau quá {MAX_DEPTH} tầng; viết lại phẳng hơn."
            )
        mapping = isinstance(event, MappingStartEvent)
        if _tag_of(event) not in {"", "!", f"{_CORE}{'map' if mapping else 'seq'}"}:
            raise StrictYamlError(f"{_line(event)}: thẻ {_tag_of(event)[:60]} không được nhận; bỏ thẻ này.")
        if event.anchor is not None:
            self._anchors[event.anchor] = (_UNFINISHED, 0)
        self._frames.append(_Frame({} if mapping else [], event.anchor, self._values - 1, _line(event)))

    def _alias(self, event: Any) -> None:
        value, size = self._anchors.get(event.anchor, (None, 0))
        if not size and value is not _UNFINISHED:
            raise StrictYamlError(f"{_line(event)}: tham chiếu *{event.anchor[:60]} không có gốc; sửa tên.")
        if value is _UNFINISHED:
            raise StrictYamlError(f"{_line(event)}: *{event.anchor[:60]} lồng nhau vào chính nó; bỏ đi.")
        self._count(event, size)
        self._finish(value, None, 0, event)

    def _finish(self, value: Any, anchor: str | None, start: int, event: Any) -> None:
        if anchor is not None:
            self._anchors[anchor] = (value, self._values - start)
        if not self._frames:
            nothing = isinstance(event, ScalarEvent) and not event.value and not event.style
            self.result = EMPTY if nothing and not _tag_of(event) else value
            return
        frame = self._frames[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
        elif frame.has_key:
            frame.value[frame.key] = value
            frame.has_key = False
        else:
            _check_key(frame.value, value, event)
            frame.key, frame.has_key = value, True


def _merged(mapping: dict[Any, Any], line: str) -> dict[Any, Any]:
    base = mapping.pop(_MERGE)
    if not isinstance(base, dict):
        raise StrictYamlError(f"{line}: khóa {_MERGE} phải dẫn tới một bảng; sửa tham chiếu.")
    return {**base, **mapping}


def _check_key(mapping: dict[Any, Any], key: Any, event: Any) -> None:
    if isinstance(key, dict | list):
        raise StrictYamlError(f"{_line(event)}: khóa phải là chữ hoặc số, không phải danh sách hay bảng.")
    if key in mapping:
        raise StrictYamlError(f"{_line(event)}: khóa «{str(key)[:60]}» lặp lại; chỉ giữ một lần.")


def _line(event: Any) -> str:
    return f"dòng {event.start_mark.line + 1}" if event.start_mark is not None else "không rõ dòng"


def _tag_of(event: Any) -> str:
    # None unless a tag stands in the text.
    return str(event.tag) if event.tag is not None else ""


def _scalar(event: Any) -> Any:
    text: str = event.value
    if _tag_of(event):
        return _tagged(event, text)
    # Quoted and block scalars are text.
    return text if event.style else _plain(text)


def _plain(text: str) -> Any:
    if text in _NULL:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return WrittenDecimal(text)
    if _EXPONENT.fullmatch(text) or _ODD.fullmatch(text):
        return OddScalar(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _tagged(event: Any, text: str) -> Any:
    tag = _tag_of(event)
    if tag in {"!", f"{_CORE}str"}:
        return text
    value = _plain(text)
    wanted = {"int": int, "float": WrittenDecimal, "bool": bool, "null": type(None), "timestamp": date}
    kind = wanted.get(tag.removeprefix(_CORE)) if tag.startswith(_CORE) else None
    if kind is None or type(value) is not kind:
        raise StrictYamlError(
            f"{_line(event)}: thẻ {tag[:60]} với giá trị «{text[:40]}» không được nhận; bỏ thẻ này."
        )
    return value
