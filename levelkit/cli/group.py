"""Command line: commands that are loaded when called, and a file name in a command's place."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

OPEN = "open"
_FILE_ENDINGS = (".levelkit", ".pdf")


class LazyGroup(click.Group):
    """A group whose commands are named as ``module:object`` and imported on use.

    A first word that is no command but reads like a file, or no word at all, opens the window.
    """

    def __init__(self, *args: Any, lazy: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = dict(lazy)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order given."""
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command."""
        place = self._lazy.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        return cast("click.Command", getattr(import_module(module), name))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the hidden window command in front of a file name, or of nothing."""
        words = [word for word in args if not word.startswith("-")]
        if (not args or (words and words[0] not in self._lazy and _is_file(words[0]))) and words[:1] == args[
            :1
        ]:
            args = [OPEN, *args]
        return super().parse_args(ctx, args)


def _is_file(word: str) -> bool:
    return not word.startswith("-") and (word.lower().endswith(_FILE_ENDINGS) or "/" in word or "\\" in word)
