"""The register of a session: where it leads, what is inserted, one step back each."""

from __future__ import annotations

import pytest

from levelkit.domain.risk import QUESTION
from levelkit.errors import UserError
from levelkit.services import Workspace
from levelkit.services.risk import RiskBook


@pytest.fixture
def session(tmp_path):
    with Workspace.create(tmp_path / "a.levelkit") as workspace:
        yield workspace.session(workspace.add_system("Cổng tra cứu"))


def row(subject, degree, **more):
    return {
        "threat": "T",
        "likelihood": 3,
        "effect": 4,
        "harm_subject": subject,
        "harm_degree": degree,
        **more,
    }


def told(session):
    return {each.question: (each.words, each.rows, each.cite) for each in RiskBook(session).suggestions}


def test_an_empty_register_suggests_nothing(session):
    assert RiskBook(session).suggestions == ()
    assert RiskBook(session).use_conclusion() == 0
    assert session.interview.answer("risk_assessed_level") is None


def test_the_register_suggests_and_never_sets_by_itself(session):
    session.set(
        QUESTION, [row("rights", "harm"), row("public_interest", "serious"), row("rights", "serious")]
    )
    assert told(session) == {
        "harm.rights": (
            "tổn hại nghiêm trọng",
            (3,),
            "điểm b khoản 1 Điều 8 Luật An ninh mạng số 116/2025/QH15",
        ),
        "harm.public_interest": (
            "tổn hại nghiêm trọng",
            (2,),
            "điểm c khoản 1 Điều 8 Luật An ninh mạng số 116/2025/QH15",
        ),
        "risk_assessed_level": ("cấp 3", (2,), "điểm c khoản 1 Điều 8 Luật An ninh mạng số 116/2025/QH15"),
    }
    assert session.interview.answer("harm.rights") is None


def test_using_it_is_one_step_and_one_step_back(session):
    session.set(QUESTION, [row("rights", "serious")])
    session.set("harm.social_order", "harm")
    book = RiskBook(session)
    assert book.use_conclusion() == 2
    assert session.interview.answer("harm.rights") == "serious"
    assert session.interview.answer("risk_assessed_level") == 2
    assert session.interview.answer("harm.social_order") == "harm"
    assert all(each.same for each in book.suggestions)
    assert book.use_conclusion() == 0
    session.undo()
    assert session.interview.answer("harm.rights") is None
    assert session.interview.answer("risk_assessed_level") is None


def test_a_result_below_the_criteria_asks_for_no_level(session):
    session.set("kinds", ["citizen_business"])
    session.set("information", ["private"])
    session.set("conditional_business_lines", [97])
    session.set(QUESTION, [row("rights", "serious")])
    assert session.classification.criteria_at_least == 3
    assert told(session)["risk_assessed_level"][0] == "không đề nghị cấp nào"


def test_a_postal_service_is_offered_the_postal_threats_first(session):
    book = RiskBook(session)
    assert book.usual_kinds() == ()
    session.set("kinds", ["citizen_business"])
    session.set("conditional_business_lines", [97])
    assert book.usual_kinds() == ("postal", "online", "common")


def test_inserted_threats_have_no_scores_and_go_back_in_one_step(session):
    session.set(QUESTION, [row("rights", "harm")])
    book = RiskBook(session)
    chosen = [book.catalogue.entry("postal-lost-phone"), book.catalogue.entry("common-ransomware")]
    assert book.insert(chosen) == 2
    assert book.inserted() == {"postal-lost-phone", "common-ransomware"}
    new = book.register.rows[1]
    assert new.threat == chosen[0].threat
    assert (new.point, new.residual_point, new.harm_degree, new.treatment) == (None, None, None, None)
    session.undo()
    assert len(book.register.rows) == 1


def test_a_workspace_that_is_read_takes_nothing(tmp_path, session):
    session.set(QUESTION, [row("rights", "serious")])
    with Workspace.open(tmp_path / "a.levelkit") as second:
        assert second.readonly
        book = RiskBook(second.session(session.code))
        with pytest.raises(UserError):
            book.use_conclusion()
        with pytest.raises(UserError):
            book.insert([book.catalogue.entry("postal-cod")])
