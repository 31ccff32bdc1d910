"""Command line: Vietnamese for click's own words, through the catalogue in ``locale``."""

from __future__ import annotations

import gettext
import os

from levelkit.resources import package_dir

DOMAIN = "levelkit"


def install() -> None:
    """Make gettext answer in Vietnamese, whatever the locale. Click asks it for every word of its own."""
    os.environ["LANGUAGE"] = "vi"
    gettext.bindtextdomain(DOMAIN, str(package_dir("cli", "locale")))
    gettext.textdomain(DOMAIN)
