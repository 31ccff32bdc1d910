"""Systems apart and as one: the split that lowers the level is seen, the reason stays in every system."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelkit.errors import UserError
from levelkit.services import Workspace
from levelkit.services.scope import compare_scope, keep_reason, merge
from tests.services.test_board import PORTAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def regions(tmp_path: Path) -> Iterator[Workspace]:
    """One portal in three regional instances of 60.000 people each."""
    with Workspace.create(tmp_path / "vung.levelkit") as made:
        for name in ("Bắc", "Trung", "Nam"):
            code = made.add_system(f"Cổng miền {name}")
            made.session(code).set_many({**PORTAL, "basic_data_subjects": 60_000, "risk_assessed_level": 1})
        yield made


def test_three_regions_of_one_portal_are_level_three_together(regions):
    found = compare_scope(regions, ["HT-01", "HT-02", "HT-03"])
    assert [judged.level for _code, _name, judged in found.apart] == [2, 2, 2]
    assert found.one.level == 2  # the same 60.000 people
    assert found.one_summed.level == 3
    assert "nd331-2026:13.2.c" in found.one_summed.deciding
    assert found.lowered == ("HT-01", "HT-02", "HT-03")


def test_parts_that_stay_below_together_are_not_accused(regions):
    regions.session("HT-02").set("basic_data_subjects", 10_000)
    found = compare_scope(regions, ["HT-01", "HT-02"])
    assert (found.one_summed.level, found.lowered) == (2, ())


def test_one_system_is_no_comparison(regions):
    with pytest.raises(UserError, match="ít nhất hai"):
        compare_scope(regions, ["HT-01"])


def test_what_a_part_does_not_answer_is_named(regions):
    regions.session("HT-03").set("kinds", None)
    assert compare_scope(regions, ["HT-01", "HT-03"]).open_vi


def test_the_reason_follows_what_stood_there(regions):
    regions.session("HT-01").set_many({"scope.not_split": False, "scope.split_note": "Có từ trước."})
    keep_reason(regions, ["HT-01", "HT-02"], "Ba miền chạy chung cơ sở dữ liệu.")
    first, second = (regions.session(code).interview for code in ("HT-01", "HT-02"))
    assert first.answer("scope.split_note") == "Có từ trước.\nBa miền chạy chung cơ sở dữ liệu."
    assert first.answer("scope.not_split") is False
    assert second.answer("scope.split_note") == "Ba miền chạy chung cơ sở dữ liệu."
    with pytest.raises(UserError, match="để trống"):
        keep_reason(regions, ["HT-01"], "  ")


PARTS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "kinds": st.lists(st.sampled_from(["internal", "citizen_business"]), unique=True),
            "basic_data_subjects": st.integers(0, 10**6),
            "always_on": st.booleans(),
            "construction_grade": st.sampled_from(["none", "IV", "III"]),
            "harm": st.dictionaries(
                st.sampled_from(["rights", "social_order"]), st.sampled_from(["none", "harm"])
            ),
        },
    ),
    min_size=2,
    max_size=4,
)


@given(PARTS)
def test_the_whole_is_never_less_than_a_part(parts):
    whole, added = merge(parts, summed=False), merge(parts, summed=True)
    for part in parts:
        assert set(part.get("kinds", ())) <= set(whole.get("kinds", ()))
        if "basic_data_subjects" in part:
            assert part["basic_data_subjects"] <= whole["basic_data_subjects"] <= added["basic_data_subjects"]
        if part.get("always_on"):
            assert whole["always_on"] is True
        if whole.get("always_on") is False:
            assert part["always_on"] is False
