"""Stand-ins for the law and the forms, so that golden texts change only when the dossier does."""

from __future__ import annotations

from types import SimpleNamespace

_INSTRUMENTS = {
    "nd331-2026": "Nghị định số 331/2026/NĐ-CP",
    "116": "Luật An ninh mạng số 116/2025/QH15",
}

_LABELS = {
    "system.stage": {
        "in_operation": "Đang vận hành",
        "new_build": "Xây dựng mới",
        "upgrade": "Mở rộng, nâng cấp",
        "hired_service": "Thuê dịch vụ",
    },
    "project.placement": {
        "bcktkt": "Báo cáo kinh tế - kỹ thuật",
        "bcnckt": "Thiết kế cơ sở thuộc Báo cáo nghiên cứu khả thi",
        "ke_hoach_thue": "Kế hoạch thuê dịch vụ công nghệ thông tin",
        "de_cuong": "Đề cương và dự toán chi tiết",
    },
    "redetermination.reasons": {"b": "thay đổi loại thông tin xử lý", "c": "kết nối với hệ thống khác"},
    "information": {
        "public": "Thông tin công cộng",
        "private": "Thông tin riêng",
        "personal": "Thông tin cá nhân",
    },
    "kinds": {
        "internal": "Hệ thống thông tin phục vụ hoạt động nội bộ",
        "citizen_business": "Hệ thống thông tin phục vụ người dân, doanh nghiệp",
        "infrastructure": "Hệ thống cơ sở hạ tầng thông tin",
    },
    "system.hosting": {
        "self": "tự quản lý",
        "hired_dc": "trung tâm dữ liệu thuê",
        "cloud": "điện toán đám mây",
    },
    "security.independence": {
        "unit": "Giao một đơn vị trực thuộc chủ trì thẩm định",
        "council": "Thành lập Hội đồng thẩm định độc lập",
    },
    "operator.hired_basis": {"contract": "Theo hợp đồng với đơn vị cung cấp dịch vụ"},
    "opinion.conclusion": {"fit": "phù hợp", "not_fit": "chưa phù hợp"},
    "appraisal.conclusion": {"fit": "phù hợp", "not_fit": "chưa phù hợp"},
}
_STATUS = {
    "met": "Đã đáp ứng",
    "partly": "Đáp ứng một phần",
    "not_met": "Chưa đáp ứng",
    "not_applicable": "Không áp dụng",
}
_DATA_KINDS = {
    "name": ("basic", "họ và tên"),
    "phone": ("basic", "số điện thoại"),
    "address": ("basic", "địa chỉ"),
    "location": ("sensitive", "vị trí của cá nhân qua dịch vụ định vị"),
}


_CELLS = {
    ("risk.threats", "treatment"): {"reduce": "Giảm thiểu", "accept": "Chấp nhận"},
}
_HARM = {
    "rights": {"harm": 1, "serious": 2, "extremely_serious": 3},
    "public_interest": {"harm": 2, "serious": 3, "extremely_serious": 4},
}


class FakeQuestion:
    def __init__(self, question: str) -> None:
        self.id = question
        self.name = question

    def option(self, value: str) -> SimpleNamespace:
        if self.id == "data_kinds":
            group, label = _DATA_KINDS[value]
            return SimpleNamespace(label=label, group=group)
        labels = _STATUS if self.id.endswith(".status") else _LABELS[self.id]
        return SimpleNamespace(label=labels[value], group=None)

    def column(self, column: str) -> SimpleNamespace:
        labels = _CELLS.get((self.id, column), {})
        return SimpleNamespace(shown=lambda value: labels.get(value, value))


class FakeForms:
    def question(self, question_id: str) -> FakeQuestion:
        return FakeQuestion(question_id)


class FakeLibrary:
    def get(self, ruleset_id: str) -> SimpleNamespace:
        assert ruleset_id == "nd331-2026"
        note = SimpleNamespace(id="14.2", note_vi="Yêu cầu 24/7 áp dụng cho cả hai vế.")
        return SimpleNamespace(
            title_vi="Nghị định số 331/2026/NĐ-CP",
            criteria=(SimpleNamespace(criterion=note),),
            harm={
                subject: {
                    degree: SimpleNamespace(level=level, cite=f"116:8.1.{'abcd'[level - 1]}")
                    for degree, level in rows.items()
                }
                for subject, rows in _HARM.items()
            },
        )

    def citation(self, ref: str) -> SimpleNamespace:
        instrument, clause = ref.split(":")
        if clause == "pl4":
            law = "Phụ lục IV Luật Đầu tư số 143/2025/QH15"
            return SimpleNamespace(full_vi=law, clause_vi="Phụ lục IV")
        article, *rest = clause.split(".")
        parts = [f"Điều {article}"]
        if rest:
            parts.insert(0, f"khoản {rest[0]}")
        if len(rest) > 1:
            parts.insert(0, f"điểm {'đ' if rest[1] == 'dd' else rest[1]}")
        where = " ".join(parts)
        full = f"{where} {_INSTRUMENTS[instrument]}"
        return SimpleNamespace(full_vi=full, clause_vi=where[0].upper() + where[1:])
