"""The shipped forms: complete, cited, worded as people read them."""

from __future__ import annotations

import re
import string
import unicodedata

import pytest

from levelkit.domain.facts import FACT_CATALOGUE
from levelkit.questionnaire import load_forms
from levelkit.questionnaire.crosscheck import citations_of
from levelkit.resources import data_dir

from .filler import forms, library

QUESTIONS = forms().questions
TEXTS = [
    (question.id, text)
    for question in QUESTIONS
    for text in (
        *(question.label, question.name, question.help or "", question.why, question.none_label or ""),
        *(question.placeholder or "", question.unit or ""),
        *((question.requirement.title or "", question.requirement.message) if question.requirement else ()),
        *(part for option in question.options for part in (option.label, option.help or "")),
        *(part for column in question.columns for part in (column.label, column.help or "")),
    )
    if text
] + [
    *((f"banner {note.id}", text) for note in forms().banners for text in (note.title, note.text)),
    *((f"check {check.id}", text) for check in forms().checks for text in (check.title, check.message)),
    *((f"notice {notice.code}", notice.title) for notice in forms().notices),
]


def test_every_fact_of_every_ruleset_is_asked():
    asked = set(forms().providers)
    # The ruleset follows from the dates; harm is asked part by part.
    facts = set(FACT_CATALOGUE) - {"ruleset", "harm"}
    facts |= {f"harm.{part.value}" for part in FACT_CATALOGUE["harm"].parts}
    assert facts - asked == set()
    read = set()
    for ruleset in library().rulesets:
        for criterion in ruleset.criteria:
            read |= set(ruleset_reads(criterion))
    assert {fact for fact in read if fact in FACT_CATALOGUE} - asked - {"harm"} == set()


def ruleset_reads(levelled):
    from levelkit.domain.condition import reads
    from levelkit.law.ruleset import criterion_conditions

    for condition in criterion_conditions(levelled.criterion):
        yield from reads(condition)


def test_options_are_the_values_of_the_facts():
    for question in QUESTIONS:
        spec = FACT_CATALOGUE.get((question.fact or "").partition(".")[0])
        if spec is not None and question.options and spec.values:
            assert {option.value for option in question.options} == set(spec.values), question.id


def test_every_citation_resolves():
    refs = {ref for question in QUESTIONS for ref in citations_of(question)}
    refs |= {note.cite for note in forms().banners} | {check.rule for check in forms().checks}
    assert {ref for ref in refs if not library().has_citation(ref)} == set()
    assert load_forms(library().has_citation).sections == forms().sections


def test_every_notice_of_the_law_has_its_place_or_is_asked_for_anyway():
    # Each of these is said by a question of its own, by a banner, or by a finer check.
    elsewhere = {"no-criterion", "transition-39-1", "conditional-lines-not-looked-up"}
    elsewhere |= {"counting-subjects", "harm-not-assessed"}
    codes = {warning.code for ruleset in library().rulesets for warning in ruleset.warnings}
    assert codes - {notice.code for notice in forms().notices} - elsewhere == set()


def test_sections_stand_in_order_and_have_words():
    assert [section.number for section in forms().sections] == list(range(1, 10))
    for section in forms().sections:
        assert section.title
        assert all(group.title and group.questions for group in section.groups)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_every_question_says_what_and_why_and_how_to_decide(question):
    assert question.why.endswith(".")
    assert question.help
    assert question.help.endswith(".")
    if question.id.endswith(".status"):
        assert question.label == "Tình trạng đáp ứng"
    elif question.type in {"yes_no", "single", "multi", "statements", "data_kinds", "business_lines"}:
        assert question.label.endswith("?")
    if not question.label.endswith("?"):
        assert len(question.label) <= 80
    assert not question.name.endswith("?")
    assert len(question.name) <= 100


def test_names_tell_questions_apart():
    names = [question.name for question in QUESTIONS if not question.id.endswith(".status")]
    assert {name for name in names if names.count(name) > 1} <= {
        "Quản lý rủi ro an ninh mạng",
        "Kết thúc vận hành, khai thác, thanh lý, hủy bỏ",
    }


@pytest.mark.parametrize("word", ["vui lòng", "không hợp lệ", "!", "  ", '"', " ,", " .", "bạn", "click"])
def test_words_that_are_not_used(word):
    assert [where for where, text in TEXTS if word in text.lower()] == []


def test_texts_are_nfc_and_without_stray_marks():
    for where, text in TEXTS:
        assert unicodedata.is_normalized("NFC", text), where
        assert text == text.strip(), where
        assert text.count("«") == text.count("»"), where
        assert not re.search(r"[a-zà-ỹ]\(", text), where


def test_gaps_speak_by_their_gravity():
    spoken = [(f"{q.id}", q.requirement.severity, q.requirement.message) for q in QUESTIONS if q.requirement]
    spoken += [(check.id, check.severity, check.message) for check in forms().checks]
    for where, severity, message in spoken:
        assert message.endswith((".", "}")), where
        if "{" in message and message.strip("{}") in {"why", "problem"}:
            continue
        if severity == "error":
            assert re.search(r"\b[Pp]hải\b", message), (where, message)
        elif severity == "warning":
            assert re.search(r"\b[Nn]ên\b", message), (where, message)
            assert "hải " not in message, (where, message)
        else:
            assert not re.search(r"\b[Nn]ên\b|\b[Pp]hải\b", message), (where, message)


def test_own_numbers_and_dates_are_never_asked_for():
    own = [q for q in QUESTIONS if re.fullmatch(r"doc\..+\.(number|date|recipients|addressee|symbol)", q.id)]
    assert len(own) > 30
    assert [question.id for question in own if question.requirement] == []


def test_no_threshold_of_the_law_stands_in_a_form():
    numbers = {
        shown
        for value in library().get("nd331-2026").parameter_values().values()
        for shown in (str(value), f"{value:,}".replace(",", "."))
    }
    for path in data_dir("forms").glob("*.yaml"):
        text = path.read_text("utf-8")
        assert [
            number for number in numbers if re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])", text)
        ] == []


def test_easily_missed_data_are_marked_and_sensitive():
    marked = {
        option.value: option for option in forms().question("data_kinds").options if option.easily_missed
    }
    assert {"id_card_image", "location", "financial_history", "behaviour", "biometric"} == set(marked)
    assert all(option.group == "sensitive" and option.help for option in marked.values())


def test_tables_have_the_columns_of_the_law():
    columns = {q.id: [column.id for column in q.columns] for q in QUESTIONS if q.type == "table"}
    assert columns == {
        "devices": ["name", "model", "quantity", "location", "purpose", "zone"],
        "services": ["name", "servers", "os", "location", "purpose", "zone"],
        "zones": ["name", "private_ip", "public_ip", "vlan", "purpose"],
        "connections": ["from", "to", "content", "frequency"],
        "risk.threats": [
            *("threat", "weakness", "likelihood", "effect", "affected", "harm_subject", "harm_degree"),
            *("capability", "treatment", "measure", "residual_likelihood", "residual_effect"),
            *("owner", "due"),
        ],
    }


def test_check_texts_take_only_plain_placeholders():
    for check in forms().checks:
        names = [
            name for text in (check.title, check.message) for _, name, *_ in string.Formatter().parse(text)
        ]
        given = [name for name in names if name]
        assert all(name.isidentifier() for name in given)
        assert not (check.when and given), "a check by condition has nothing to fill in"
