"""The baseline requirements: one whole set per level, every row complete, what changes from set to set."""

from __future__ import annotations

import re
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelkit.domain.citation import clause_key
from levelkit.domain.requirement import (
    KEEP_VI,
    UNCHECKED_VI,
    BaselineRequirement,
    Checked,
    RequirementSet,
    SuggestedValue,
)
from levelkit.errors import RulesetError
from levelkit.law import RuleLibrary, RuleSet, compare_packages, packing, read_package
from levelkit.law.carry_over import Novelty, asked_rows, carry_over
from levelkit.law.requirements import FILES, LEVELS
from levelkit.resources import package_dir

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY = RuleLibrary.load()
EMBEDDED = LIBRARY.get("nd331-2026")
SETS = {level: LIBRARY.requirements(level) for level in LEVELS}
EVERY_LEVEL = pytest.mark.parametrize("level", LEVELS)

# Rows per group, in the order of the standard: at level 3 incidents (SC) stand before development (PT),
# at levels 4 and 5 behind it.
GROUPS = {
    1: "RR 2 HW 8 SW 7 TT 8 CH 6 TK 19 LH 5 NK 5 WE 4 MD 5 SL 4 HT 17 NS 5 NCC 5 SC 9",
    2: "RR 2 HW 9 SW 9 TT 9 CH 7 TK 19 LH 7 NK 7 WE 4 MD 5 SL 5 HT 23 NS 7 NCC 5 SC 11",
    3: "RR 11 HW 11 SW 11 TT 18 CH 8 TK 20 LH 7 NK 10 WE 5 MD 8 SL 8 HT 34 GS 7 NS 7 NCC 5 SC 11 PT 9 KT 5",
    4: "RR 12 HW 15 SW 12 TT 28 CH 12 TK 24 LH 8 NK 16 WE 12 MD 9 SL 9 HT 41 GS 8 NS 10 NCC 12 PT 23 SC 15 "
    "KT 7",
    5: "RR 12 HW 17 SW 12 TT 30 CH 13 TK 24 LH 8 NK 16 WE 13 MD 9 SL 11 HT 44 GS 9 NS 12 NCC 12 PT 24 SC 15 "
    "KT 7",
}
# All, management, technical, new or stricter than the level below, agreed by two sources, reference.
FIGURES = {
    1: (109, 74, 35, 0, 3, 4),
    2: (129, 82, 47, 29, 28, 6),
    3: (195, 111, 84, 90, 58, 10),
    4: (273, 146, 127, 115, 18, 10),
    5: (288, 149, 139, 45, 1, 10),
}


def clause(ref: str) -> str:
    return ref.removeprefix("tcvn14423:")


@EVERY_LEVEL
def test_how_many_there_are(level: int) -> None:
    found = SETS[level]
    words = [f"{group.id} {len(group.requirements)}" for group in found.groups]
    assert " ".join(words) == GROUPS[level]
    rows = found.requirements
    grown = [row for row in rows if row.change in {"new", "stricter", "back"}]
    assert FIGURES[level] == (
        len(rows),
        sum(row.kind == "management" for row in rows),
        sum(row.kind == "technical" for row in rows),
        len(grown),
        sum(row.confidence == "high" for row in rows),
        len(found.reference),
    )


@EVERY_LEVEL
def test_they_stand_in_the_order_of_the_standard(level: int) -> None:
    found = SETS[level]
    assert found.ref == f"tcvn14423:{level + 2}"
    assert [clause(group.ref) for group in found.groups] == [
        f"{level + 2}.{number}" for number in range(1, len(found.groups) + 1)
    ]
    keys = [clause_key(clause(row.ref)) for row in found.requirements]
    assert all(before <= after for before, after in pairwise(keys))


