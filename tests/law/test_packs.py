"""Packs of duties and log retention: what applies to whom, and that the data speak of what exists."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelkit.domain.condition import BoundOperand, ValueOperand, ValuesOperand, children, operand_of
from levelkit.domain.facts import FACT_CATALOGUE, FactSet
from levelkit.domain.plan import row_of
from levelkit.domain.requirement import UNCHECKED_VI, Checked
from levelkit.errors import RulesetError
from levelkit.law import RuleLibrary, business_lines
from levelkit.law.log_retention import log_retention, retention_file
from levelkit.law.packs import DutyPacks, DutyRow, Pack, embedded_packs
from levelkit.law.ruleset import read_model
from levelkit.questionnaire import load_forms
from levelkit.services import derived

if TYPE_CHECKING:
    from collections.abc import Iterator

    from levelkit.domain.condition import Condition
    from levelkit.domain.plan import PlanGroup

LIBRARY = RuleLibrary.load()
FORMS = load_forms(LIBRARY.has_citation)
PACKS = {pack.id: pack for pack in embedded_packs()}
ROWS = [(pack, row) for pack in PACKS.values() for row in pack.rows]
EVERY_ROW = pytest.mark.parametrize(("pack", "row"), ROWS, ids=[f"{p.id}.{r.id}" for p, r in ROWS])
# Ids are what answers hang on: they stay, also when a row moves or is worded anew.
IDS = {
    "nd331": "30-5-a 30-5-b 30-7 5-3-a 28-3 10-2 10-5 10-6 31-2-c-1 31-2-c-2 31-2-d 31-3 33-5 35-4 116-11-1",
    "postal": "P1 P2 P3 P4 P5 P6 P7 P8 P9 P10 P11 P12 P13 P14 P15",
    "telecom": "T1 T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12 T13 T14",
    "personal-data": "D1 D2 D3 D4 D5 D6 D7 D8 D9 D10 D11 D12 D13 D14 D15 D16 D17 D18 D19 D20 D21 D22",
}
NOTHING: dict[str, Any] = {
    "conditional_business_lines": [],
    "information": ["public", "private"],
    "basic_data_subjects": 0,
    "sensitive_data_subjects": 0,
    "data_kinds": [],
    "system.hosting": ["self"],
    "operator.hired_basis": "hiring_unit",
    "derived.at_least": 2,
    "derived.listed": False,
    "plan.network_service_provider": False,
    "plan.sector_information": ["none"],
}
# A system inside the enterprise: nobody asks it for a business line.
INSIDE = {name: value for name, value in NOTHING.items() if name != "conditional_business_lines"}
OPEN: dict[str, Any] = {}
POSTAL = NOTHING | {"conditional_business_lines": [52, 97]}
PERSONAL = NOTHING | {"information": ["public", "personal"]}


def groups(answers: dict[str, Any]) -> dict[str, PlanGroup]:
    return {group.id: group for group in LIBRARY.packs(answers.get)}


def rows(answers: dict[str, Any], pack: str) -> set[str]:
    found = groups(answers).get(pack)
    return set() if found is None else {row.id.removeprefix(f"{pack}.") for row in found.rows}


def leaves(condition: Condition) -> Iterator[Condition]:
    parts = children(condition)
    for part in parts:
        yield from leaves(part)
    if not parts:
        yield condition


CONDITIONS = [
    *LIBRARY.duties.reads(),
    *(("packs/log-retention", time.when) for time in retention_file().others),
]


def test_ids_stay() -> None:
    assert {pack.id: " ".join(row.id for row in pack.rows) for pack in PACKS.values()} == IDS
    for pack, row in ROWS:
        assert row_of(f"req.{pack.id}.{row.id}") == f"{pack.id}.{row.id}"


@pytest.mark.parametrize(("where", "condition"), CONDITIONS, ids=[where for where, _ in CONDITIONS])
def test_conditions_read_what_exists(where: str, condition: Condition) -> None:
    for test in leaves(condition):
        operand = operand_of(test)
        values: tuple[Any, ...] = ()
        if isinstance(operand, ValuesOperand):
            values = operand.values
        elif isinstance(operand, ValueOperand | BoundOperand):
            values = (operand.value,)
        name = operand.of
        if name in FACT_CATALOGUE:
            fact = FACT_CATALOGUE[name]
            if fact.options:
                assert set(values) <= set(fact.values), where
            elif fact.type == "lines":
                assert all(fact.allowed[0] <= value <= fact.allowed[1] for value in values), where
            else:
                assert {type(value) for value in values} <= {int}, where
        elif FORMS.has_question(name):
            question = FORMS.question(name)
            allowed: set[Any] = {option.value for option in question.options}
            if question.type == "level":
                allowed = {1, 2, 3, 4, 5}
            if question.type == "yes_no":
                allowed = {True, False}
            assert set(values) <= allowed, where
        else:
            assert name.startswith("derived."), where


def test_what_is_read_of_the_result_is_supplied() -> None:
    supplied = derived.derive(LIBRARY, FactSet.from_mapping({}), {}).for_forms()
    named = {operand_of(test).of for _, condition in CONDITIONS for test in leaves(condition)}
    assert {name for name in named if name.startswith("derived.")} <= set(supplied)


def test_lines_are_the_ones_meant() -> None:
    lines = business_lines(date(2026, 11, 24))
    assert "bưu chính" in lines.name(97)
    assert "viễn thông" in lines.name(98)
    for number, word in {186: "ngân hàng", 187: "tín dụng", 189: "thanh toán", 190: "tín dụng"}.items():
        assert word in lines.name(number)


@EVERY_ROW
def test_rows_are_complete(pack: Pack, row: DutyRow) -> None:
    assert all(LIBRARY.has_citation(ref) for ref in row.refs)
    for text in (row.summary_vi, pack.meaning_vi, *(way.why_vi for way in pack.ways)):
        assert text.endswith(".")
        assert "\n" not in text
    assert not row.name_vi.endswith(".")
    assert not row.evidence_vi.endswith(".")
    assert not row.condition_vi or row.condition_vi.startswith("nếu ")
    assert len(row.name_vi) <= 70


@EVERY_ROW
def test_a_text_that_nobody_compared_asks_to_be_compared(pack: Pack, row: DutyRow) -> None:
    asked = next(made for made in all_rows(pack.id) if made.id == f"{pack.id}.{row.id}")
    uncompared = any(LIBRARY.citation(ref).last_verified_on is None for ref in row.refs)
    assert asked.notice_vi == UNCHECKED_VI if uncompared else asked.notice_vi in {"", UNCHECKED_VI}


def all_rows(pack_id: str) -> list[Any]:
    always = DutyPacks(
        LIBRARY.index,
        "nd331-2026",
        [
            pack.model_copy(
                update={
                    "ways": tuple(way.model_copy(update={"when": None}) for way in pack.ways),
                    "rows": tuple(row.model_copy(update={"when": None}) for row in pack.rows),
                }
            )
            for pack in PACKS.values()
            if pack.id == pack_id
        ],
    )
    return list(always.applying(OPEN.get)[0].rows)


def test_a_row_says_where_it_stands() -> None:
    made = {row.id: row for pack in PACKS for row in all_rows(pack)}
    own, other = made["nd331.30-7"], made["postal.P3"]
    assert own.place_vi == "Đ30.7"
    assert other.place_vi == "Đ29.10 Luật Bưu chính"
    assert other.cite_vi == "khoản 10 Điều 29, khoản 15 Điều 3 Luật Bưu chính số 49/2010/QH12"
    assert other.plan == ("nd331-2026:29.2.b",)
    assert set(other.headings) <= set(LIBRARY.index.refs("nd331-2026"))


@pytest.mark.parametrize(
    ("pack", "answers", "others"),
    [
        ("postal", POSTAL, NOTHING | {"conditional_business_lines": [98]}),
        ("telecom", NOTHING | {"conditional_business_lines": [98]}, POSTAL),
        ("postal", INSIDE | {"plan.sector_information": ["postal"]}, INSIDE),
        ("telecom", INSIDE | {"plan.sector_information": ["telecom", "postal"]}, INSIDE),
        ("personal-data", PERSONAL, NOTHING),
        ("personal-data", NOTHING | {"basic_data_subjects": 1}, NOTHING),
        ("personal-data", NOTHING | {"sensitive_data_subjects": 1}, NOTHING),
    ],
)
def test_a_pack_applies_by_the_answers_and_says_why(
    pack: str, answers: dict[str, Any], others: dict[str, Any]
) -> None:
    found = groups(answers)
    assert pack in found
    assert found[pack].kind == "duty"
    assert len(found[pack].why_vi.splitlines()) == 1
    assert pack not in groups(others)
    assert pack not in {group.id for group in LIBRARY.possible_packs(others.get)}


def test_the_duties_of_the_decree_come_first_and_always() -> None:
    assert list(groups({})) == ["nd331"]
    assert next(iter(groups(POSTAL | PERSONAL))) == "nd331"


def test_what_is_not_known_applies_nothing_and_is_told() -> None:
    told = {group.id: group for group in LIBRARY.possible_packs(OPEN.get)}
    assert set(told) == {"postal", "telecom", "personal-data"}
    assert all(group.why_vi and not group.rows for group in told.values())
    one_number: dict[str, Any] = {"basic_data_subjects": 0, "information": []}
    # One number is enough to know; the other may stay open.
    assert "personal-data" in groups({"basic_data_subjects": 5})
    assert "personal-data" in {group.id for group in LIBRARY.possible_packs(one_number.get)}


@pytest.mark.parametrize(
    ("pack", "row", "yes", "no"),
    [
        ("nd331", "30-5-a", {"derived.at_least": 3}, {"derived.at_least": 4}),
        ("nd331", "30-5-a", {"derived.at_least": 3}, {"derived.at_least": 3, "proposed_level": 4}),
        ("nd331", "30-5-b", {"derived.at_least": 2, "proposed_level": 4}, {"derived.at_least": 3}),
        ("nd331", "5-3-a", {"operator.hired_basis": "contract"}, {"operator.hired_basis": "handover"}),
        ("nd331", "31-2-c-2", {"derived.at_least": 5}, {"derived.at_least": 4}),
        ("nd331", "31-2-c-2", {"derived.listed": True}, {}),
        ("nd331", "116-11-1", {"derived.listed": True}, {}),
        ("personal-data", "D9", {"data_kinds": ["biometric"]}, {"data_kinds": ["name", "id_card_image"]}),
        ("personal-data", "D13", {"data_kinds": ["id_card_image"]}, {"data_kinds": ["name", "address"]}),
        ("personal-data", "D13", {"sensitive_data_subjects": 3}, {}),
        ("personal-data", "D14", {"system.hosting": ["self", "cloud"]}, {"system.hosting": ["hired_dc"]}),
        ("personal-data", "D19", {"data_kinds": ["financial_history"]}, {"data_kinds": ["location"]}),
        ("personal-data", "D19", {"conditional_business_lines": [189]}, {"conditional_business_lines": [97]}),
        ("personal-data", "D21", {"data_kinds": ["location"]}, {"data_kinds": ["biometric"]}),
        ("personal-data", "D22", {"data_kinds": ["biometric"]}, {"data_kinds": ["location"]}),
    ],
)
def test_a_row_is_asked_only_where_it_concerns(
    pack: str, row: str, yes: dict[str, Any], no: dict[str, Any]
) -> None:
    assert row in rows(PERSONAL | yes, pack)
    assert row not in rows(PERSONAL | no, pack)


def test_every_conditional_row_is_in_the_cases_above() -> None:
    marks = test_a_row_is_asked_only_where_it_concerns.pytestmark
    cases = {case[:2] for case in marks[0].args[1]}
    assert {(pack.id, row.id) for pack, row in ROWS if row.when is not None} == cases


def test_no_row_asks_again_what_a_question_with_a_status_asks() -> None:
    asked = {
        question.cite
        for question in FORMS.questions
        if FORMS.has_question(f"{question.id}.status") and question.cite is not None
    }
    assert {"nd331-2026:30.8.a", "nd331-2026:30.6"} <= asked
    assert not asked & {row.refs[0] for _, row in ROWS}


@given(
    known=st.dictionaries(st.sampled_from(sorted(NOTHING)), st.booleans(), max_size=len(NOTHING)),
    answers=st.sampled_from([NOTHING, POSTAL, PERSONAL]),
)
def test_a_forgotten_answer_never_adds_a_pack(known: dict[str, bool], answers: dict[str, Any]) -> None:
    partly = {name: value for name, value in answers.items() if known.get(name, True)}
    assert set(groups(partly)) <= set(groups(answers))


@pytest.mark.parametrize(
    ("level", "provider", "months", "counted"),
    [
        (1, False, 0, []),
        (1, True, 12, [12]),
        (2, False, 1, [1]),
        (3, False, 3, [3]),
        (3, True, 12, [12, 3]),
        (4, None, 6, [6]),
        (5, True, 12, [12, 12]),
    ],
)
def test_the_longest_time_wins_and_the_open_one_is_told(
    level: int, provider: bool | None, months: int, counted: list[int]
) -> None:
    answers: dict[str, Any] = {"plan.network_service_provider": provider}
    kept = LIBRARY.log_retention(level, answers.get)
    assert kept.months == months
    open_ones = [source for source in kept.sources if source[2].startswith("Cần xác định")]
    assert [source[0] for source in kept.sources if source not in open_ones] == counted
    assert len(open_ones) == (provider is None)
    assert all("TCVN" in cite or "Nghị định" in cite for _, cite, _ in kept.sources)


def test_the_time_of_the_standard_is_the_value_of_its_requirement() -> None:
    asked = LIBRARY.requirements(4)
    kept = log_retention(asked, LIBRARY.cite_words, NOTHING.get)
    row = asked.by_id["NK-10"]
    assert kept.sources == ((6, LIBRARY.cite_words(row.ref), kept.sources[0][2]),)
    assert "4" in kept.sources[0][2]


ALWAYS_ON: dict[str, Any] = {"always_on": True}
GOOD = """
id: thu
name_vi: Thử
meaning_vi: Thử.
open_vi: Chưa rõ.
ways:
  - {when: {is: {of: always_on, value: true}}, why_vi: Vì thử.}
