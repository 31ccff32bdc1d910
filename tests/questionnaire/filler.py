"""Drive an interview as a person would: answer what is asked, section by section, until nothing is left."""

from __future__ import annotations

from functools import cache
from typing import Any

from levelkit.law import RuleLibrary
from levelkit.questionnaire import FormSet, Interview, Question, load_forms
from levelkit.services.derived import derive

FILE = {"sha256": "0" * 64, "name": "tep.pdf", "size": 10, "media_type": "application/pdf"}
PICTURE = {**FILE, "name": "so-do.png", "media_type": "image/png"}

ORDINARY: dict[str, Any] = {
    "owner.name": "Tổng công ty cổ phần Bưu chính Sao Mai",
    "owner.legal_form": "non_state",
    "owner.ministry": "none",
    "delegate.used": False,
    "operator.name": "Trung tâm Công nghệ thông tin",
    "operator.several": False,
    "operator.hired": False,
    "security.form": "unit",
    "security.name": "Phòng An ninh mạng",
    "security.also_operates": False,
    "system.is_system": ["function", "data", "users", "outputs"],
    "system.stage": "in_operation",
    "system.hosting": ["self"],
    "scope.single_owner": True,
    "scope.independent": True,
    "scope.not_split": True,
    "redetermination": False,
    "as_of": "2026-11-23",
    "approval_planned": "2026-12-10",
    "investment_started": "2019-01-01",
    "in_operation_since": "2020-01-01",
    "count.forecast_basic": 0,
    "count.forecast_sensitive": 0,
    "remote": ["none"],
    "national_security_criteria": ["none"],
    "risk_assessed_level": 0,
    "harm.rights": "none",
    "harm.public_interest": "none",
    "harm.social_order": "none",
    "harm.national_security": "none",
    "zones": [{"name": "Ứng dụng", "private_ip": "10.1.20.0/24"}],
    "devices": [
        {"name": "Tường lửa", "quantity": 2, "location": "Tủ A1", "purpose": "Biên", "zone": "Ứng dụng"}
    ],
    "services": [{"name": "Cổng", "servers": "web-01", "purpose": "Tra cứu"}],
    "connections": [{"from": "HT-01", "to": "HT-02", "content": "Đơn hàng"}],
    "risk.threats": [
        {
            "threat": "Lộ dữ liệu",
            "weakness": "Quyền xem rộng",
            "likelihood": 2,
            "effect": 3,
            "harm_subject": "rights",
            "harm_degree": "none",
            "capability": "Nhật ký truy cập",
            "treatment": "reduce",
            "measure": "Quyền theo vai",
            "residual_likelihood": 1,
            "residual_effect": 3,
            "owner": "Phòng An ninh mạng",
            "due": "2026-12-20",
        }
    ],
    "appraisal.conclusion": "fit",
    "opinion.conclusion": "fit",
}

LEVEL_1 = {"kinds": ["internal"], "information": ["public"]}
LEVEL_2 = {
    "kinds": ["internal"],
    "information": ["private", "personal"],
    "data_kinds": ["name", "id_card_image"],
    "basic_data_subjects": 8400,
    "sensitive_data_subjects": 8400,
}
LEVEL_3 = {
    "kinds": ["citizen_business"],
    "information": ["private", "personal"],
    "data_kinds": ["name", "address", "numbers"],
    "conditional_business_lines": [97],
    "basic_data_subjects": 2_450_000,
    "sensitive_data_subjects": 0,
    "system.hosting": ["hired_dc"],
}
LEVEL_4 = {
    "kinds": ["infrastructure"],
    "information": ["private"],
    "infrastructure_reach": "nationwide",
    "always_on": True,
}
JOURNEYS = {1: LEVEL_1, 2: LEVEL_2, 3: LEVEL_3, 4: LEVEL_4}


@cache
def forms() -> FormSet:
    return load_forms(library().has_citation)


@cache
def library() -> RuleLibrary:
    return RuleLibrary.load()


def interview(answers: dict[str, Any] | None = None) -> Interview:
    """An interview on the shipped forms, judged by the shipped law."""
    return Interview(forms(), answers or {}, lambda facts, given: derive(library(), facts, given).for_forms())


def fill(talk: Interview, wanted: dict[str, Any]) -> Interview:
    """Answer every question that is asked; ``wanted`` before the ordinary, that before anything that fits."""
    answers = {**ORDINARY, **wanted}
    progress = True
    while progress:
        progress = False
        for section in talk.forms.sections:
            talk.visit(section.id)
            for question in talk.visible_questions(section.id):
                if question.id not in talk.answers:
                    value = answers.get(question.id, anything(question))
                    progress = (value is not None and talk.set(question.id, value) is not None) or progress
    return talk


def anything(question: Question) -> Any:
    """Return some answer that the question takes; None for what is ordinarily left blank."""
    if (
        question.id.startswith("doc.")
        or question.id.startswith("previous.")
        or question.id == "proposed_level"
    ):
        return None
    match question.type:
        case "text":
            return f"Nội dung của {question.name}"
        case "long_text":
            return f"Đoạn viết về {question.name}."
        case "yes_no":
            return False
        case "single":
            return question.options[0].value
        case "multi" | "data_kinds":
            return [question.options[0].value]
        case "statements":
            return ["none"]
        case "integer" | "risk_level":
            return 0
        case "level":
            return question.minimum or 1
        case "date":
            return "2026-10-15"
        case "business_lines":
            return []
        case "attachment":
            return PICTURE if "image/png" in question.accept else FILE
        case _:
            return None