@EVERY_LEVEL
def test_every_row_is_complete(level: int) -> None:
    found = SETS[level]
    for group in found.groups:
        assert all((group.name_vi, group.meaning_vi, group.grows_vi, group.headings, group.plan))
        for row in group.requirements:
            assert (row.level, row.group) == (level, group.id)
            assert row.ref.startswith(f"{group.ref}.")
            assert all((row.name_vi, row.summary_vi, row.evidence_vi, row.headings, row.plan)), row.id
            assert row.kind in {"management", "technical"}
            assert all(ref.startswith(("nd331-2026:30.3.", "nd331-2026:30.4.")) for ref in row.headings)
            assert all(ref.startswith("nd331-2026:29.2.") for ref in row.plan)
    for row in found.reference:
        assert row.kind == row.nature == "reference"
        assert not row.headings
        assert row.ref.startswith(f"tcvn14423:a.{level}.")
        assert row.id not in found.by_id
    for row in (*found.requirements, *found.reference):
        assert LIBRARY.has_citation(row.ref)
        assert row.summary_vi in LIBRARY.citation(row.ref).text_vi


@EVERY_LEVEL
def test_a_set_is_whole_in_itself(level: int) -> None:
    for row in (*SETS[level].requirements, *SETS[level].reference):
        said = f"{row.name_vi} {row.summary_vi} {row.evidence_vi}"
        assert not re.search(r"[Nn]hư cấp \d|[A-Z]{2,3}-\d\d|^Thêm ", said), row.id


@EVERY_LEVEL
def test_nothing_is_passed_off_as_the_official_text(level: int) -> None:
    found = SETS[level]
    assert found.open_points_vi
    for part in (*found.groups, *found.requirements, *found.reference):
        assert part.checked is None
        if isinstance(part, BaselineRequirement):
            assert part.notice_vi == UNCHECKED_VI
            # A short sentence of our own, and no quotation.
            assert len(part.summary_vi) <= 260
            assert not re.search('[«»“”"]', part.summary_vi)
    assert "lời riêng" in LIBRARY.citation(found.ref).note_vi


def test_a_row_that_somebody_checked_says_who_and_when() -> None:
    checked = Checked.model_validate(
        {"by": "Nguyễn Văn A", "on": "2026-12-01", "edition_vi": "TCVN 14423:2026"}
    )
    row = SETS[3].by_id["TK-09"].model_copy(update={"checked": checked})
    assert row.notice_vi == "Đã đối chiếu TCVN 14423:2026, 01/12/2026, Nguyễn Văn A"


def test_a_control_is_the_same_at_every_level() -> None:
    told: dict[str, tuple[object, ...]] = {}
    for found in SETS.values():
        for row in (*found.requirements, *found.reference):
            steady = (row.group, row.name_vi, row.kind, row.headings, row.plan)
            assert told.setdefault(row.id, steady) == steady, row.id
    assert len(told) == 306


def test_the_values_most_asked_about() -> None:
    def said(control: str, name: str) -> list[str]:
        found = [
            value.text_vi
            for level in LEVELS
            for value in (SETS[level].by_id[control].values if control in SETS[level].by_id else ())
            if value.name == name
        ]
        return [re.sub(r" \D+$", "", text.removeprefix("không quá ")) for text in found]

    assert said("NK-10", "log_retention_months") == [f"không dưới {months}" for months in (1, 3, 6, 12)]
    assert said("TK-06", "cycle_months") == ["12", "12", "6", "3", "1"]
    assert said("CH-06", "user_device_lock_min") == ["15"] * 5
    assert said("SL-11", "cycle_months") == ["6", "3"]
    zones = {level: SETS[level].by_id["HT-25"].values[0] for level in (2, 3, 4, 5)}
    assert [len(zone.value) for zone in zones.values() if isinstance(zone.value, tuple)] == [5, 7, 9, 9]
    assert "vùng quản trị thiết bị hệ thống" in zones[4].text_vi


@EVERY_LEVEL
def test_what_the_standard_only_suggests_does_not_bind(level: int) -> None:
    loose = {row.id for row in SETS[level].requirements for value in row.values if not value.binding}
    assert loose == {"CH-06", "CH-07", "TK-09", *(["TT-02"] if level > 1 else [])}


