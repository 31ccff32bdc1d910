"""Services: reading files that people attach. What they are is told by their bytes, not by their names."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from levelkit.domain.text import nfc
from levelkit.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 50 * 1024 * 1024
_KINDS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_OFFICE = (
    ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
_PICTURES = ("image/png", "image/jpeg")
_KEYS = {"sha256", "name", "size", "media_type"}


def is_attachment(value: Any) -> bool:
    """Whether an answer is an attachment."""
    return isinstance(value, dict) and set(value) == _KEYS


def read(question_id: str, path: Path) -> tuple[str, str, bytes]:
    """Return name, media type and bytes of a file for a question.

    Pictures take PNG and JPEG, everything else PDF.

    Raises:
        UserError: it cannot be read, is empty, larger than 50 MB, or of another kind.
    """
    name, data = _load(path)
    return name, check_kind(question_id, name, data), data


def read_proof(path: Path) -> tuple[str, str, bytes]:
    """Return name, media type and bytes of a file that proves something: PDF, PNG, JPEG, Word or Excel.

    Raises:
        UserError: it cannot be read, is empty, larger than 50 MB, or of another kind.
    """
    name, data = _load(path)
    found = _kind(data) or _office_kind(data)
    if found is None:
        raise UserError(
            f"Tệp «{name}»: minh chứng phải là tệp PDF, PNG, JPEG, DOCX hoặc XLSX, nội dung là loại khác. "
            "Hãy chọn tệp khác hoặc in ra PDF."
        )
    return name, found, data


def _load(path: Path) -> tuple[str, bytes]:
    name = nfc(path.name)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            megabytes = f"{size / 1024 / 1024:.1f}".replace(".", ",")
            raise UserError(
                f"Tệp «{name}» nặng {megabytes} MB, tệp đính kèm phải từ 50 MB trở xuống. "
                "Hãy nén hoặc tách tệp rồi đính kèm lại."
            )
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"Không đọc được tệp «{path}». Hãy kiểm tra đường dẫn và quyền đọc.") from error
    if not data:
        raise UserError(f"Tệp «{name}» rỗng (0 byte). Hãy chọn tệp khác.")
    return name, data


def _kind(data: bytes) -> str | None:
    return next((media_type for magic, media_type in _KINDS if data.startswith(magic)), None)


def _office_kind(data: bytes) -> str | None:
    """Return what an Office Open XML file is, by the part that it must hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    return next((media_type for part, media_type in _OFFICE if part in names), None)


def check_kind(question_id: str, name: str, data: bytes) -> str:
    """Return the media type of the bytes, where the question takes it.

    Raises:
        UserError: it does not.
    """
    if not data:
        raise UserError(f"Tệp «{name}» rỗng (0 byte). Hãy chọn tệp khác.")
    found = _kind(data)
    picture = question_id.endswith("_picture")
    if found is not None and (found in _PICTURES) == picture:
        return found
    wanted = "một ảnh PNG hoặc JPEG" if picture else "một tệp PDF"
    raise UserError(f"Tệp «{name}»: chỗ này phải là {wanted}, nội dung tệp là loại khác. Hãy chọn tệp khác.")
