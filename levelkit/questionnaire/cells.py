"""What is wrong with the cells of a table: row, column, sentence. Read by the window and by the checks."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Any, Literal

from levelkit.domain.base import Model
from levelkit.domain.text import fold, format_number
from levelkit.questionnaire.types import parse_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from levelkit.questionnaire.schema import Column, FormSet, Question

# Words that people write where a zone has no address of that kind.
_NO_ADDRESS = {"", "-", "–", "—", "khong", "khong co", "khong ap dung", "n/a", "dhcp"}
_SHOWN = {"ip_private": "10.1.20.0/24", "ip_public": "203.0.113.10"}
# Networks that are never routed on the Internet: RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291.
_INSIDE = tuple(
    ipaddress.ip_network(text)
    for text in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "169.254.0.0/16",
        "127.0.0.0/8",
        "fc00::/7",
        "fe80::/10",
        "::1/128",
    )
)
_NUMERALS = dict(
    zip(("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"), range(1, 11), strict=True)
)
_SEPARATORS = re.compile(r"[;,\n]|\s+và\s+|\s{1,}(?=\d)")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class CellProblem(Model):
    """One cell that has to be mended; ``row`` counts from 1, ``column`` is the column's id."""

    row: int
    column: str
    severity: Literal["error", "warning"]
    message: str


def table_problems(
    forms: FormSet, question: Question, rows: Sequence[Mapping[str, Any]], answers: Mapping[str, Any]
) -> tuple[CellProblem, ...]:
    """Return every problem of a table, row by row.

    ``answers`` supplies the tables that a column takes its choices from (a device's zone, Đ22.3.d).
    """
    choices = {
        column.id: _choices(column, answers) for column in question.columns if column.options_from is not None
    }
    found: list[CellProblem] = []
    for number, row in enumerate(rows, start=1):
        for column in question.columns:
            wrong = _problem(forms, column, row.get(column.id), choices.get(column.id))
            if wrong:
                severity, text = wrong
                found.append(
                    CellProblem(
                        row=number,
                        column=column.id,
                        severity=severity,
                        message=f"Dòng {number}, {column.label}: {text}",
                    )
                )
    return tuple(found)


Wrong = tuple[Literal["error", "warning"], str] | None


def _choices(column: Column, answers: Mapping[str, Any]) -> frozenset[str]:
    source = column.options_from
    assert source is not None
    rows = answers.get(source.question) or []
    return frozenset(fold(str(row[source.column])) for row in rows if row.get(source.column))


def _problem(forms: FormSet, column: Column, cell: Any, choices: frozenset[str] | None) -> Wrong:
    if cell is None or cell == "":
        return (
            ("error", f"phải có. Ô đang trống, hãy gõ {_lower_first(column.label)}.")
            if column.required
            else None
        )
    if column.type == "integer":
        return _number(column, cell)
    if column.type in {"ip_private", "ip_public"}:
        return _addresses(column, str(cell))
    if column.type == "vlan":
        return _vlan(str(cell))
    if column.type == "date":
        return _day(str(cell))
    if column.options:
        return _choice(column, str(cell))
    if choices is not None and fold(str(cell)) not in choices:
        source = column.options_from
        assert source is not None
        table = forms.group_of(source.question).title
        return "error", f"chưa có «{cell}». Chọn mục có sẵn, hoặc thêm mục này ở phần «{table}»."
    return None


def _number(column: Column, cell: Any) -> Wrong:
    low = column.minimum if column.minimum is not None else 0
    bounds = f"phải là số nguyên từ {format_number(low)}"
    if column.maximum is not None:
        bounds += f" đến {format_number(column.maximum)}"
    if isinstance(cell, int):
        if cell < low or (column.maximum is not None and cell > column.maximum):
            return "error", f"{bounds}. Ô đang ghi «{format_number(cell)}», hãy gõ lại."
        return None
    meant = _NUMERALS.get(fold(str(cell)))
    remedy = f"hãy gõ {meant}" if meant else "hãy gõ bằng chữ số"
    return "error", f"{bounds}. Ô đang ghi «{cell}», {remedy}."


def _day(cell: str) -> Wrong:
    if parse_date(cell) is None:
        return (
            "error",
            f"phải là ngày có thật. Ô đang ghi «{cell}», hãy gõ ngày/tháng/năm, ví dụ 05/01/2026.",
        )
    return None


def _choice(column: Column, cell: str) -> Wrong:
    if any(option.value == cell for option in column.options):
        return None
    labels = ", ".join(f"«{option.label}»" for option in column.options)
    return "error", f"phải là một mục trong danh sách. Ô đang ghi «{cell}», hãy chọn {labels}."


def _vlan(cell: str) -> Wrong:
    numbers = re.findall(r"\d+", cell)
    if not numbers or any(not 1 <= int(number) <= 4094 for number in numbers):
        return "warning", f"nên là số từ 1 đến 4094. Ô đang ghi «{cell}», hãy xem lại."
    return None


def read_networks(cell: str) -> tuple[list[Network], list[str]]:
    """Return the addresses, networks and ranges written in a cell, and the parts that are none of these."""
    good: list[Network] = []
    bad: list[str] = []
    if fold(cell).strip() in _NO_ADDRESS:
        return good, bad
    joined = re.sub(r"\s*[-–]\s*", "-", cell)
    for part in (piece.strip() for piece in _SEPARATORS.split(joined)):
        if not part:
            continue
        try:
            if "/" not in part and "-" in part:
                first, last = (ipaddress.ip_address(end.strip()) for end in part.split("-", maxsplit=1))
                good.extend(ipaddress.summarize_address_range(first, last))
            else:
                good.append(ipaddress.ip_network(part, strict=False))
        except (ValueError, TypeError):
            bad.append(part)
    return good, bad


def _inside(network: Network) -> bool:
    if isinstance(network, ipaddress.IPv4Network):
        return any(isinstance(other, ipaddress.IPv4Network) and network.subnet_of(other) for other in _INSIDE)
    return any(isinstance(other, ipaddress.IPv6Network) and network.subnet_of(other) for other in _INSIDE)


def _addresses(column: Column, cell: str) -> Wrong:
    networks, bad = read_networks(cell)
    if bad:
        shown = _SHOWN[column.type]
        return "error", f"phải là địa chỉ IP hoặc dải IP. Ô đang ghi «{bad[0]}», hãy gõ như {shown}."
    if column.type == "ip_private":
        outside = [network for network in networks if not _inside(network)]
        if outside:
            return "warning", f"«{outside[0]}» không thuộc dải địa chỉ nội bộ. Nên chuyển sang cột IP Public."
    else:
        private = [network for network in networks if _inside(network)]
        if private:
            return "warning", f"«{private[0]}» là địa chỉ nội bộ. Nên chuyển sang cột IP Private."
    return None


def _lower_first(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