def value(control: str, name: str, level: int = 3) -> SuggestedValue:
    return next(one for one in SETS[level].by_id[control].values if one.name == name)


def test_a_suggested_value_departed_from_asks_for_a_reason_and_does_not_fail() -> None:
    lock = value("CH-06", "user_device_lock_min")
    later = lock.compare(30)
    assert (later.outcome, later.asks_reason, later.fails) == ("weaker", True, False)
    assert lock.compare(15).outcome == "equal"
    assert (lock.compare(5).outcome, lock.compare(5).asks_reason) == ("stricter", False)
    assert lock.compare(None).outcome == "unanswered"
    assert value("TK-09", "pwd_min_without_mfa").compare(12).asks_reason


def test_a_limit_switched_off_is_no_limit() -> None:
    off = value("CH-06", "user_device_lock_min").compare(0)
    assert (off.outcome, off.asks_reason) == ("weaker", True)
    assert value("TK-17", "inactive_days").compare(0).fails


def test_a_required_value_not_reached_fails() -> None:
    kept = value("NK-10", "log_retention_months")
    assert (kept.compare(1).fails, kept.compare(1).asks_reason) == (True, False)
    assert kept.compare(12).outcome == "stricter"
    zones = value("HT-25", "min_zones")
    assert isinstance(zones.value, tuple)
    without = zones.compare(tuple(part for part in zones.value if part != "dmz"))
    assert (without.fails, without.missing) == (True, ("dmz",))
    assert zones.compare((*zones.value, "wan_if_any")).outcome == "stricter"
    assert value("TK-10", "admin_mfa").compare(False).fails
    assert value("SL-06", "backup_rule").compare("2-1-1").fails
    assert value("KT-03", "frequency").compare("mỗi quý").outcome == "equal"


def test_a_value_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="user_device_lock_min"):
        value("CH-06", "user_device_lock_min").compare("15 phút")


@pytest.mark.parametrize("old", LEVELS)
@pytest.mark.parametrize("new", LEVELS)
def test_every_control_of_two_levels_stands_in_exactly_one_list(old: int, new: int) -> None:
    found = LIBRARY.carry_over(old, new)
    shared = [pair.new.id for pairs in (found.stricter, found.eased, found.same) for pair in pairs]
    added, gone = [row.id for row in found.new], [row.id for row in found.gone]
    everything = [*shared, *added, *gone]
    assert len(set(everything)) == len(everything)
    assert set(everything) == set(SETS[old].by_id) | set(SETS[new].by_id)
    assert {*shared, *added} == set(SETS[new].by_id)
    assert {*shared, *gone} == set(SETS[old].by_id)
    assert not (found.stricter if new < old else found.eased)
    for pair in (*found.stricter, *found.eased, *found.same):
        assert (pair.old.id, pair.old.level, pair.new.level) == (pair.new.id, old, new)
    back = LIBRARY.carry_over(new, old)
    assert {row.id for row in back.new} == set(gone)
    if old == new:
        assert (added, gone, found.stricter) == ([], [], ())


def test_a_step_up_is_what_the_rows_say() -> None:
    for old, new in pairwise(LEVELS):
        found = LIBRARY.carry_over(old, new)
        assert {row.id for row in found.new} == {row.id for row in SETS[new].requirements if row.new_here}
        said = {row.id for row in SETS[new].requirements if row.change == "stricter"}
        assert {pair.new.id for pair in found.stricter} == said


def test_levels_do_not_contain_each_other() -> None:
    gone = {new: [row.id for row in LIBRARY.carry_over(new - 1, new).gone] for new in LEVELS[1:]}
    assert gone == {
        2: ["HT-35"],
        3: ["SW-13", "SW-14", "HT-37", "HT-45"],
        4: ["HT-07", "HT-11", "HT-31", "SC-01", "SC-03"],
        5: [],
    }
    assert KEEP_VI == "Khuyến nghị duy trì"
    up = LIBRARY.carry_over(2, 3)
    assert up.continued == {"SW-13": ("PT-03",), "SW-14": ("PT-04",), "HT-37": ("HT-46",)}
    # Left out at level 2, asked for again at level 3: nothing changes for a system that goes from 1 to 3.
    assert "HT-35" in {pair.new.id for pair in LIBRARY.carry_over(1, 3).same}


