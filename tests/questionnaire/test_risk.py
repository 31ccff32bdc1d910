"""The shipped method and catalogue of risks; broken files are refused by name and key."""

from __future__ import annotations

import shutil

import pytest

from levelkit.domain.fact_catalogue import FACT_CATALOGUE
from levelkit.errors import FormError
from levelkit.law import RuleLibrary, business_lines
from levelkit.questionnaire import normalise
from levelkit.questionnaire.risk import load_catalogue, load_method, risk_catalogue, risk_method
from levelkit.resources import data_dir

from .filler import forms

SHIPPED = data_dir("forms") / "risk"


def test_the_method_says_whose_it_is_and_cites_who_will_issue_one():
    method = risk_method()
    assert "không do cơ quan nhà nước ban hành" in method.statement
    library = RuleLibrary.load()
    assert all(library.has_citation(ref) for ref in method.cites)
    assert [method.band(score).name for score in (1, 9, 12, 25)] == ["Thấp", "Trung bình", "Cao", "Rất cao"]


def test_every_kind_of_system_has_its_threats():
    catalogue = risk_catalogue()
    for kind in catalogue.kinds:
        assert sum(kind.id in entry.kinds for entry in catalogue.entries) >= 5, kind.id
        assert set(kind.suits) <= set(FACT_CATALOGUE["kinds"].values)
        assert set(kind.lines) <= {line.number for line in business_lines(None).items}


def test_every_entry_becomes_a_row_that_lacks_the_scores_alone():
    question = forms().question("risk.threats")
    for entry in risk_catalogue().entries:
        (row,) = normalise(question, [entry.row()])
        given = {key for key, value in row.items() if value is not None}
        assert given == {"threat", "weakness", "affected", "harm_subject", "measure"}


def test_no_two_entries_name_the_same_threat():
    threats = [entry.threat for entry in risk_catalogue().entries]
    assert len(set(threats)) == len(threats)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("kinds: [postal]", "kinds: [thu]", "«thu»"),
        ("id: postal-cod", "id: postal-label", "postal-label"),
        ("subject: rights", "subject: quyen", "subject"),
        ("    weakness:", "    diem_yeu:", "weakness"),
    ],
)
def test_a_broken_catalogue_is_refused_by_name(tmp_path, old, new, words):
    path = shutil.copy(SHIPPED / "catalogue.yaml", tmp_path / "catalogue.yaml")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(FormError, match=r"catalogue\.yaml") as raised:
        load_catalogue(path)
    assert words in str(raised.value)


def test_a_broken_method_is_refused_by_name(tmp_path):
    path = shutil.copy(SHIPPED / "method.yaml", tmp_path / "method.yaml")
    path.write_text(path.read_text("utf-8").replace("lowest: 10", "lowest: 30", 1), "utf-8")
    with pytest.raises(FormError, match=r"method\.yaml"):
        load_method(path)
