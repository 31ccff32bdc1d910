"""Services: the letterhead of a workspace, kept in the file: everybody who opens it prints the same."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from levelkit.domain.letterhead import Letterhead
from levelkit.domain.text import legible, nfc
from levelkit.dossier.pictures import plain_png
from levelkit.errors import UserError
from levelkit.services import clock
from levelkit.store import Mark
from levelkit.store import shared as stored

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from levelkit.domain.attachment import AttachmentMeta
    from levelkit.store import Session

KIND, ID = "letterhead", "1"
MOST_LINES, LONGEST_LINE = 3, 110
MOST_BYTES = 2 * 1024 * 1024
_MOST_DOTS = 1200
_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class Host(Protocol):
    """What the letterhead needs of its workspace."""

    @property
    def user(self) -> str:
        """Whose name goes into the journal."""
        ...

    def require_writable(self) -> None:
        """Refuse where nothing can be saved."""
        ...

    def reading(self) -> AbstractContextManager[Session]:
        """Give one consistent state to read."""
        ...

    def writing(self) -> AbstractContextManager[Session]:
        """Give one transaction."""
        ...

    def keep_file(self, data: bytes, name: str, media_type: str) -> AttachmentMeta:
        """Keep a file by its hash."""
        ...


def read(workspace: Host) -> Letterhead:
    """Return the letterhead, an empty one where nothing is set."""
    with workspace.reading() as session:
        value = stored.read_record(session, KIND, ID)
    return Letterhead.model_validate(value or {})


def read_logo(path: Path) -> bytes:
    """Return a logo made plain: PNG in RGB, at most 1200 dots a side.

    Raises:
        UserError: it cannot be read, is larger than 2 MB, or is neither PNG nor JPEG.
    """
    name = nfc(path.name)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError(f"Biểu trưng «{name}» phải từ 2 MB trở xuống. Hãy thu nhỏ hình rồi chọn lại.")
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"Không đọc được tệp «{path}». Hãy kiểm tra đường dẫn và quyền đọc.") from error
    if data.startswith(_MAGIC):
        with suppress(ValueError):
            return plain_png(data, _MOST_DOTS)
    raise UserError(
        f"Biểu trưng «{name}» phải là hình PNG hoặc JPEG, nội dung tệp là loại khác hoặc bị hỏng. "
        "Hãy chọn tệp khác."
    )


def clean_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text as they are printed.

    Raises:
        UserError: there are more than three, or one is too long for the page.
    """
    lines = tuple(line for line in (" ".join(legible(each).split()) for each in text.splitlines()) if line)
    if len(lines) > MOST_LINES:
        raise UserError(
            f"Dòng liên hệ: có {len(lines)} dòng, chân trang chỉ đủ {MOST_LINES} dòng. Hãy gộp lại."
        )
    for line in lines:
        if len(line) > LONGEST_LINE:
            raise UserError(
                f"Dòng liên hệ «{line[:40]}…» dài {len(line)} ký tự, mỗi dòng chỉ đủ {LONGEST_LINE}. "
                "Hãy tách sang dòng khác."
            )
    return lines


def save(workspace: Host, lines: Sequence[str], logo: AttachmentMeta | Path | None) -> Letterhead:
    """Keep the letterhead.

    Args:
        workspace: the file that it is kept in.
        lines: as :func:`clean_lines` gives them.
        logo: the one kept already, a file to read, or None for none.

    Raises:
        UserError: the file is no logo, a line does not fit, or nothing can be saved.
    """
    from pathlib import Path as AnyPath

    workspace.require_writable()
    cleaned = clean_lines("\n".join(lines))
    if isinstance(logo, AnyPath):
        logo = workspace.keep_file(read_logo(logo), nfc(logo.name), "image/png")
    made = Letterhead(logo=logo, lines=cleaned)
    value = made.model_dump(mode="json") if made != Letterhead() else None
    with workspace.writing() as session:
        stored.save_records(session, KIND, {ID: value}, Mark(clock.now(), workspace.user))
    return made