@given(st.sets(st.sampled_from(sorted(SETS[4].by_id))), st.sets(st.sampled_from(sorted(SETS[4].by_id))))
def test_carry_over_goes_by_control_alone(left: set[str], right: set[str]) -> None:
    def part(names: set[str]) -> RequirementSet:
        groups = tuple(
            group.model_copy(
                update={"requirements": tuple(row for row in group.requirements if row.id in names)}
            )
            for group in SETS[4].groups
        )
        return RequirementSet.model_validate({**dict(SETS[4]), "groups": groups})

    found = carry_over(part(left), part(right))
    assert {row.id for row in found.new} == right - left
    assert {row.id for row in found.gone} == left - right
    assert {pair.new.id for pair in found.same} == left & right
    assert (found.stricter, found.eased) == ((), ())


@EVERY_LEVEL
def test_a_system_of_the_old_decree_learns_what_is_asked_for_and_by_when(level: int) -> None:
    found = LIBRARY.newly_asked(level)
    assert [row.requirement for row in found.rows] == list(SETS[level].requirements)
    assert (found.safe.isoformat(), found.cite) == ("2027-06-30", "116:45.1")
    kinds: list[Novelty] = list(get_args(Novelty))
    assert sum(len(found.of(kind)) for kind in kinds) == len(found.rows)
    new = {row.id.split("-")[0] for row in found.of("new")}
    assert new == {"HW", "SW", "WE", "NCC", *(["KT"] if level > 2 else [])}
    for row in found.rows:
        assert (row.novelty == "new") == (not row.old)
        assert all(old.level == level for old in row.old)


def test_small_places_of_the_old_standard_say_more_where_they_are_known() -> None:
    three = {row.requirement.id: row for row in LIBRARY.newly_asked(3).rows}
    assert three["SL-06"].novelty == "counterpart"
    assert "mục 7.2.4.3 TCVN 11930:2017" in [old.place_vi for old in three["SL-06"].old]
    assert (three["WE-01"].novelty, three["TT-20"].novelty) == ("new", "uncertain")
    # A place that nobody is sure about proves nothing.
    assert three["HW-15"].novelty == "uncertain"
    four = {row.requirement.id: row for row in LIBRARY.newly_asked(4).rows}
    assert LIBRARY.newly_asked(4).of("counterpart") == ()
    assert four["SL-06"].novelty == "uncertain"
    assert {row.novelty for row in asked_rows(SETS[3], (), ())} == {"new"}


WORDS = [
    ("tcvn14423:5", "mục 5 TCVN 14423:2026", "5"),
    ("tcvn14423:5.6.2", "mục 5.6.2 TCVN 14423:2026", "5.6.2"),
    ("tcvn14423:5.6.2.2.b", "điểm b mục 5.6.2.2 TCVN 14423:2026", "5.6.2.2 b)"),
    ("tcvn14423:3.1.a", "điểm a mục 3.1 TCVN 14423:2026", "3.1 a)"),
    ("tcvn14423:a.3.2", "mục A.3.2 Phụ lục A TCVN 14423:2026", "A.3.2"),
]


@pytest.mark.parametrize(("ref", "full", "short"), WORDS)
def test_how_a_place_of_the_standard_is_cited(ref: str, full: str, short: str) -> None:
    citation = LIBRARY.citation(ref)
    assert (citation.full_vi, citation.short_vi) == (full, short)
    assert not LIBRARY.has_citation("tcvn14423:5.99")


