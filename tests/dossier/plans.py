"""Security plans to be printed: a small one with one of everything, and whole levels for size."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from levelkit.domain.attachment import AttachmentMeta
from levelkit.domain.plan import (
    Evidence,
    LogRetention,
    PlanGroup,
    PlanRow,
    RequirementAnswer,
    SecurityPlan,
    SharedMeasure,
)
from levelkit.domain.requirement import UNCHECKED_VI, SuggestedValue
from levelkit.law import RuleLibrary
from levelkit.law.plan import baseline_groups

from .examples import proposal

if TYPE_CHECKING:
    from levelkit.domain.proposal import ProposalDossier

EDITION = "TCVN 14423:2026, theo Quyết định số 3243/QĐ-BKHCN ngày 24/7/2026"
_HEADINGS = {
    "RR": "nd331-2026:30.3.e",
    "TK": "nd331-2026:30.4.b",
    "postal": "nd331-2026:30.3.dd",
}


def value(name: str, label: str, unit: str, asked: int, *, binding: bool = False) -> SuggestedValue:
    return SuggestedValue(
        name=name,
        label_vi=label,
        unit_vi=unit,
        sense="at_least" if unit == "ký tự" else "at_most",
        value=asked,
        binding=binding,
        parts_vi={},
    )


def row(row_id: str, place: str, name: str, summary: str, **more: object) -> PlanRow:
    group = re.split("[-.]", row_id, maxsplit=1)[0]
    given = {
        "refs": (f"tcvn14423:{place}",),
        "cite_vi": f"mục {place} TCVN 14423:2026",
        "headings": (_HEADINGS[group],),
        "plan": ("nd331-2026:29.2.b",),
        "notice_vi": UNCHECKED_VI,
    }
    return PlanRow(
        id=row_id,
        group=group,
        place_vi=place,
        name_vi=name,
        summary_vi=summary,
        **(given | more),  # type: ignore[arg-type]
    )


LOCK = value("lock_min", "Tự khóa phiên quản trị", "phút", 5)
LENGTH = value("length", "Độ dài mật khẩu", "ký tự", 14)
CHANGE = value("change", "Chu kỳ đổi mật khẩu quản trị", "tháng", 2, binding=True)

RISK = PlanGroup(
    id="RR",
    kind="baseline",
    place_vi="5.1",
    name_vi="Quản lý rủi ro an ninh mạng",
    meaning_vi="Biết rủi ro và xử lý.",
    rows=(
        row("RR-01", "5.1.2.1 a)", "Tiêu chí rủi ro", "Có tiêu chí đánh giá rủi ro."),
        row(
            "RR-02",
            "5.1.2.1 b)",
            "Rà tiêu chí",
            "Rà tiêu chí hằng năm.",
            notice_vi="Đã đối chiếu TCVN 14423:2026, 01/11/2026, Nguyễn Văn A",
        ),
    ),
)
ACCOUNTS = PlanGroup(
    id="TK",
    kind="baseline",
    place_vi="5.6",
    name_vi="Quản lý tài khoản và quyền truy cập",
    meaning_vi="Đúng người, đúng quyền.",
    rows=(
        row("TK-09", "5.6.2.2 b)", "Độ dài mật khẩu", "Đủ dài.", values=(LENGTH, LOCK)),
        row("TK-10", "5.6.2.2 b)", "Mật khẩu quản trị", "Đổi 2 tháng một lần.", values=(CHANGE,)),
        row("TK-11", "5.6.2.3", "Cổng dịch vụ", "Chặn dò tài khoản.", condition_vi="nếu có ứng dụng web"),
    ),
)
POSTAL = PlanGroup(
    id="postal",
    kind="duty",
    place_vi="",
    name_vi="Bảo vệ thông tin về sử dụng dịch vụ bưu chính",
    meaning_vi="Bí mật thư tín.",
    why_vi="Hệ thống phục vụ kinh doanh dịch vụ bưu chính.\nHệ thống xử lý thông tin người nhận",
    rows=(
        row(
            "postal.P3",
            "Đ7.3",
            "Che thông tin trên nhãn",
            "Họ tên, số điện thoại, địa chỉ được che hoặc mã hóa.",
            refs=("116:7.3",),
            cite_vi="khoản 3 Điều 7 Luật Bưu chính số 49/2010/QH12",
            notice_vi="",
        ),
    ),
)

MEASURES = {
    "BP-01": SharedMeasure(
        id="BP-01",
        title="Hệ thống quản lý định danh tập trung",
        text="Một nơi cấp, thu hồi tài khoản của mọi hệ thống.\n- Xác thực đa yếu tố;\n- Nhật ký 12 tháng.",
        unit="Trung tâm Công nghệ thông tin",
        evidence=("MC-02",),
    )
}
EVIDENCE = {
    "MC-01": Evidence(
        id="MC-01",
        title="Quy chế bảo đảm an ninh mạng",
        number="88/QĐ-SM",
        issuer="Tổng Giám đốc",
        dated=date(2026, 9, 1),
        file=AttachmentMeta(
            sha256="ab" * 32, name="quy-che-88.pdf", media_type="application/pdf", size=1_468_006
        ),
    ),
    "MC-02": Evidence(
        id="MC-02",
        title="Báo cáo rà soát tài khoản quý II",
        dated=date(2026, 4, 30),
        expires=date(2026, 10, 31),
        link="https://kho.saomai.example/ra-soat/q2",
        note="Bản giấy lưu tại Phòng An ninh mạng.",
    ),
    "MC-03": Evidence(id="MC-03", title="Chứng thư", expires=date(2026, 11, 5), link="//kho/chung-thu.pdf"),
}
ANSWERS = {
    "RR-01": RequirementAnswer(
        status="met",
        how="Quy trình quản lý rủi ro ban hành kèm Quy chế.\nTiêu chí xếp theo năm mức",
        unit="Phòng An ninh mạng",
        evidence=("MC-01",),
    ),
    "TK-09": RequirementAnswer(
        status="partly",
        how="Chính sách nhóm đặt độ dài tối thiểu",
        measures=("BP-01",),
        evidence=("MC-01",),
        values={"length": 10, "lock_min": 3},
        value_reasons={"length": "Đã có xác thực đa yếu tố"},
        todo="Nâng độ dài lên 14 ký tự trên thiết bị mạng.",
        due=date(2027, 3, 31),
        unit="Trung tâm Công nghệ thông tin",
    ),
    "TK-10": RequirementAnswer(status="not_met", values={"change": 6}, taken_from="HT-02"),
    "TK-11": RequirementAnswer(status="not_applicable", reason="Hệ thống không có ứng dụng web"),
    "postal.P3": RequirementAnswer(
        status="partly",
        measures=("BP-01",),
        todo="In nhãn mẫu mới.",
        due=date(2026, 12, 15),
        unit="Ban Khai thác",
        evidence=("MC-03",),
    ),
}


def small_plan(**changes: object) -> SecurityPlan:
    """Three groups, six rows: every state, deviations, proofs good and expired, a shared measure, a pack."""
    plan = SecurityPlan(
        level=3,
        edition_vi=EDITION,
        groups=(RISK, ACCOUNTS, POSTAL),
        answers=ANSWERS,
        measures=MEASURES,
        evidence=EVIDENCE,
        retention=LogRetention(
            months=12,
            sources=(
                (12, "khoản 3 Điều 20 Nghị định số 333/2026/NĐ-CP", "đơn vị cung cấp dịch vụ trên mạng"),
                (3, "mục 5.8.2.1 a) TCVN 14423:2026", "hệ thống được đề xuất cấp độ 3"),
            ),
        ),
        kept={"TK-30": "Phân tách tài khoản theo ca"},
    )
    return plan.model_copy(update=changes)


def with_plan(
    plan: SecurityPlan | None = None, level: int = 3, changes: dict[str, Any] | None = None
) -> ProposalDossier:
    """A dossier whose proofs are looked at on 05/11/2026."""
    given = proposal(level, changes={"approval_planned": "2026-11-05"} | (changes or {}))
    return given.model_copy(update={"plan": small_plan() if plan is None else plan})


_PROSE = (
    "Tường lửa thế hệ mới tại vùng biên kiểm soát kết nối theo danh sách cho phép; rà soát hằng quý.",
    """Quy trình ban hành kèm Quy chế; phân công rõ người thực hiện, người kiểm tra.
