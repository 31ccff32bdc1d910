"""The lint of text files sees what it is there for."""

from __future__ import annotations

import unicodedata

import pytest

from .repository import tool


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (unicodedata.normalize("NFD", "Hồ sơ\n").encode(), "NFC"),
        ("\ufeffHồ sơ\n".encode(), "BOM"),
        ("Hồ sơ\r\n".encode(), "CR"),
        ("Hồ sơ".encode(), "cuối tệp"),
        ("Hồ sơ\n".encode("utf-16"), "UTF-8"),
    ],
)
def test_odd_text_is_named(raw: bytes, word: str) -> None:
    (problem,) = tool("data_lint").text_problems(raw)
    assert word in problem


def test_plain_text_passes() -> None:
    assert tool("data_lint").text_problems("Hồ sơ\n".encode()) == []
