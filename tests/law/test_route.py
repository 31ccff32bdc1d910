"""Documents, authorities and time limits by level and situation; the transition; the business lines."""

from __future__ import annotations

from datetime import date

import pytest

from levelkit.domain.facts import FactSet
from levelkit.law import RuleLibrary, business_lines, transition_deadlines

LIBRARY = RuleLibrary.load()
NEW, OLD = LIBRARY.get("nd331-2026"), LIBRARY.get("nd85-2016")


def documents(
    level: int, *, listed: bool = False, stage: str = "in_operation"
) -> list[tuple[str, str, str | None]]:
    route = NEW.route(level, listed=listed, project_stage=stage, ministry="none")
    return [(row.document, row.issuer, row.addressee) for row in route.documents]


def test_documents_of_levels_one_and_two() -> None:
    wanted = [
        ("thuyet-minh", "operator", None),
        ("mau-01", "operator", "security_unit"),
        ("quyet-dinh-cap-do-1-2", "security_unit", None),
        ("bao-cao-chu-quan", "security_unit", "owner"),
    ]
    assert documents(1) == documents(2) == wanted
    # Being listed is for levels 3 and up (Đ20.4).
    assert documents(2, listed=True) == wanted
    ours = {
        row.document
        for row in NEW.route(1, listed=False, project_stage="in_operation", ministry="none").documents
        if row.ours
    }
    assert ours == {"quyet-dinh-cap-do-1-2", "bao-cao-chu-quan"}


def test_documents_of_level_three() -> None:
    assert documents(3) == [
        ("thuyet-minh", "operator", None),
        ("mau-02", "operator", "appraiser"),
        ("mau-05", "operator", "owner"),
        ("mau-06", "owner", None),
    ]


LISTED = [
    ("thuyet-minh", "operator", None),
    ("bao-cao-rui-ro", "operator", None),
    ("mau-03", "operator", "security_unit"),
    ("mau-02", "owner", "ministry"),
    ("mau-05", "operator", "owner"),
    ("mau-07", "owner", None),
]


def test_documents_of_level_four_and_five_and_of_the_list() -> None:
    assert documents(4) == [*LISTED[:-1], ("mau-06", "owner", None)]
    assert documents(5) == documents(4, listed=True) == documents(3, listed=True) == LISTED


def test_stages_of_documents() -> None:
    route = NEW.route(4, listed=False, project_stage="in_operation", ministry="none")
    stages = {row.document: row.stage for row in route.documents}
    assert stages == {
        "thuyet-minh": "appraisal",
        "bao-cao-rui-ro": "appraisal",
        "mau-03": "appraisal",
        "mau-02": "appraisal",
        "mau-05": "approval",
        "mau-06": "approval",
    }


@pytest.mark.parametrize("stage", ["new_build", "upgrade", "hired_service"])
def test_in_a_project_the_investor_prepares(stage: str) -> None:
    route = NEW.route(3, listed=False, project_stage=stage, ministry="none")
    assert {row.document: row.issuer for row in route.documents} == {
        "thuyet-minh": "investor",
        "mau-02": "investor",
        "mau-05": "investor",
        "mau-06": "owner",
    }
    assert route.design_document_cite == "nd331-2026:21.2.a"
    assert any("Khuyến khích phê duyệt" in note for note in route.notes_vi)
    running = NEW.route(3, listed=False, project_stage="in_operation", ministry="none")
    assert running.design_document_cite == "nd331-2026:21.2.b"


@pytest.mark.parametrize(
    ("level", "listed", "ministry", "wanted"),
    [
        (2, False, "none", {"appraise": "nd331-2026:18.1", "approve": "nd331-2026:18.1"}),
        (3, False, "bo_cong_an", {"appraise": "nd331-2026:18.2.a", "approve": "nd331-2026:18.2.b"}),
        (
            4,
            False,
            "none",
            {"opinion": "nd331-2026:20.1.d", "appraise": "nd331-2026:18.3.a", "approve": "nd331-2026:18.3.d"},
        ),
        (
            4,
            False,
            "bo_quoc_phong",
            {"opinion": "nd331-2026:20.1.d", "appraise": "nd331-2026:18.3.b", "approve": "nd331-2026:18.3.d"},
        ),
        (
            5,
            False,
            "ban_co_yeu",
            {
                "opinion": "nd331-2026:20.1.d",
                "appraise": "nd331-2026:18.3.c",
                "approve": "nd331-2026:18.3.d",
                "approve_list": "nd331-2026:18.3.dd",
            },
        ),
        (
            3,
            True,
            "none",
            {
                "opinion": "nd331-2026:20.4",
                "appraise": "nd331-2026:20.4",
                "approve": "nd331-2026:20.4",
                "approve_list": "nd331-2026:20.4",
            },
        ),
    ],
)
def test_authorities(level: int, listed: bool, ministry: str, wanted: dict[str, str]) -> None:
    route = NEW.route(level, listed=listed, project_stage="in_operation", ministry=ministry)
    assert {row.act: row.cite for row in route.authorities} == wanted
    assert route.opinion_needed is ("opinion" in wanted)


