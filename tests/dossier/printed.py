"""Documents printed once for the whole run: to lay one out takes seconds, and many tests read the same."""

from __future__ import annotations

import fcntl
import hashlib
import pickle
from typing import TYPE_CHECKING, TypeVar

from levelkit.dossier import RenderedPdf, RenderedWord, document_ids, render_docx, render_pdf

from .examples import stored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from levelkit.dossier import DossierContext

Made = TypeVar("Made")


class Printed:
    """Prints a document when it is first asked for; the processes of one run share what they made.

    The folder is new in every run. Attachments are named in the dossier by their content.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder

    def pdf(
        self,
        found: DossierContext,
        document: str,
        *,
        draft: bool = False,
        attachments: Callable[[str], bytes] = stored,
    ) -> RenderedPdf:
        """A document as PDF."""
        return self._once(
            "pdf",
            found,
            document,
            draft,
            lambda: render_pdf(found, document, draft=draft, attachments=attachments),
        )

    def word(
        self,
        found: DossierContext,
        document: str,
        *,
        draft: bool = False,
        attachments: Callable[[str], bytes] = stored,
    ) -> RenderedWord:
        """A document for Word, with the page numbers of its PDF."""
        anchors = self.pdf(found, document, draft=draft, attachments=attachments).anchors
        return self._once(
            "word",
            found,
            document,
            draft,
            lambda: render_docx(found, document, draft=draft, attachments=attachments, anchors=anchors),
        )

    def _once(
        self, kind: str, found: DossierContext, document: str, draft: bool, make: Callable[[], Made]
    ) -> Made:
        named = "\0".join((kind, document, str(draft), found.model_dump_json()))
        path = self._folder / hashlib.sha256(named.encode()).hexdigest()
        with path.with_suffix(".lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                part = path.with_suffix(".part")
                part.write_bytes(pickle.dumps(make()))
                part.replace(path)
        return pickle.loads(path.read_bytes())


def written(found: DossierContext) -> list[str]:
    """Ids of the documents of a dossier that are printed, not handed on as attached."""
    return [document for document in document_ids(found) if found.entry(document).attachment is None]