def test_a_clause_with_several_requirements_gives_them_all() -> None:
    text = LIBRARY.citation("tcvn14423:5.6.2.2.b").text_vi
    assert len(text.splitlines()) == sum(row.ref.endswith(":5.6.2.2.b") for row in SETS[3].requirements) == 3
    assert LIBRARY.citation("tcvn14423:5.6.2").text_vi == "Các yêu cầu ở 5.6.2.1, 5.6.2.2, 5.6.2.3, 5.6.2.4"


def test_nothing_is_read_before_it_is_asked_for() -> None:
    broken = {name: "level: [" if name in FILES else text for name, text in EMBEDDED.files.items()}
    library = RuleLibrary([RuleSet(broken, "nd331-2026"), LIBRARY.get("nd85-2016")])
    assert library.cite_words("nd331-2026:13.2.a").startswith("điểm a")
    with pytest.raises(RulesetError, match=r"level-2\.yaml.*hỏng"):
        library.requirements(2)


def test_a_level_that_does_not_exist_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="6"):
        LIBRARY.requirements(6)


def changed(name: str, old: str, new: str) -> dict[str, str]:
    path = f"requirements/{name}"
    assert old in EMBEDDED.files[path]
    return {**EMBEDDED.files, path: EMBEDDED.files[path].replace(old, new, 1)}


BROKEN = [
    ("level-3.yaml", "        nature: required\n", "        natur: required\n", ("natur", "sửa tên")),
    ("level-3.yaml", "        checked: null\n", "", ("checked", "thiếu khóa")),
    ("level-3.yaml", "level: 3", "level: 4", ("level", "tên tệp ghi 3")),
    ("level-3.yaml", "- id: RR-02", "- id: RR-01", ("RR-01", "lặp lại")),
    ("level-3.yaml", "- id: RR-02", "- id: HW-99", ("HW-99", "RR")),
    ("level-3.yaml", 'clause: "5.1.2.1.a"', 'clause: "4.1.2.1.a"', ("RR-01", "không thuộc 5.1")),
    ("level-3.yaml", 'clause: "5.1.2.1.a"', 'clause: "5.1.2.9"', ("RR-02", "thứ tự")),
    ("level-3.yaml", 'headings: ["30.3.e"]', 'headings: ["13.2"]', ("RR", "30.3, 30.4")),
    ("level-3.yaml", "{cycle_months: 12}", "{cycle_year: 1}", ("RR-02", "cycle_year", "values.yaml")),
    ("level-3.yaml", "{cycle_months: 12}", "{cycle_months: hai}", ("RR-02", "số nguyên")),
    ("level-3.yaml", "min_zones: [internal,", "min_zones: [inner,", ("HT-25", "inner")),
    ("level-3.yaml", "        kind: technical", "        kind: reference", ("cùng nhau",)),
    ("level-3.yaml", "        nature: required\n", "        nature: conditional\n", ("condition_vi",)),
    ("level-3.yaml", "name_vi: Soát xét quy trình", "name_vi: Xem lại quy trình", ("RR-02", "name_vi")),
    ("level-3.yaml", "change: same", "change: stricter", ("RR-01", "«stricter»", "«same»")),
    ("level-3.yaml", "{cycle_months: 12}", "{cycle_months: 6}", ("RR-02", "«same»", "«stricter»")),
    ("level-2.yaml", "see: [PT-03]", "see: [PT-99]", ("SW-13", "PT-99")),
    ("old-standard.yaml", "groups: [NS]", "groups: [XX]", ("5.1.3", "XX")),
    ("old-standard.yaml", "controls: [NS-03]", "controls: [NS-99]", ("7.1.3.1", "NS-99")),
    ("old-standard.yaml", 'clause: "5.1.2"', 'clause: "5.1.1"', ("5.1.1", "lặp lại")),
    ("old-standard.yaml", "without_counterpart: [HW", "without_counterpart: [HX", ("HX",)),
    ("old-standard.yaml", "due: kept-level", "due: some-day", ("some-day", "transition.yaml")),
    ("old-standard.yaml", "level: 1\n", "level: 7\n", ("5.1.1", "từ 1 đến 5")),
    ("values.yaml", "sense: at_most", "sense: below", ("cycle_months", "below")),
    ("standard.yaml", "edition_vi", "edition", ("edition", "sửa tên")),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), BROKEN, ids=[f"{row[0]} {row[2]}" for row in BROKEN])
