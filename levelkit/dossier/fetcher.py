"""Dossier: what a document may load: the templates' own files and the pictures attached to the dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from levelkit.dossier.pictures import plain_png

if TYPE_CHECKING:
    from levelkit.dossier.context import Drawing

SCHEME = "attachment"
DRAWING = "drawing"
Attachments = Callable[[str], bytes]


class ForbiddenURL(FatalURLFetchingError):  # type: ignore[misc]
    """A document asked for something outside the templates and its attachments."""


class PictureUnreadable(FatalURLFetchingError):  # type: ignore[misc]
    """An attached picture cannot be read; the argument is its content hash."""


class DossierFetcher(URLFetcher):  # type: ignore[misc]
    """Serves ``file:`` below one folder, ``attachment:<sha256>`` and ``drawing:<key>``, nothing else.

    Anything else ends the rendering.
    """

    def __init__(
        self, root: Path, attachments: Attachments, drawings: Mapping[str, Drawing] | None = None
    ) -> None:
        super().__init__(allowed_protocols=("file",), allow_redirects=False, fail_on_errors=True)
        self._root = root.resolve()
        self._attachments = attachments
        self._drawings = drawings or {}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return a file below the root, or an attached picture; raises :class:`ForbiddenURL`."""
        parts = urlsplit(url)
        if parts.scheme == SCHEME:
            return self._picture(url, parts.path)
        if parts.scheme == DRAWING and parts.path in self._drawings:
            svg = self._drawings[parts.path].svg.encode("utf-8")
            return URLFetcherResponse(url, svg, {"Content-Type": "image/svg+xml"})
        if parts.scheme != "file" or parts.netloc:
            raise ForbiddenURL(url)
        path = Path(url2pathname(unquote(parts.path))).resolve()
        if not path.is_relative_to(self._root) or not path.is_file():
            raise ForbiddenURL(url)
        return super().fetch(url, headers)

    def _picture(self, url: str, sha256: str) -> URLFetcherResponse:
        try:
            data = self._attachments(sha256)
        except KeyError:
            raise PictureUnreadable(sha256) from None
        return URLFetcherResponse(url, plain_picture(data, sha256), {"Content-Type": "image/png"})


def plain_picture(data: bytes, sha256: str) -> bytes:
    """Return an attached picture made plain; PictureUnreadable names it where that cannot be."""
    try:
        return plain_png(data)
    except ValueError:
        raise PictureUnreadable(sha256) from None
