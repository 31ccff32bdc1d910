from __future__ import annotations

import pytest

from levelkit.dossier import DossierContext, document_ids
from levelkit.dossier.renderer import render_html

from .examples import DESIGN_SHA, context, empty, proposal
from .texts import html_lines


def words(given, document: str) -> str:
    return "\n".join(html_lines(render_html(context(given), document)))


@pytest.mark.parametrize("given", [proposal(3), proposal(5, listed=True), empty(), empty(4)])
def test_context_goes_through_json_without_loss(given):
    found = context(given)
    assert DossierContext.model_validate_json(found.model_dump_json()) == found


def test_documents_follow_the_route_and_attached_files_come_last():
    assert document_ids(context(proposal(4))) == (
        "thuyet-minh",
        "bao-cao-rui-ro",
        "mau-03",
        "mau-02",
        "mau-05",
        "mau-06",
        "tai-lieu-thiet-ke",
    )
    assert context(proposal(3)).entry("tai-lieu-thiet-ke").attachment == DESIGN_SHA
    assert "tai-lieu-thiet-ke" not in document_ids(context(proposal(3, changes={"design.file": None})))


def test_without_a_level_the_statement_alone_can_be_drafted():
    assert document_ids(context(empty())) == ("thuyet-minh",)


def test_new_build_speaks_of_the_preliminary_design_and_the_project_file():
    given = proposal(3, stage="new_build", preparer="investor")
    letter, statement = words(given, "mau-02"), words(given, "thuyet-minh")
    assert "2. Tài liệu thiết kế sơ bộ hoặc tài liệu có giá trị tương đương" in letter
    assert "thiết kế thi công" not in letter
    assert "Ban Quản lý dự án đề nghị Phòng An ninh mạng" in letter
    assert "Báo cáo kinh tế - kỹ thuật (khoản 1 Điều 22 Nghị định số 331/2026/NĐ-CP)" in statement
    assert "3. Kiến trúc hệ thống" in statement
    assert "trước khi đưa hệ thống thông tin vào vận hành, khai thác" in words(given, "mau-06")


def test_hired_service_says_where_the_statement_stands():
    given = proposal(2, stage="hired_service", preparer="investor")
    assert "Kế hoạch thuê dịch vụ công nghệ thông tin" in words(given, "thuyet-minh")


def test_listed_systems_ask_for_the_list_and_others_do_not():
    asked = "đề nghị đưa hệ thống thông tin"
    assert asked in words(proposal(3, listed=True), "mau-02")
    assert asked in words(proposal(5), "mau-02")
    assert asked not in words(proposal(4), "mau-02")
    assert asked not in words(proposal(3), "mau-02")


def test_redetermination_names_the_earlier_decision_in_every_document():
    changes = {
        "redetermination": True,
        "previous.level": 1,
        "previous.decision": "12/QĐ-SM",
        "previous.decision_date": "2024-01-05",
        "previous.issuer": "Tổng Giám đốc",
        "redetermination.reasons": ["b"],
    }
    given = proposal(2, changes=changes)
    earlier = "Quyết định số 12/QĐ-SM ngày 05 tháng 01 năm 2024 của Tổng Giám đốc"
    for document in ("thuyet-minh", "mau-01", "quyet-dinh-cap-do-1-2", "bao-cao-chu-quan"):
        assert earlier in words(given, document)
    assert f"3. Quyết định này thay thế {earlier}" in words(given, "quyet-dinh-cap-do-1-2")
    assert "Quyết định số" not in words(proposal(2), "mau-01")


def test_appraisal_opinion_is_cited_once_it_is_known():
    known = {
        "appraisal.number": "9/ANM",
        "appraisal.date": "2026-11-20",
        "appraisal.issuer": "Phòng An ninh mạng",
    }
    letter = words(proposal(3, changes=known), "mau-05")
    assert (
        "Căn cứ ý kiến thẩm định của Phòng An ninh mạng tại Văn bản số 9/ANM ngày 20 tháng 11 năm 2026;"
        in letter
    )
    assert "6. Ý kiến thẩm định của cơ quan phối hợp thẩm định" in letter
    assert "cơ quan chủ trì thẩm định theo quy định tại điểm b khoản 1 Điều 24" in letter


def test_level_above_the_computed_one_is_explained():
    raised = proposal(3).model_copy(update={"proposed_level": 4, "proposed_reason": "Sắp kết nối ngân hàng."})
    statement = words(raised, "thuyet-minh")
    assert "đề xuất cao hơn cấp độ xác định được: Sắp kết nối ngân hàng" in statement
    assert "Lý do đề xuất cấp độ cao hơn:" in statement


def test_secrecy_mark_stands_on_every_document_and_internal_mark_on_statements_only():
    given = proposal(3, changes={"file.secrecy": "toi_mat"})
    assert "TỐI MẬT" in words(given, "mau-02")
    assert "LƯU HÀNH NỘI BỘ" not in words(given, "mau-02")
    assert words(given, "thuyet-minh").count("LƯU HÀNH NỘI BỘ") == 6
    open_file = proposal(3, changes={"doc.internal_mark": False})
    assert "LƯU HÀNH NỘI BỘ" not in words(open_file, "thuyet-minh")


def test_what_people_type_is_text_never_markup():
    given = proposal(
        3, changes={"system.name": "<script>alert(1)</script> & {{ 7*7 }}", "operator.name": "A & B"}
    )
    html = render_html(context(given), "mau-02")
    assert "<script>" not in html
    assert "{{ 7*7 }}" in html
    assert "&lt;script&gt;" in html


def test_detailed_risk_report_is_for_levels_4_and_5():
    title = "Báo cáo đánh giá rủi ro an ninh mạng ở mức độ chi tiết"
    assert title in words(proposal(4), "thuyet-minh")
    assert title not in words(proposal(3), "thuyet-minh")


def test_annex_tells_open_criteria_and_what_they_need():
    statement = words(proposal(3), "thuyet-minh")
    assert "Chưa rõ" in statement
    assert "Số chủ thể dữ liệu cá nhân cơ bản: 1.850.000 người" in statement
    assert "nhạy cảm: chưa có thông tin" in statement