def test_a_broken_file_is_named(name: str, old: str, new: str, said: tuple[str, ...]) -> None:
    with pytest.raises(RulesetError) as caught:
        RuleSet(changed(name, old, new), "nd331-2026").check()
    for part in (name, *said):
        assert part in str(caught.value)


def test_the_files_come_together_or_not_at_all() -> None:
    files = {name: text for name, text in EMBEDDED.files.items() if not name.endswith("level-4.yaml")}
    with pytest.raises(RulesetError, match=r"thiếu tệp requirements/level-4\.yaml"):
        RuleSet(files, "nd331-2026")
    files = changed("values.yaml", "", "")
    files["instrument.yaml"] = files["instrument.yaml"].replace("baseline: tcvn14423\n", "")
    with pytest.raises(RulesetError, match=r"instrument\.yaml.*baseline.*requirements/level-1"):
        RuleSet(files, "nd331-2026")
    files = dict(EMBEDDED.files)
    files["instrument.yaml"] = files["instrument.yaml"].replace("baseline: tcvn14423", "baseline: tcvn9")
    with pytest.raises(RulesetError, match="tcvn9"):
        RuleLibrary([RuleSet(files, "nd331-2026"), LIBRARY.get("nd85-2016")])


def without_requirements(version: str) -> RuleSet:
    files = {name: text for name, text in EMBEDDED.files.items() if name not in FILES}
    head = files["instrument.yaml"].replace("baseline: tcvn14423\n", "")
    files["instrument.yaml"] = head.replace(f"version: {EMBEDDED.version}", f"version: {version}")
    return RuleSet(files, "nd331-2026")


def test_a_ruleset_from_before_leaves_the_requirements_of_the_program() -> None:
    library = RuleLibrary.load([without_requirements("2027.1.1").to_package()])
    assert library.get("nd331-2026").version == "2027.1.1"
    assert library.requirements(3) == SETS[3]
    assert library.citation("tcvn14423:5.6") == LIBRARY.citation("tcvn14423:5.6")
    alone = RuleLibrary([without_requirements("2027.1.1"), LIBRARY.get("nd85-2016")])
    with pytest.raises(RulesetError, match="không có yêu cầu cơ bản"):
        alone.requirements(3)
    assert not alone.has_citation("tcvn14423:5.6")


def test_a_package_carries_the_requirements_and_its_hash_covers_them() -> None:
    back = read_package(EMBEDDED.to_package())
    assert back.identity == EMBEDDED.identity
    assert back.baseline is not None
    assert back.baseline.level(3) == SETS[3]
    for name in FILES:
        other = packing.content_hash({**EMBEDDED.files, name: EMBEDDED.files[name] + "# chú thích\n"})
        assert other != EMBEDDED.sha256


def test_what_changes_in_the_requirements_is_said_by_control() -> None:
    files = changed("level-5.yaml", "{cycle_months: 6}", "{cycle_months: 3}")
    said = compare_packages(EMBEDDED, RuleSet(files, "nd331-2026"))
    assert said == ["Yêu cầu cơ bản cấp độ 5: sửa RR-02."]
    assert "Yêu cầu cơ bản theo cấp độ: bỏ." in compare_packages(EMBEDDED, without_requirements("2027.1.1"))


def test_the_files_are_where_the_program_reads_them(tmp_path: Path) -> None:
    folder = package_dir("law", "rulesets", "nd331-2026")
    assert {path.relative_to(folder).as_posix() for path in folder.glob("requirements/*")} == set(FILES)
    package = tmp_path / "bo-luat.zip"
    package.write_bytes(EMBEDDED.to_package())
    with zipfile.ZipFile(package) as archive:
        assert set(FILES) <= set(archive.namelist())
