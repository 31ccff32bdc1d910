"""The answer to one row of the security plan: strict on what comes in, stored without what is not said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from levelkit.domain.plan import STATUS_VI, RequirementAnswer
from levelkit.questionnaire.types import AnswerError, clean_long_text, clean_text, parse_date, shown

if TYPE_CHECKING:
    from levelkit.questionnaire.schema import Question

FIELDS_VI: Mapping[str, str] = {
    "status": "Tình trạng",
    "how": "Cách thực hiện",
    "reason": "Lý do không áp dụng",
    "unit": "Đơn vị phụ trách",
    "measures": "Biện pháp dùng chung",
    "evidence": "Minh chứng",
    "todo": "Việc sẽ làm",
    "due": "Hạn",
    "values": "Giá trị",
    "value_reasons": "Lý do khác mức gợi ý",
    "taken_from": "Lấy từ hệ thống",
    "level": "Cấp độ khi trả lời",
}
_PARAMETER = re.compile(r"[a-z][a-z0-9_]{0,63}")
_RECORD = re.compile(r"[A-Z]{2}-[0-9]{2,6}")
_CODE = re.compile(r"[^\W_][\w.~-]{0,79}")
_MOST_VALUES = 60
_MOST = 10**12


def parse_row(question: Question, raw: Any) -> dict[str, Any] | None:
    """Return what is stored: plain JSON without defaults, None for an empty answer. Raises AnswerError."""
    if isinstance(raw, RequirementAnswer):
        raw = raw.model_dump(exclude_defaults=True)
    if not isinstance(raw, Mapping):
        raise AnswerError(
            f"«{question.name}»: phải gồm các ô của một yêu cầu. Đang ghi «{shown(raw)}», "
            "hãy nhập lại từng ô."
        )
    fields: dict[str, Any] = {}
    for field, value in raw.items():
        if field not in _PARSERS:
            raise AnswerError(
                f"«{question.name}»: không có ô «{shown(field)}». Hãy chỉ ghi các ô {', '.join(FIELDS_VI)}."
            )
        if value is not None:
            fields[field] = parse_field(field, value, question.name)
    return RequirementAnswer(**fields).stored()


def parse_field(field: str, raw: Any, name: str) -> Any:
    """Return the value of one field of :class:`RequirementAnswer` as it is kept.

    ``name`` is the row's, for the message. Raises KeyError for no such field, AnswerError for a value that
    the field cannot take.
    """
    try:
        return _PARSERS[field](raw)
    except _Wrong as wrong:
        given = raw if wrong.given is None else wrong.given
        raise AnswerError(
            f"«{name}», ô «{FIELDS_VI[field]}»: {wrong.rule}. Đang ghi «{shown(given)}», {wrong.remedy}."
        ) from None


class _Wrong(ValueError):
    def __init__(self, rule: str, remedy: str, given: Any = None) -> None:
        super().__init__(rule)
        self.rule = rule
        self.remedy = remedy
        self.given = given


def _status(raw: Any) -> str:
    if not isinstance(raw, str) or raw not in STATUS_VI:
        labels = ", ".join(f"«{label}»" for label in STATUS_VI.values())
        raise _Wrong("phải là một mục trong danh sách", f"hãy chọn {labels}")
    return raw


def _line(raw: Any) -> str:
    if not isinstance(raw, str):
        raise _Wrong("phải là một dòng chữ", "hãy gõ lại bằng chữ")
    return clean_text(raw)


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise _Wrong("phải là đoạn chữ", "hãy gõ lại bằng chữ")
    return clean_long_text(raw)


def _records(raw: Any) -> tuple[str, ...]:
    if isinstance(raw, str) or not isinstance(raw, list | tuple):
        raise _Wrong("phải là danh sách mã", "hãy chọn lại trong danh sách")
    for one in raw:
        if not isinstance(one, str) or not _RECORD.fullmatch(one):
            raise _Wrong("mã phải có dạng BP-01 hoặc MC-01", "hãy chọn lại trong danh sách", one)
    return tuple(dict.fromkeys(raw))


def _day(raw: Any) -> str | None:
    if isinstance(raw, str) and not raw.strip():
        return None
    found = parse_date(raw)
    if found is None:
        raise _Wrong("phải là ngày có thật", "hãy gõ ngày/tháng/năm, ví dụ 05/01/2026")
    return found


def _values(raw: Any) -> dict[str, Any]:
    return {key: value for key, one in _pairs(raw) if (value := _value(one)) not in (None, "", ())}


def _value(raw: Any) -> Any:
    if raw is None or isinstance(raw, bool):
        return raw
    if isinstance(raw, int) and abs(raw) <= _MOST:
        return raw
    if isinstance(raw, str):
        return clean_text(raw)
    if isinstance(raw, list | tuple) and all(isinstance(part, str) for part in raw):
        return tuple(dict.fromkeys(raw))
    raise _Wrong("mỗi giá trị phải là một số nguyên, chữ, có hoặc không", "hãy nhập lại giá trị này", raw)


def _reasons(raw: Any) -> dict[str, str]:
    return {key: text for key, one in _pairs(raw) if one is not None and (text := _text(one))}


def _pairs(raw: Any) -> list[tuple[str, Any]]:
    if not isinstance(raw, Mapping) or len(raw) > _MOST_VALUES:
        raise _Wrong("phải ghi theo từng tham số", "hãy nhập lại từng giá trị")
    for key in raw:
        if not isinstance(key, str) or not _PARAMETER.fullmatch(key):
            raise _Wrong("không có tham số này", "hãy bỏ giá trị này", key)
    return sorted(raw.items())


def _code(raw: Any) -> str | None:
    if raw == "":
        return None
    if not isinstance(raw, str) or not _CODE.fullmatch(raw):
        raise _Wrong("phải là mã của một hệ thống", "hãy chọn lại hệ thống")
    return raw


def _level(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= 5:
        raise _Wrong("phải là số từ 1 đến 5", "hãy chọn lại cấp độ")
    return raw


_PARSERS: Mapping[str, Callable[[Any], Any]] = {
    "status": _status,
    "how": _text,
    "reason": _text,
    "unit": _line,
    "measures": _records,
    "evidence": _records,
    "todo": _text,
    "due": _day,
    "values": _values,
    "value_reasons": _reasons,
    "taken_from": _code,
    "level": _level,
}
