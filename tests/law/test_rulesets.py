"""The rulesets as shipped: everything cited resolves, everything is reachable, everything is dated."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ruamel.yaml import YAML

from levelkit.domain.citation import split_ref
from levelkit.domain.condition import reads
from levelkit.domain.facts import FACT_CATALOGUE, FACT_ORDER, FactSet
from levelkit.law import RuleLibrary, classify, read_facts_file
from levelkit.law.citations import parse_texts
from levelkit.law.library import ruleset_citations
from levelkit.law.ruleset import criterion_conditions
from levelkit.resources import package_dir
from levelkit.strict_yaml import read_yaml

if TYPE_CHECKING:
    from levelkit.law import RuleSet

LIBRARY = RuleLibrary.load()
NOT_COMPARED = {
    "blld45-2019",
    "nd85-2016",
    "tcvn14423",
    "nd163-2024",
    "tt08-2026-bkhcn",
    "nd47-2011",
    "tt14-2018-btttt",
    "ttlt06-2008",
}
FOLDER = package_dir("law", "rulesets")
CASES = Path(__file__).parent.parent / "cases"
RULESETS = pytest.mark.parametrize("ruleset", LIBRARY.rulesets, ids=lambda ruleset: ruleset.id)


def test_the_rulesets_are_whole() -> None:
    LIBRARY.check()


@RULESETS
def test_every_citation_resolves(ruleset: RuleSet) -> None:
    cited = [ref for _, ref in ruleset_citations(ruleset)]
    assert len(cited) > 50
    assert [ref for ref in cited if not LIBRARY.has_citation(ref)] == []


@RULESETS
def test_every_fact_read_is_in_the_catalogue(ruleset: RuleSet) -> None:
    for item in ruleset.criteria:
        for condition in criterion_conditions(item.criterion):
            assert reads(condition) <= set(FACT_ORDER)
            assert reads(condition) <= ruleset.read_facts


def test_every_fact_is_read_by_some_ruleset_or_chooses_one() -> None:
    read = {"name", "ruleset"}
    for ruleset in LIBRARY.rulesets:
        conditions = [when for item in ruleset.criteria for when in criterion_conditions(item.criterion)]
        conditions += [row.when for row in (*ruleset.warnings, *ruleset.head.applies)]
        read |= {name.partition(".")[0] for condition in conditions for name in reads(condition)}
        read |= {ruleset.national_security.review_fact or "name"}
    assert read >= set(FACT_CATALOGUE)


def _outcomes() -> dict[str, set[str]]:
    outcomes: dict[str, set[str]] = {}
    for name in ("contract.yaml", "nd331-2026.yaml", "nd85-2016.yaml"):
        raw = read_yaml((CASES / name).read_text(encoding="utf-8"))
        base, cases = ({}, raw) if isinstance(raw, list) else (raw["base"], raw["cases"])
        for case in cases:
            facts = FactSet.from_mapping({**base, **case["facts"]})
            for result in classify(LIBRARY, facts).results:
                outcomes.setdefault(result.ref, set()).add(result.outcome.value)
    return outcomes


# Criteria that no common system meets: their cases are the smallest facts that meet them.
SMALLEST = {
    "nd331-2026:11.2": {"kinds": ["other"], "risk_assessed_level": 1},
    "nd331-2026:13.5": {"prime_minister_level": 3},
    "nd331-2026:14.4": {"prime_minister_level": 4},
    "nd331-2026:15.1": {
        "information": ["state_secret"],
        "national_security_harm": "extremely_serious",
        "strategic": True,
    },
    "nd331-2026:15.2": {"nationally_critical_data_store": True},
    "nd331-2026:15.4": {"kinds": ["industrial_control"], "national_security_works": True},
    "nd331-2026:15.5": {"prime_minister_level": 5},
    "nd85-2016:10.4": {"kinds": ["industrial_control"], "construction_grade": "I"},
    "nd85-2016:11.1": {"information": ["state_secret"], "national_security_harm": "extremely_serious"},
    "nd85-2016:11.2": {"nationally_critical_data_store": True},
    "nd85-2016:11.4": {"kinds": ["industrial_control"], "construction_grade": "special"},
    "nd85-2016:11.5": {"prime_minister_level": 5},
}


def test_every_criterion_has_a_case_that_meets_it_and_one_that_does_not() -> None:
    outcomes = _outcomes()
    for ref, facts in SMALLEST.items():
        ruleset = split_ref(ref)[0]
        result = classify(LIBRARY, FactSet.from_mapping({**facts, "ruleset": ruleset})).results
        outcomes.setdefault(ref, set()).update(item.outcome.value for item in result if item.ref == ref)
    for ruleset in LIBRARY.rulesets:
        for item in ruleset.criteria:
            assert outcomes[item.ref] >= {"met", "not_met"}, item.ref


@RULESETS
def test_criteria_stand_in_the_order_of_the_instrument(ruleset: RuleSet) -> None:
    clauses = list(ruleset.texts)
    positions = [clauses.index(item.criterion.id) for item in ruleset.criteria]
    assert positions == sorted(positions)


def test_every_instrument_is_dated_and_every_text_is_there() -> None:
    for instrument_id, instrument in LIBRARY.index.instruments.items():
        # An unofficial copy, a standard that is not free to copy, a text whose validity or amendments nobody
        # could compare: no day is claimed, and each says so.
        compared = instrument.last_verified_on
        assert (compared is None) == (instrument_id in NOT_COMPARED)
        assert (
            "chưa đối chiếu" in instrument.source_vi if compared is None else compared >= date(2026, 11, 23)
        )
        assert instrument.issued <= instrument.effective_from
        for ref in LIBRARY.index.refs(instrument_id):
            citation = LIBRARY.citation(ref)
            assert citation.text_vi.strip() == citation.text_vi
            assert citation.text_vi
            assert citation.full_vi.endswith(instrument.name_vi)
            assert "dd" not in citation.short_vi


@pytest.mark.parametrize(
    "path",
    [*FOLDER.glob("*/articles.yaml"), FOLDER / "sources" / "116.yaml"],
    ids=lambda path: path.parent.name,
)
def test_the_fast_reading_of_texts_is_yaml(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert parse_texts(text, path.name) == YAML(typ="safe", pure=True).load(text)


WORDS = [
    (
        "nd331-2026:13.2.a",
        "điểm a khoản 2 Điều 13 Nghị định số 331/2026/NĐ-CP",
        "Điểm a khoản 2 Điều 13",
        "Đ13.2.a",
    ),
    (
        "nd331-2026:18.3.dd",
        "điểm đ khoản 3 Điều 18 Nghị định số 331/2026/NĐ-CP",
        "Điểm đ khoản 3 Điều 18",
        "Đ18.3.đ",
    ),
    ("nd85-2016:7", "Điều 7 Nghị định số 85/2016/NĐ-CP", "Điều 7", "Đ7"),
    ("116:8.1", "khoản 1 Điều 8 Luật An ninh mạng số 116/2025/QH15", "Khoản 1 Điều 8", "Đ8.1"),
    (
        "luat143-2025:pl4.97",
        "số thứ tự 97 Phụ lục IV Luật Đầu tư số 143/2025/QH15",
        "Số thứ tự 97 Phụ lục IV",
        "PL IV.97",
    ),
    (
        "nd30-2020:pl1.2.8.a",
        "điểm a khoản 8 Mục II Phần I Phụ lục I Nghị định số 30/2020/NĐ-CP",
        "Điểm a khoản 8 Mục II Phần I Phụ lục I",
        "PL I.2.8.a",
    ),
    ("nd331-2026:mau02", "Mẫu số 02 Phụ lục Nghị định số 331/2026/NĐ-CP", "Mẫu số 02 Phụ lục", "Mẫu 02"),
]


@pytest.mark.parametrize(("ref", "full", "clause", "short"), WORDS)
def test_how_places_are_cited(ref: str, full: str, clause: str, short: str) -> None:
    citation = LIBRARY.citation(ref)
    assert (citation.full_vi, citation.clause_vi, citation.short_vi) == (full, clause, short)


def test_texts_are_the_enacted_ones() -> None:
    text = LIBRARY.citation("nd331-2026:13.2.c").text_vi
    assert text.startswith(
        "Cung cấp dịch vụ trực tuyến khác có xử lý thông tin riêng, thông tin cá nhân của từ 100.000"
    )
    whole = LIBRARY.citation("nd331-2026:10.2").text_vi
    assert "a) Khi xác định cấp độ hệ thống thông tin lần đầu;" in whole
    assert "đ) Khi có yêu cầu của cơ quan nhà nước có thẩm quyền." in whole


def test_thresholds_stand_in_the_data() -> None:
    ruleset = LIBRARY.get("nd331-2026")
    assert ruleset.parameter("basic_data_subjects_threshold") == 100_000
    assert ruleset.parameter("sensitive_data_subjects_threshold", date(2026, 11, 23)) == 10_000
    assert LIBRARY.get("nd85-2016").parameter("users_threshold", date(2010, 1, 1)) == 10_000


def test_a_facts_file_of_the_repository_reads(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("ruleset: nd85-2016\nkinds: [internal]\ninformation: [public]\n", encoding="utf-8")
    assert classify(LIBRARY, read_facts_file(path)).deciding == ()
