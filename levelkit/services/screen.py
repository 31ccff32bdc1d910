"""Services: whether a window can be shown here."""

from __future__ import annotations

import os
import sys


def has_screen() -> bool:
    """Whether a window can be shown: elsewhere than on Linux that is taken for granted."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)