Kết quả lưu trên hệ thống quản lý công việc và báo cáo Tổng Giám đốc mỗi quý; nhật ký chuyển về hệ thống
giám sát tập trung trong vòng 05 phút.""",
    "Thực hiện bằng công cụ quản lý tập trung.",
)
_UNITS = ("Trung tâm Công nghệ thông tin", "Phòng An ninh mạng", "Ban Khai thác", "Phòng Hành chính")


def whole_level(level: int) -> SecurityPlan:
    """Every row of a level, answered as an enterprise would, for measures and for looking at."""
    library = RuleLibrary.load()
    groups, answers = baseline_groups(library, level), {}
    for number, one in enumerate(row for group in groups for row in group.rows):
        status = "not_met" if number % 17 == 5 else "partly" if number % 9 == 3 else "met"
        if one.condition_vi and number % 2:
            status = "not_applicable"
        unmet, applies = status in {"partly", "not_met"}, status != "not_applicable"
        if number % 23 != 22:
            answers[one.id] = RequirementAnswer(
                status=status,  # type: ignore[arg-type]
                how=_PROSE[number % 3] if applies else "",
                reason="" if applies else "Hệ thống không có thành phần này.",
                unit=_UNITS[number % 4],
                measures=(f"BP-{number % 12 + 1:02d}",) if number % 3 == 0 else (),
                evidence=(f"MC-{number % 40 + 1:02d}", "MC-01") if number % 5 else (),
                todo="Lập phương án, mua sắm và triển khai." if unmet else "",
                due=date(2027, 1 + number % 12, 1 + number % 28) if unmet else None,
                values={asked.name: asked.value for asked in one.values},
            )
    return SecurityPlan(
        level=level,
        edition_vi=library.requirements(level).edition_vi,
        groups=(*groups, POSTAL),
        answers=answers | {"postal.P3": ANSWERS["postal.P3"]},
        measures={
            f"BP-{n:02d}": MEASURES["BP-01"].model_copy(update={"id": f"BP-{n:02d}"}) for n in range(1, 13)
        },
        evidence={
            f"MC-{n:02d}": EVIDENCE[f"MC-{(n - 1) % 3 + 1:02d}"].model_copy(update={"id": f"MC-{n:02d}"})
            for n in range(1, 41)
        },
        retention=small_plan().retention,
        kept=small_plan().kept,
    )
