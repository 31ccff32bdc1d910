"""Command line: thin commands over the services, in Vietnamese."""

from levelkit.cli import texts

texts.install()  # before any command is read: click asks for some of its words then
