"""A classification made by hand: one criterion met, one not, one open, with all its explanations."""

from __future__ import annotations

from levelkit.domain.classification import (
    Classification,
    CriterionResult,
    GreyPoint,
    HarmRow,
    NearMiss,
    Notice,
    Outcome,
)

_DECREE = "Nghị định số 331/2026/NĐ-CP"


def classification(level: int | None, *, listed: bool = False) -> Classification:
    met = CriterionResult(
        ref="nd331-2026:13.2.a",
        clause="13.2.a",
        level=3,
        outcome=Outcome.MET,
        cite=f"điểm a khoản 2 Điều 13 {_DECREE}",
        summary_vi="Dịch vụ trực tuyến thuộc danh mục có điều kiện",
        text_vi="Cung cấp dịch vụ trực tuyến thuộc danh mục ngành, nghề đầu tư kinh doanh có điều kiện;",
        because={"kinds": ["citizen_business"], "conditional_business_lines": [97]},
        needs=(),
    )
    missed = met.model_copy(
        update={
            "ref": "nd331-2026:14.2",
            "clause": "14.2",
            "level": 4,
            "outcome": Outcome.NOT_MET,
            "cite": f"khoản 2 Điều 14 {_DECREE}",
            "text_vi": "Hệ thống phục vụ phát triển Chính phủ điện tử phạm vi toàn quốc, vận hành 24/7.",
            "because": {"always_on": False, "as_of": "2026-11-02"},
        }
    )
    unknown = met.model_copy(
        update={
            "ref": "nd331-2026:13.2.c",
            "clause": "13.2.c",
            "outcome": Outcome.OPEN,
            "cite": f"điểm c khoản 2 Điều 13 {_DECREE}",
            "text_vi": "Xử lý thông tin của nhiều người.",
            "because": {"basic_data_subjects": 1850000},
            "needs": ("sensitive_data_subjects",),
        }
    )
    return Classification(
        ruleset="nd331-2026",
        ruleset_version="1.0.0",
        ruleset_chosen_by="default",
        as_of="2026-11-02",
        name="Cổng khách hàng",
        level=level,
        at_least=level or 1,
        at_most=level or 5,
        criteria_level=level,
        criteria_at_least=level or 1,
        criteria_at_most=level or 5,
        deciding=(met.ref,) if level else (),
        results=(met, missed, unknown),
        open_refs=(unknown.ref,),
        national_security_list="yes" if listed else "no",
        national_security_refs=("nd331-2026:16.2",) if listed else (),
        warnings=(
            Notice(
                code="postal-reading",
                text_vi="Cách hiểu hẹp cho kết quả khác.",
                cite=f"khoản 2 Điều 13 {_DECREE}",
            ),
        ),
        harm=(
            HarmRow(
                subject="rights",
                subject_vi="Quyền và lợi ích hợp pháp của tổ chức, cá nhân",
                harm="serious",
                harm_vi="Tổn hại nghiêm trọng",
                level=2,
            ),
            HarmRow(
                subject="public_interest",
                subject_vi="Lợi ích công cộng",
                harm="harm",
                harm_vi="Tổn hại",
                level=2,
            ),
            HarmRow(
                subject="social_order",
                subject_vi="Trật tự, an toàn xã hội",
                harm="none",
                harm_vi="Không tổn hại",
                level=0,
            ),
            HarmRow(
                subject="national_security",
                subject_vi="An ninh quốc gia",
                harm=None,
                harm_vi="Chưa đánh giá",
                level=0,
            ),
        ),
        harm_level=2,
        risk_level=level,
        near_misses=(
            NearMiss(
                level=4,
                ref="nd331-2026:14.2",
                cite=f"khoản 2 Điều 14 {_DECREE}",
                changes={"always_on": True},
                text_vi="cấp 4 nếu hệ thống phải vận hành 24/7",
            ),
        ),
        grey_points=(
            GreyPoint(
                code="postal-reading",
                cite=f"điểm a khoản 2 Điều 13 {_DECREE}",
                question_vi="Kênh trực tuyến của dịch vụ bưu chính có phải là dịch vụ thuộc danh mục không?",
                reading_vi="Có: bưu chính là ngành, nghề có điều kiện.",
                other_vi="Không: danh mục chỉ nói về dịch vụ trực tuyến tự nó có điều kiện.",
                effect_vi="Theo cách hiểu khác, hệ thống ở cấp độ 2.",
            ),
        ),
    )
