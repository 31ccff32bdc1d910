"""The window: PySide6, and nothing that decides."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - first, so that it has done what is undone here

# PySide6 puts its own import in place of Python's, to look for ``__feature__`` (snake_case names) in the
# source of every module loaded later. Nothing here uses that, and reading all the sources took a fifth of
# the start and 25 MB.
_plain = getattr(builtins, "__orig_import__", None)
if _plain is not None:
    builtins.__import__ = _plain