rows:
  - id: A1
    refs: ["luat49-2010:4.2"]
    name_vi: Việc
    summary_vi: Làm.
    evidence_vi: Giấy
    headings: ["30.3.a"]
    plan: ["29.2.b"]
    confidence: high
    compared: true
"""


def broken(old: str, new: str) -> DutyPacks:
    assert old in GOOD
    pack = read_model(GOOD.replace(old, new), Pack, "packs/thu.yaml")
    return DutyPacks(LIBRARY.index, "nd331-2026", [pack])


def test_a_sound_pack_is_taken() -> None:
    packs = broken("thu", "thu")
    packs.check()
    assert [row.id for row in packs.applying(ALWAYS_ON.get)[0].rows] == ["thu.A1"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"luat49-2010:4.2"', '"luat49-2010:99"', "luat49-2010:99"),
        ('"luat49-2010:4.2"', '"khong-co:1"', "khong-co:1"),
        ('"luat49-2010:4.2"', '"ttlt06-2008:2.1"', "compared: false"),
        ('"30.3.a"', '"29.2.a"', "30.3"),
        ('"29.2.b"', '"30.4.a"', "29.2"),
        ('"29.2.b"', '"29.2.z"', "29.2.z"),
        ("confidence: high", "confidence: high\n    when: {known: {of: always_on}}", "condition_vi"),
        ("open_vi: Chưa rõ.", "open_vi: ''", "open_vi"),
        ("when: {is: {of: always_on, value: true}}, ", "", "open_vi"),
        ("{is: {of: always_on, value: true}}", "{at_least: {of: as_of, parameter: x}}", "tham số"),
    ],
)
def test_a_broken_pack_is_told_with_its_place(old: str, new: str, told: str) -> None:
    with pytest.raises(RulesetError, match="packs/thu") as caught:
        broken(old, new).check()
    assert told in str(caught.value)


def test_a_row_twice_is_told() -> None:
    pack = read_model(GOOD, Pack, "packs/thu.yaml")
    twice = pack.model_copy(update={"rows": pack.rows * 2})
    with pytest.raises(RulesetError, match="lặp lại"):
        DutyPacks(LIBRARY.index, "nd331-2026", [twice]).check()


@pytest.mark.parametrize("slip", ["sumary_vi: x", "confidence: sure", "id: a b"])
def test_a_slip_in_a_row_is_told(slip: str) -> None:
    key = slip.partition(":")[0]
    text = (
        GOOD.replace("    confidence: high\n", f"    {slip}\n") if key != "id" else GOOD.replace("A1", "a b")
    )
    with pytest.raises(RulesetError, match="packs/thu"):
        read_model(text, Pack, "packs/thu.yaml")


def test_who_compared_a_row_stands_on_it() -> None:
    pack = read_model(GOOD, Pack, "packs/thu.yaml")
    checked = Checked(by="Nguyễn Văn A", on=date(2026, 12, 1), edition_vi="Công báo số 1")
    row = pack.rows[0].model_copy(update={"compared": False, "checked": checked})
    packs = DutyPacks(LIBRARY.index, "nd331-2026", [pack.model_copy(update={"rows": (row,)})])
    notice = packs.applying(ALWAYS_ON.get)[0].rows[0].notice_vi
    assert notice == "Đã đối chiếu Công báo số 1, 01/12/2026, Nguyễn Văn A"
