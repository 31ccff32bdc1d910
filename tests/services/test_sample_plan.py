"""The security plans of the sample: nothing missing, nothing unknown, words an appraiser can read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date

import pytest

from levelkit.domain.plan import KEY, RequirementAnswer
from levelkit.domain.plan_gaps import row_gaps
from levelkit.dossier.renderer import render_html
from levelkit.services import render
from levelkit.services.sample import sample_answers
from levelkit.services.sample_plan import sample_plans, sample_shared
from levelkit.services.workspace import Workspace
from tests.services.sample_words import strange_words

COMPLETE = {"HT-03": 195, "HT-06": 129, "HT-11": 109}
DRAFTS = {"HT-09": (4, "HT-03"), "HT-07": (2, "HT-06")}


@pytest.fixture(scope="module")
def workspace(sample_path):
    with Workspace.open(sample_path, readonly=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def plans():
    return {
        code: {key.removeprefix(KEY): RequirementAnswer.model_validate(value) for key, value in rows.items()}
        for code, rows in sample_plans().items()
    }


@pytest.fixture(scope="module")
def shared():
    return sample_shared()


def _words(answer):
    return [answer.how, answer.reason, answer.unit, answer.todo, *answer.value_reasons.values()]


def _texts(plans, shared):
    for code, rows in plans.items():
        for row_id, answer in rows.items():
            for text in _words(answer):
                yield f"{code} {row_id}", text
    for measure in shared.measures:
        for text in (measure.title, measure.text, measure.unit):
            yield measure.id, text
    for proof in shared.evidence:
        for text in (proof.title, proof.number, proof.issuer, proof.note):
            yield proof.id, text


@pytest.mark.parametrize(("code", "rows"), COMPLETE.items())
def test_every_row_is_answered_and_none_that_is_not_asked(workspace, plans, code, rows):
    book = workspace.session(code).plan
    asked = {row.id for row in book.rows}
    assert sum(len(group.rows) for group in book.groups if group.kind == "baseline") == rows
    assert set(plans[code]) == asked
    counts = book.counts()
    assert (counts.filled, counts.open, counts.taken_over) == (counts.total, 0, 0)


def test_level_three_is_a_believable_mixture(plans):
    found = Counter(answer.status for row_id, answer in plans["HT-03"].items() if "." not in row_id)
    assert 140 <= found["met"] <= 160
    assert 20 <= found["partly"] <= 30
    assert 6 <= found["not_met"] <= 10
    assert found["not_applicable"] >= 8


@pytest.mark.parametrize(("code", "expected"), DRAFTS.items())
def test_drafts_are_half_answered_and_partly_taken_over(workspace, plans, code, expected):
    level, source = expected
    book = workspace.session(code).plan
    assert book.level == level
    baseline = {row.id for group in book.groups if group.kind == "baseline" for row in group.rows}
    answered = baseline & set(plans[code])
    assert 0.4 <= len(answered) / len(baseline) <= 0.6
    assert set(plans[code]) <= {row.id for row in book.rows}
    taken = [answer.taken_from for answer in plans[code].values() if answer.taken_from is not None]
    assert taken == [source] * book.counts().taken_over
    assert len(taken) >= 5


def test_rows_lack_nothing_but_evidence(workspace, plans, shared):
    """Values are compared, deviations explained, plans dated; the day is that of the dossier."""
    proofs = {proof.id: proof for proof in shared.evidence}
    of_measure = {measure.id: measure.evidence for measure in shared.measures}
    for code in COMPLETE:
        rows = {row.id: row for row in workspace.session(code).plan.rows}
        for row_id, answer in plans[code].items():
            named = {*answer.evidence, *(one for key in answer.measures for one in of_measure[key])}
            gaps = row_gaps(rows[row_id], answer, tuple(proofs[one] for one in named), day=date(2026, 11, 2))
            assert {gap.kind for gap in gaps} <= {"evidence"}, (code, row_id, gaps)
            if answer.status in {"met", "partly"}:
                assert {value.name for value in rows[row_id].values} == set(answer.values), (code, row_id)


def test_work_to_be_done_is_dated_after_the_dossier_and_within_the_next_year(plans):
    for code, rows in plans.items():
        for row_id, answer in rows.items():
            if answer.status in {"partly", "not_met"}:
                assert answer.due is not None, (code, row_id)
                assert date(2026, 11, 2) < answer.due <= date(2027, 12, 31), (code, row_id)


def test_proofs_are_older_than_the_dossiers_and_their_files_are_kept(workspace, shared):
    assert 25 <= len(shared.measures) <= 40
    assert 40 <= len(shared.evidence) <= 70
    for proof in shared.evidence:
        assert date(2018, 1, 1) < proof.dated <= date(2026, 11, 2), proof.id
        if proof.file is not None:
            assert (
                workspace.session("HT-03").attachment_bytes(proof.file.sha256)
                == shared.contents[proof.file.sha256]
            )
    assert [proof.id for proof in shared.evidence if proof.expired_on(date(2026, 11, 2))] == ["MC-60"]
    assert sum(proof.expires is not None and proof.expires.year == 2026 for proof in shared.evidence) == 2


def test_every_measure_serves_some_row_and_some_serve_many_systems(workspace, shared):
    served = {measure.id: workspace.shared.uses(measure.id) for measure in shared.measures}
    assert [key for key, uses in served.items() if not uses] == []
    assert sum(len(uses) >= 3 for uses in served.values()) >= 15


def test_words_are_clean(plans, shared):
    for place, text in _texts(plans, shared):
        assert unicodedata.is_normalized("NFC", text), place
        assert not re.search(r"  |!|\s[,.;:]|,,|\.\.|\(\s|\s\)|\n", text), (place, text)
        assert text == text.strip(), place
        assert strange_words(text) == set(), place


def test_a_row_is_told_in_a_few_sentences(plans):
    for code, rows in plans.items():
        for row_id, answer in rows.items():
            said = answer.reason if answer.status == "not_applicable" else answer.how
            assert 30 <= len(said) <= 500, (code, row_id, len(said))
            assert said.endswith(".") == (answer.status != "not_applicable"), (code, row_id)


def test_no_two_rows_of_a_system_say_the_same(plans):
    for code, rows in plans.items():
        said = Counter(answer.how for answer in rows.values() if answer.how)
        assert [text for text, times in said.items() if times > 1] == [], code


def test_plans_are_among_the_answers_that_a_workspace_gets():
    assert {
        code
        for code, system in sample_answers().items()
        if any(key.startswith(KEY) for key in system.answers)
    } == {
        *COMPLETE,
        *DRAFTS,
    }


@pytest.mark.parametrize(
    ("code", "documents"),
    [
        ("HT-09", {"thuyet-minh", "bao-cao-rui-ro", "mau-02", "mau-03"}),
        ("HT-07", {"thuyet-minh", "mau-01", "quyet-dinh-cap-do-1-2"}),
    ],
)
def test_a_plan_answered_in_part_becomes_a_draft_that_tells_what_was_taken_over(
    workspace, tmp_path, code, documents
):
    job = render.prepare_job(workspace, [code], tmp_path, draft=True)
    (part,) = job.content.systems
    job.discard()
    assert documents <= {wanted.document for wanted in part.documents}
    assert all(wanted.draft for wanted in part.documents)
    text = " ".join(re.sub(r"<[^>]+>", " ", render_html(part.context, "thuyet-minh")).split())
    assert f"Lấy từ hồ sơ {DRAFTS[code][1]}, chưa xác nhận" in text
