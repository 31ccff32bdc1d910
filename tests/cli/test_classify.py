"""``levelkit classify``: the contract's object, its exit codes, and nothing else on stdout."""

from __future__ import annotations

import errno
import json
from typing import TYPE_CHECKING

import pytest

from levelkit.cli import output

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended

    Call = Callable[..., Ended]

KEYS = [
    "contract",
    "ruleset",
    "ruleset_version",
    "ruleset_chosen_by",
    "as_of",
    "name",
    "level",
    "at_least",
    "at_most",
    "criteria_level",
    "criteria_at_least",
    "criteria_at_most",
    "deciding",
    "matched",
    "open",
    "national_security_list",
    "national_security_refs",
    "warnings",
]
FACTS = (
    "name: Tra cứu bưu gửi\nas_of: 2026-11-23\nkinds: [citizen_business]\ninformation: [private, personal]\n"
    "conditional_business_lines: [97]\nbasic_data_subjects: 8000\nsensitive_data_subjects: 0\n"
)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "dữ kiện.yaml"
    path.write_text(FACTS, encoding="utf-8")
    return path


def test_the_object_of_the_contract(levelkit: Call, facts: Path) -> None:
    ended = levelkit("classify", facts, "--json")
    assert (ended.code, ended.err) == (0, "")
    got = json.loads(ended.out)
    assert list(got) == KEYS
    assert got["contract"] == 1
    assert (got["name"], got["as_of"], got["ruleset_chosen_by"]) == ("Tra cứu bưu gửi", "2026-11-23", "date")
    assert got["matched"][0] == {
        "ref": "nd331-2026:13.2.a",
        "cite": "điểm a khoản 2 Điều 13 Nghị định số 331/2026/NĐ-CP",
        "level": 3,
        "because": {"kinds": ["citizen_business"], "conditional_business_lines": [97]},
    }
    assert list(got["matched"][0]) == ["ref", "cite", "level", "because"]
    assert {
        "ref": "nd331-2026:10.5",
        "cite": "khoản 5 Điều 10 Nghị định số 331/2026/NĐ-CP",
        "level": 5,
        "needs": ["risk_assessed_level"],
    } in got["open"]
    assert all(list(item) == ["ref", "cite", "level", "needs"] for item in got["open"])
    assert all(list(item) == ["code", "text_vi", "cite"] for item in got["warnings"])


def test_the_same_file_gives_the_same_bytes_in_any_locale(process: Call, facts: Path) -> None:
    plain = process("classify", facts, "--json", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING=None)
    other = process("classify", facts, "--json", LC_ALL="C.UTF-8", PYTHONHASHSEED="7")
    assert plain.code == 0
    assert plain.out == other.out
    assert "Tra cứu bưu gửi" in plain.out


def test_the_readable_form_says_why(levelkit: Call, facts: Path) -> None:
    ended = levelkit("classify", facts)
    assert ended.code == 0
    assert "Chưa chốt: ít nhất cấp 3, có thể cấp 5" in ended.out
    assert "khoản 5 Điều 10" in ended.out
    facts.write_text(f"{FACTS}risk_assessed_level: 5\n", encoding="utf-8")
    assert "Cấp độ 5" in levelkit("classify", facts).out


def test_a_name_does_not_steer_the_terminal(levelkit: Call, facts: Path) -> None:
    facts.write_text('name: "Kho\\e[2J\\r\\nCấp độ 1"\nkinds: [internal]\n', encoding="utf-8")
    out = levelkit("classify", facts).out
    assert "\x1b" not in out
    assert out.splitlines()[0].startswith("Kho ")


def test_no_room_for_the_result_is_no_bug(
    levelkit: Call, facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_value: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(output, "write_json", full)
    monkeypatch.setattr(output, "give_up_stdout", lambda: None)
    ended = levelkit("classify", facts, "--json")
    assert (ended.code, ended.out) == (2, "")
    assert "hết chỗ" in ended.err


@pytest.mark.parametrize(
    "text", ["kinds: []\n", "kindz: [internal]\n", "a: b: c\n", "[]\n", "name: a\nname: b\n"]
)
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_bad_facts_are_two_and_stdout_stays_empty(
    levelkit: Call, tmp_path: Path, text: str, options: tuple[str, ...]
) -> None:
    path = tmp_path / "sai.yaml"
    path.write_text(text, encoding="utf-8")
    ended = levelkit("classify", path, *options)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err


def test_a_missing_file_is_two(levelkit: Call, tmp_path: Path) -> None:
    ended = levelkit("classify", tmp_path / "không có.yaml", "--json")
    assert (ended.code, ended.out) == (2, "")
    assert "không có.yaml" in ended.err
