"""Services: the sample, an invented postal corporation with twelve systems.

The facts come from the corporation's own inventory (a workbook), the prose of the three systems worked out in
full from YAML beside it. Nothing here is written to a workspace: ``sample_answers`` only says what to write.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineWorkbook

from levelkit.resources import package_dir
from levelkit.services.sample_plan import sample_plans
from levelkit.strict_yaml import read_shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_MEDIA_TYPES = {".pdf": "application/pdf", ".png": "image/png"}
_APPROVED = re.compile(
    r"(?P<level>[1-5]) \(QĐ số (?P<number>\S+) ngày (?P<day>\d\d)/(?P<month>\d\d)/(?P<year>\d{4})"
)


@dataclass(frozen=True)
class SampleSystem:
    """One system of the sample.

    Attributes:
        name: of the system, as the inventory has it.
        status: ``draft``, ``appraised``, ``approved`` … as in the command line's contract.
        answers: question id → JSON value.
        attachments: SHA-256 (hex) → content, for every attachment that ``answers`` name.
    """

    name: str
    status: str
    answers: dict[str, Any]
    attachments: dict[str, bytes] = field(default_factory=dict)


def sample_answers() -> dict[str, SampleSystem]:
    """Return the twelve systems by code, in the inventory's order."""
    sample: dict[str, SampleSystem] = {}
    plans = sample_plans()
    for code, (status, written) in written_answers().items():
        answers, contents = _attach(written, package_dir("samples", "files"))
        answers |= plans.get(code, {})
        sample[code] = SampleSystem(answers["system.name"], status, answers, contents)
    return sample


def written_answers() -> dict[str, tuple[str, dict[str, Any]]]:
    """Return status and answers by code, attachments still as ``{"file": name}``."""
    folder = package_dir("samples")
    sheet = _yaml(folder / "sheet.yaml")
    systems = _yaml(folder / "systems.yaml")
    book = _Inventory(folder / sheet["workbook"], sheet)
    common = {**book.units(), **systems["common"]}
    written: dict[str, tuple[str, dict[str, Any]]] = {}
    for code, row in book.systems():
        extra = systems["systems"][code]
        answers = common | book.answers(code, row)
        answers |= systems["operators"].get(row[sheet["operator_column"]], {})
        for table in ("devices", "services"):
            answers |= _told_apart(answers, table, "zone", extra.get(f"{table[:-1]}_zones", {}))
        answers |= _told_apart(answers, "zones", "purpose", extra.get("zone_purposes", {}))
        answers |= extra.get("answers", {})
        overlay = folder / f"{code.lower()}.yaml"
        if overlay.is_file():
            answers |= _yaml(overlay)
        written[code] = extra["status"], {key: value for key, value in answers.items() if value is not None}
    return written


class _Inventory:
    """The workbook, read by the headings that ``sheet.yaml`` names."""

    def __init__(self, path: Path, sheet: Mapping[str, Any]) -> None:
        self._book = CalamineWorkbook.from_path(str(path))
        self._sheet = sheet

    def systems(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for row in self._rows("systems"):
            yield row["Mã"], row

    def units(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row in self._rows("units"):
            role = self._sheet["units"][row["Vai trò"]]
            found |= {f"{role}.{name}": row[column] for column, name in self._sheet["unit_columns"].items()}
        return found

    def answers(self, code: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """Answer what one row of the inventory, and the rows that belong to it, say; nothing else."""
        sheet = self._sheet
        found: dict[str, Any] = {"system.name": row["Tên hệ thống thông tin"]}
        found |= {name: row[column] for column, name in sheet["system_text"].items()}
        found |= {name: _whole(row[column]) for column, name in sheet["system_count"].items()}
        found |= {name: _iso(row[column]) for column, name in sheet["system_date"].items()}
        for column, rule in sheet["system_values"].items():
            values = [rule["values"][part.strip()] for part in row[column].split(";")]
            found[rule["question"]] = values if rule["many"] else values[0]
        found["conditional_business_lines"] = self._lines(row[sheet["business_lines"]["column"]])
        found |= _approved(row[sheet["approved_column"]])
        found |= {name: self._table(name, code) for name in sheet["tables"]}
        return {name: value for name, value in found.items() if value not in (None, "")}

    def _lines(self, cell: str) -> list[int] | None:
        if not cell:
            return None
        return (
            [] if cell == self._sheet["business_lines"]["none"] else [int(part) for part in cell.split(",")]
        )

    def _table(self, name: str, code: str) -> list[dict[str, Any]] | None:
        columns: dict[str, str] = self._sheet["tables"][name]
        owner = "Từ" if name == "connections" else "Mã hệ thống"
        rows = []
        for row in self._rows(name):
            if row[owner] == code:
                cells = {new: self._cell(new, row[old]) for old, new in columns.items()}
                rows.append({key: value for key, value in cells.items() if value is not None})
        return rows or None

    def _cell(self, column: str, value: Any) -> str | int | None:
        if value == "":
            return None
        if column in self._sheet["whole_numbers"]:
            return _whole(value)
        return str(_whole(value)) if isinstance(value, float) else str(value)

    def _rows(self, name: str) -> Iterator[dict[str, Any]]:
        head, *rows = self._book.get_sheet_by_name(self._sheet["sheets"][name]).to_python()
        for row in rows:
            yield dict(zip(map(_nfc, head), map(_nfc, row), strict=True))


def _nfc(value: Any) -> Any:
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


def _whole(value: Any) -> int | None:
    return None if value in (None, "") else int(value)


def _iso(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, datetime.date) else None


def _approved(cell: str) -> dict[str, Any]:
    """Read «3 (QĐ số 12/QĐ-SM ngày 14/03/2024, …)»: a level decided earlier."""
    match = _APPROVED.match(cell)
    if match is None:
        return {}
    return {
        "previous.level": int(match["level"]),
        "previous.decision": match["number"],
        "previous.decision_date": f"{match['year']}-{match['month']}-{match['day']}",
    }


def _told_apart(
    answers: Mapping[str, Any], table: str, column: str, by_name: Mapping[str, str]
) -> dict[str, Any]:
    """Fill a column that the inventory does not have, row by row, by the row's name."""
    rows = [
        row | ({column: by_name[row["name"]]} if row["name"] in by_name else {})
        for row in answers.get(table, [])
    ]
    return {table: rows} if rows else {}


def _attach(answers: dict[str, Any], folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Turn ``{file: name}`` into an attachment answer and its content."""
    contents: dict[str, bytes] = {}
    done = dict(answers)
    for question, value in answers.items():
        if not (isinstance(value, dict) and set(value) == {"file"}):
            continue
        path = folder / value["file"]
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        contents[sha256] = data
        done[question] = {
            "sha256": sha256,
            "name": path.name,
            "size": len(data),
            "media_type": _MEDIA_TYPES[path.suffix],
        }
    return done, contents


def _yaml(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = read_shipped(path.read_text(encoding="utf-8"))
    return data