@pytest.mark.parametrize("ministry", ["none", "bo_quoc_phong", "bo_cong_an", "ban_co_yeu"])
@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("listed", [False, True])
def test_every_situation_has_one_of_each(ministry: str, level: int, listed: bool) -> None:
    for ruleset in (NEW, OLD):
        route = ruleset.route(level, listed=listed, project_stage="upgrade", ministry=ministry)
        acts = [row.act for row in route.authorities]
        assert len(acts) == len(set(acts))
        assert {"appraise", "approve"} <= set(acts)
        steps = [row.step for row in route.time_limits]
        assert len(steps) == len(set(steps))
        names = [row.document for row in route.documents]
        assert len(names) == len(set(names))


def limits(level: int, *, old: bool = False) -> dict[str, tuple[int | None, str]]:
    route = (OLD if old else NEW).route(level, listed=False, project_stage="in_operation", ministry="none")
    return {row.step: (row.value, row.unit) for row in route.time_limits}


def test_time_limits_are_in_the_unit_of_their_decree() -> None:
    assert limits(3) == {
        "reply": (5, "working_days"),
        "appraise": (15, "working_days"),
        "approve": (7, "working_days"),
    }
    assert limits(5)["appraise"] == (25, "working_days")
    assert limits(2)["appraise"] == (None, "working_days")
    assert limits(3, old=True) == {"appraise": (15, "days"), "approve": (7, "working_days")}
    assert limits(4, old=True)["appraise"] == (30, "days")


def test_the_old_decree_classifies_and_renders_nothing() -> None:
    assert (NEW.renders_dossier, OLD.renders_dossier) == (True, False)
    assert "331/2026" in OLD.why_not_vi
    assert OLD.route(3, listed=False, project_stage="in_operation", ministry="none").documents == ()


def test_a_running_system_never_classified_has_no_period_of_grace() -> None:
    facts = FactSet.from_mapping({"in_operation_since": "2019-05-01"})
    (deadline,) = transition_deadlines(LIBRARY, facts)
    assert deadline.safe == deadline.literal == date(2026, 8, 19)
    assert transition_deadlines(LIBRARY, facts, {"previous.ruleset": "nd331-2026"}) == ()
    assert transition_deadlines(LIBRARY, FactSet()) == ()


def test_safe_dates_come_before_literal_ones() -> None:
    for row in NEW.transition:
        assert row.safe <= row.literal


def test_the_list_of_business_lines() -> None:
    lines = business_lines(date(2026, 11, 23))
    assert [item.number for item in lines.items] == list(range(1, 199))
    assert (lines.valid_from, lines.valid_to) == (date(2026, 7, 1), date(2027, 2, 28))
    assert lines.covers(date(2027, 2, 28))
    assert not lines.covers(date(2027, 3, 1))
    # The list of 2027 is not known: the newest known one stands in, and says so.
    assert business_lines(date(2027, 3, 1)) == lines
    assert "01/3/2027" in lines.note_vi
    assert lines.name(97) == "Kinh doanh dịch vụ bưu chính"
    assert lines.items_usual("bưu chính")[0].number == 97
    assert LIBRARY.citation(lines.cite).clause_vi == "Phụ lục IV"


def test_searching_lines_needs_no_accents() -> None:
    lines = business_lines()
    found = lines.search("van tai duong bo")
    assert [match.line.number for match in found] == [61]
    name = found[0].line.name_vi
    assert [name[start:end] for start, end in found[0].spans] == ["vận", "tải", "đường", "bộ"]
    assert {match.line.number for match in lines.search("BƯU CHÍNH")} == {97}
    assert 97 in {match.line.number for match in lines.search("97")}
    assert len(lines.search("")) == 198
    assert lines.search("không có ngành này") == ()


@pytest.mark.parametrize(("level", "listed"), [(5, False), (3, True), (4, True)])
def test_who_submits_the_list_in_the_military_field(level: int, *, listed: bool) -> None:
    def notes(ministry: str) -> str:
        route = NEW.route(level, listed=listed, project_stage="in_operation", ministry=ministry)
        return "\n".join(route.notes_vi)

    assert "Bộ Quốc phòng phê duyệt phương án" in notes("bo_quoc_phong")
    assert "Bộ Công an trình" not in notes("bo_quoc_phong")
    assert "Bộ Quốc phòng phê duyệt phương án" not in notes("none")
    assert ("Bộ Công an trình" in notes("none")) is (level == 5)
