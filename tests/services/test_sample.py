"""The sample: what the inventory says comes through whole, and three systems are worked out to the end."""

from __future__ import annotations

import hashlib
import re
import unicodedata

import pytest
from pypdf import PdfReader

from levelkit.domain.plan import KEY
from levelkit.law import RuleLibrary, classify
from levelkit.questionnaire import Interview, load_forms
from levelkit.services.attachments import is_attachment
from levelkit.services.derived import derive
from levelkit.services.sample import sample_answers
from levelkit.services.sample_workspace import write_sample
from levelkit.services.workspace import Workspace
from tests.services.sample_words import strange_words

COMPLETE = ("HT-03", "HT-06", "HT-11")
# The hired mail service stands in no zone that the inventory knows.
NO_ZONE = {("HT-07", "Thư điện tử dịch vụ đám mây")}


@pytest.fixture(scope="module")
def sample():
    return sample_answers()


@pytest.fixture(scope="module")
def library():
    return RuleLibrary.load()


@pytest.fixture(scope="module")
def interviews(sample, library):
    forms = load_forms()

    def judge(facts, answers):
        return derive(library, facts, answers).for_forms()

    return {code: Interview(forms, system.answers, judge) for code, system in sample.items()}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "mau.levelkit"
    write_sample(path)
    with Workspace.open(path, readonly=True) as opened:
        yield opened


def test_whole_inventory_comes_through(sample):
    rows = {
        table: sum(len(system.answers.get(table, [])) for system in sample.values())
        for table in ("devices", "services", "zones", "connections")
    }
    assert list(sample) == [f"HT-{number:02}" for number in range(1, 13)]
    # Eight connections beyond the systems, eleven more of HT-03 and ten of HT-09.
    assert rows == {"devices": 61, "services": 32, "zones": 38, "connections": 8 + 11 + 10}


def test_cells_of_the_inventory_become_typed_answers(sample):
    mail = sample["HT-01"].answers
    assert mail["basic_data_subjects"] == 2450000
    assert mail["in_operation_since"] == "2019-05-01"
    assert mail["conditional_business_lines"] == [97]
    assert (mail["previous.level"], mail["previous.decision"], mail["previous.decision_date"]) == (
        3,
        "12/QĐ-SM",
        "2024-03-14",
    )
    assert mail["devices"][0] == {
        "name": "Tường lửa biên",
        "model": "FG-601F",
        "quantity": 2,
        "location": "TTDL thuê tại Hà Nội, tủ A1",
        "purpose": "Kiểm soát truy cập Internet, phòng chống xâm nhập",
        "zone": "Biên (Internet)",
    }
    assert mail["zones"][0] == {"name": "Biên (Internet)", "public_ip": "203.0.113.8/29", "vlan": "110"}
    assert sample["HT-10"].answers["conditional_business_lines"] == []
    assert "conditional_business_lines" not in sample["HT-06"].answers
    assert "in_operation_since" not in sample["HT-04"].answers
    assert sample["HT-12"].answers["connections"][0]["to"] == "Nhà mạng (bên ngoài)"


def test_an_operator_whose_particulars_the_inventory_lacks_gets_nobody_elses(sample):
    finance = sample["HT-04"].answers
    assert finance["operator.name"] == "Ban Tài chính"
    assert not {"operator.representative", "operator.email", "operator.phone"} & set(finance)
    assert sample["HT-01"].answers["operator.representative"] == "Lê Thị Hòa"


def test_every_device_stands_in_a_zone_of_its_own_system(sample):
    for code, system in sample.items():
        zones = {row["name"] for row in system.answers["zones"]}
        for device in system.answers["devices"]:
            if (code, device["name"]) not in NO_ZONE:
                assert device["zone"] in zones, (code, device)


def test_answers_are_stored_as_they_are_written(sample, interviews):
    for code, interview in interviews.items():
        stored = {name: _without_blanks(value) for name, value in interview.answers.items()}
        assert stored == sample[code].answers, code


def _without_blanks(value):
    """Leave out the empty cells that a stored table spells out."""
    if not (isinstance(value, list) and value and isinstance(value[0], dict)):
        return value
    return [{column: cell for column, cell in row.items() if cell is not None} for row in value]


@pytest.mark.parametrize(
    ("code", "level", "deciding"),
    [
        ("HT-03", 3, ("nd331-2026:13.2.a", "nd331-2026:13.2.c")),
        ("HT-06", 2, ("nd331-2026:12.1",)),
        ("HT-11", 1, ("nd331-2026:11.1",)),
    ],
)
def test_level_of_the_complete_systems(interviews, library, code, level, deciding):
    result = classify(library, interviews[code].facts())
    assert (result.level, result.deciding) == (level, deciding)
    assert result.risk_level == level
    assert result.national_security_list == "no"


