"""Diagrams: the architecture as it will be printed, drawn from the tables while they are filled in."""

from __future__ import annotations
