"""Services: the security plans of the sample: shared measures, evidence, and the answers row by row. Đ22.6.

A system's file names the rows whose answer the whole enterprise shares, those it takes over from another
system, and gives its own; a row that says no status is met.
"""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from levelkit.domain.attachment import AttachmentMeta
from levelkit.domain.plan import KEY, Evidence, RequirementAnswer, SharedMeasure
from levelkit.resources import package_dir
from levelkit.strict_yaml import read_shipped

if TYPE_CHECKING:
    from pathlib import Path

_COMMON, _MEASURES, _EVIDENCE = "common.yaml", "measures.yaml", "evidence.yaml"


@dataclass(frozen=True)
class SampleShared:
    """What the systems of the sample share.

    Attributes:
        contents: SHA-256 (hex) → content, for every file that the evidence names.
    """

    measures: tuple[SharedMeasure, ...]
    evidence: tuple[Evidence, ...]
    contents: dict[str, bytes]


def sample_shared() -> SampleShared:
    """Return the shared measures and the evidence, by number."""
    contents: dict[str, bytes] = {}
    evidence = []
    for evidence_id, written in _read(_EVIDENCE).items():
        file = written.pop("file", None)
        if file is not None:
            data = (package_dir("samples", "files") / file).read_bytes()
            sha256 = hashlib.sha256(data).hexdigest()
            contents[sha256] = data
            media_type = mimetypes.guess_type(file)[0] or ""
            written["file"] = AttachmentMeta(sha256=sha256, name=file, media_type=media_type, size=len(data))
        evidence.append(Evidence(id=evidence_id, **written))
    measures = tuple(SharedMeasure(id=key, **value) for key, value in _read(_MEASURES).items())
    return SampleShared(measures, tuple(evidence), contents)


def sample_plans() -> dict[str, dict[str, Any]]:
    """Return the answers of each system that has any: code → question id → what is stored."""
    shared = _read(_COMMON)
    special = {_COMMON, _MEASURES, _EVIDENCE}
    files = {
        path.stem.upper(): _read(path.name) for path in _folder().glob("*.yaml") if path.name not in special
    }
    own = {code: _own(file, shared) for code, file in files.items()}
    for code, file in files.items():
        if "take" in file:
            source = file["take"]["from"]
            taken = {row: own[source][row] | {"taken_from": source} for row in file["take"]["rows"]}
            own[code] = own[code] | taken
    return {code: {KEY + row: _stored(answer) for row, answer in rows.items()} for code, rows in own.items()}


def _own(file: dict[str, Any], shared: dict[str, Any]) -> dict[str, dict[str, Any]]:
    answers = {row: _answer(shared["rows"][row], shared["unit"]) for row in file.get("common", ())}
    answers |= {row: _answer(written, file["unit"]) for row, written in file["rows"].items()}
    return {row: answer | {"level": file["level"]} for row, answer in answers.items()}


def _answer(written: dict[str, Any], unit: str) -> dict[str, Any]:
    return {"status": "met", "unit": unit, **written}


def _stored(answer: dict[str, Any]) -> dict[str, Any]:
    stored = RequirementAnswer.model_validate(answer).stored()
    assert stored is not None, "no answer of the sample is empty"
    return stored


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = read_shipped((_folder() / name).read_text(encoding="utf-8"))
    return data


def _folder() -> Path:
    return package_dir("samples", "plan")