def test_what_the_criteria_give_the_twelve(interviews, library):
    results = {code: classify(library, interview.facts()) for code, interview in interviews.items()}
    assert {code: result.criteria_at_least for code, result in results.items()} == {
        "HT-01": 3,
        "HT-02": 3,
        "HT-03": 3,
        "HT-04": 3,
        "HT-05": 3,
        "HT-06": 2,
        "HT-07": 2,
        "HT-08": 1,
        "HT-09": 4,
        "HT-10": 2,
        "HT-11": 1,
        "HT-12": 3,
    }
    levels = {code: result.level for code, result in results.items() if result.level is not None}
    assert levels == {"HT-03": 3, "HT-06": 2, "HT-07": 2, "HT-09": 4, "HT-11": 1}
    assert {code for code, result in results.items() if result.ruleset == "nd85-2016"} == {"HT-04"}


@pytest.mark.parametrize("code", COMPLETE)
@pytest.mark.parametrize("stage", ["appraisal", "approval"])
def test_a_complete_system_passes_its_checks(workspace, code, stage):
    found = workspace.session(code).findings(stage)
    assert [(finding.where, finding.title) for finding in found if finding.severity == "error"] == []


@pytest.mark.parametrize("code", COMPLETE)
def test_a_complete_system_answers_what_is_asked_and_nothing_else(interviews, code):
    interview = interviews[code]
    asked = {
        question.id
        for section in interview.forms.sections
        for question in interview.visible_questions(section.id)
    }
    answers = {name for name in interview.answers if not name.startswith(KEY)}
    assert sorted(answers - asked) == []
    unanswered = {
        name
        for name in asked - answers
        if (need := interview.forms.question(name).requirement)
        and need.severity != "hint"
        and interview.required(name)
    }
    assert unanswered == set()


def test_status_tells_how_far_each_has_come(workspace):
    status = {summary.code: summary.status for summary in workspace.systems()}
    assert status["HT-01"] == "approved"
    assert status["HT-03"] == "appraised"
    assert {status[code] for code in set(status) - {"HT-01", "HT-03"}} == {"draft"}


@pytest.mark.parametrize("code", COMPLETE)
def test_attachments_are_what_they_say(sample, tmp_path, code):
    system = sample[code]
    attached = {name: value for name, value in system.answers.items() if is_attachment(value)}
    # HT-03 leaves its pictures to be drawn from its tables.
    own = set() if code == "HT-03" else {"arch.logical_picture", "arch.physical_picture"}
    assert own | {"design.file"} <= set(attached)
    for meta in attached.values():
        data = system.attachments[meta["sha256"]]
        assert hashlib.sha256(data).hexdigest() == meta["sha256"]
        assert len(data) == meta["size"] < 100_000
        if meta["media_type"] == "image/png":
            assert data.startswith(b"\x89PNG")
    design = tmp_path / "design.pdf"
    design.write_bytes(system.attachments[attached["design.file"]["sha256"]])
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(design).pages).split())
    assert "Tài liệu mẫu của doanh nghiệp giả định" in text
    for row in (*system.answers["devices"], *system.answers["zones"]):
        assert row["name"] in text, row["name"]


def _prose(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _prose(item)
    elif isinstance(value, dict) and "sha256" not in value:
        for item in value.values():
            yield from _prose(item)


def _written(sample, interviews, code):
    forms = interviews[code].forms
    for name, value in sample[code].answers.items():
        question = forms.question(name)
        if question.type == "table":
            words = {column.id for column in question.columns if column.type in {"text", "long_text"}}
            for row in value:
                for text in _prose([cell for key, cell in row.items() if key in words]):
                    yield name, text
        elif question.type in {"text", "long_text"}:
            yield name, value


@pytest.mark.parametrize("code", COMPLETE)
def test_prose_is_clean(sample, interviews, code):
    for name, text in _written(sample, interviews, code):
        assert unicodedata.is_normalized("NFC", text), name
        assert "  " not in text, name
        assert "!" not in text, name
        assert not re.search(r"\s[,.;:]|,,|\.\.|\(\s|\s\)|\n\n", text), (name, text)
        for line in text.split("\n"):
            assert line == line.strip(), name


@pytest.mark.parametrize("code", COMPLETE)
def test_no_english_word_slips_into_the_prose(sample, interviews, code):
    strange = set()
    for name, text in _written(sample, interviews, code):
        if name in {"devices", "services", "connections"}:
            continue
        strange |= {(name, word) for word in strange_words(text)}
    assert strange == set()
