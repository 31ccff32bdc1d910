from __future__ import annotations

import io
import re
from datetime import date
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest

from levelkit.domain.plan import Evidence, LogRetention, RequirementAnswer, SharedMeasure
from levelkit.dossier import DossierContext, render_pdf
from levelkit.dossier.drawings import text_width
from levelkit.dossier.renderer import render_html

from .examples import context, empty, proposal, stored
from .plans import ACCOUNTS, ANSWERS, EVIDENCE, LENGTH, row, small_plan, whole_level, with_plan
from .texts import html_lines, pdf_pages, squeezed

STATEMENT = "thuyet-minh"
MM = 72 / 25.4


def page(given) -> str:
    return render_html(context(given), STATEMENT)


def words(given) -> str:
    return "\n".join(html_lines(page(given)))


def matrix(given) -> str:
    """The annex of the matrix alone."""
    html = page(given)
    return html[html.index('<section class="annex wide" id="ma-tran">') :].split("</section>")[0]


def rows(html: str) -> dict[str, str]:
    """The rows of the matrix by their anchor."""
    return {
        found[1]: re.sub(r"<[^>]+>", " ", found[2])
        for found in re.finditer(r'<tr id="(yeu-cau-\d+)">(.*?)</tr>', html, re.DOTALL)
    }


def told(html_row: str) -> str:
    return squeezed(html_row)


@pytest.mark.parametrize("level", [1, 3, 5])
def test_every_requirement_stands_once_in_the_matrix_with_its_answer(level):
    plan = whole_level(level)
    printed = matrix(with_plan(plan, level))
    assert printed.count("<tr id=") == len(plan.rows)
    found = rows(printed)
    assert list(found) == [f"yeu-cau-{number}" for number in range(1, len(plan.rows) + 1)]
    states = {
        "met": "Đã đáp ứng",
        "partly": "Đáp ứng một phần",
        "not_met": "Chưa đáp ứng",
        "not_applicable": "Không áp dụng",
        None: "Chưa đánh giá",
    }
    for one, html_row in zip(plan.rows, found.values(), strict=True):
        answer = plan.answer(one.id)
        for text in (one.place_vi, one.name_vi, one.summary_vi, states[answer.status], answer.unit):
            assert squeezed(text) in told(html_row), (one.id, text)
        for line in (*answer.how.splitlines(), answer.reason, answer.todo, *answer.measures):
            assert squeezed(line.rstrip(".")) in told(html_row), (one.id, line)
        for proof in plan.evidence_of(one.id):
            assert proof.id in html_row


def test_matrix_reaches_the_paper_row_by_row_under_a_repeated_head():
    plan = whole_level(3)
    plan = plan.model_copy(update={"groups": plan.groups[:6]})
    made = render_pdf(context(with_plan(plan)), STATEMENT, draft=False, attachments=stored)
    pages = [squeezed(text) for text in pdf_pages(made.data, top_margin=17 * MM)]
    first = next(
        number for number, text in enumerate(pages) if squeezed("MA TRẬN ĐÁP ỨNG") in text and number > 5
    )
    last = next(
        number for number, text in enumerate(pages) if squeezed("DANH MỤC MINH CHỨNG") in text and number > 5
    )
    annex = pages[first:last]
    assert len(annex) > 5
    head = squeezed("Phương án triển khai")
    assert all(head in text for text in annex)
    joined = "".join(annex)
    for one in plan.rows:
        assert squeezed(f"{one.name_vi} {one.summary_vi}") in joined, one.id
    for group in plan.groups:
        title = squeezed(f"{group.place_vi}. {group.name_vi}" if group.place_vi else group.name_vi)
        # A heading is followed by its first row on the same page.
        assert any(
            title in text and squeezed(group.rows[0].name_vi) in text.split(title)[1] for text in annex
        )


def test_expired_proof_is_marked_in_words_wherever_it_is_named():
    text = words(with_plan())
    assert "MC-02 | Báo cáo rà soát tài khoản quý II / Bản giấy lưu tại Phòng An ninh mạng. | " in text
    assert "Đã hết hiệu lực (đến hết ngày 31/10/2026)" in text
    # The day of approval is the last good day of the third one.
    assert "Đến hết ngày 05/11/2026" in text
    found = rows(matrix(with_plan()))
    assert "MC-02 (hết hiệu lực)" in re.sub(r"\s+", " ", found["yeu-cau-3"])
    assert "hết hiệu lực" not in found["yeu-cau-1"]


def test_without_any_date_no_proof_is_called_expired():
    undated = with_plan(changes={"as_of": None, "approval_planned": None})
    text = words(undated)
    assert "Hồ sơ chưa ghi ngày nên hiệu lực của minh chứng chưa được xét." in text
    assert "Đã hết hiệu lực" not in text
    assert "Đến hết ngày 31/10/2026" in text


def test_a_value_below_the_suggested_one_gives_its_reason_and_a_required_one_is_named_as_missed():
    found = rows(matrix(with_plan()))
    assert squeezed(
        "Độ dài mật khẩu: 10 ký tự (mức gợi ý: không dưới 14 ký tự). Lý do: Đã có xác thực đa yếu tố."
    ) in told(found["yeu-cau-3"])
    # A better value needs no comparison.
    assert squeezed("Tự khóa phiên quản trị: 3 phút.") in told(found["yeu-cau-3"])
    assert squeezed("6 tháng (mức bắt buộc: không quá 2 tháng). Chưa đạt mức bắt buộc.") in told(
        found["yeu-cau-4"]
    )
    silent = ANSWERS | {"TK-09": RequirementAnswer(status="met", values={"length": 9, "lock_min": "năm"})}
    found = rows(matrix(with_plan(small_plan(answers=silent))))
    assert squeezed("(mức gợi ý: không dưới 14 ký tự). Chưa nêu lý do.") in told(found["yeu-cau-3"])
    assert squeezed("Tự khóa phiên quản trị: năm.") in told(found["yeu-cau-3"])


def test_headings_of_the_decree_count_the_requirements_that_answer_them():
    text = words(with_plan())
    server = text.split("b) An toàn máy chủ (điểm b khoản 4 Điều 30)")[1].split("c) An toàn ứng dụng")[0]
    assert (
        "Các yêu cầu tương ứng tại Phụ lục VII: 03 yêu cầu (01 đáp ứng một phần, "
        "01 chưa đáp ứng, 01 không áp dụng)."
    ) in server
    policy = text.split("a) Chính sách an ninh mạng")[1].split("b) Tổ chức")[0]
    assert "Phụ lục VII không có yêu cầu nào xếp riêng vào nội dung này." in policy


def test_heading_without_prose_of_its_own_is_not_called_empty_where_requirements_answer_it():
    text = words(with_plan(changes={"tech.server": None, "tech.network": None}))
    server = text.split("b) An toàn máy chủ")[1].split("c) An toàn ứng dụng")[0]
    assert "Chưa có thông tin" not in server
    network = text.split("a) An toàn mạng")[1].split("b) An toàn máy chủ")[0]
    assert "Chưa có thông tin" in network


def test_summary_adds_up_by_group_and_by_law():
    lines = words(with_plan()).split("\n")
    assert "5.1 | Quản lý rủi ro an ninh mạng | 2 | 1 | 0 | 0 | 0 | 1" in lines
    assert "5.6 | Quản lý tài khoản và quyền truy cập | 3 | 0 | 1 | 1 | 1 | 0" in lines
    assert "Cộng yêu cầu cơ bản | 5 | 1 | 1 | 1 | 1 | 1" in lines
    assert "Cộng yêu cầu theo quy định khác | 1 | 0 | 1 | 0 | 0 | 0" in lines
    assert "Tổng cộng | 6 | 1 | 2 | 1 | 1 | 1" in lines


def test_what_is_left_to_do_comes_nearest_date_first_and_tells_what_is_not_settled():
    text = words(with_plan())
    plan = text.split("Kế hoạch hoàn thiện các yêu cầu chưa đáp ứng đầy đủ\n")[1].split("7.3.")[0].split("\n")
    assert plan[1].startswith("1 | Đ7.3: Che thông tin trên nhãn | Đáp ứng một phần | In nhãn mẫu mới.")
    assert plan[1].endswith("| Ban Khai thác | 15/12/2026")
    assert plan[2].endswith("| Trung tâm Công nghệ thông tin | 31/03/2027")
    assert plan[3] == (
        "3 | 5.6.2.2 b): Mật khẩu quản trị | Chưa đáp ứng | Chưa xác định | Chưa xác định | Chưa xác định"
    )


def test_only_rows_not_compared_carry_the_mark_and_the_note_counts_them():
    text = words(with_plan())
    assert "Còn 04 yêu cầu, đánh dấu * ở cột “Điều khoản” của Phụ lục VII" in text
    assert "5.1.2.1 a)*" in text
    assert "5.1.2.1 b)*" not in text
    whole = words(with_plan(whole_level(1), 1))
    assert "Toàn bộ 109 yêu cầu cơ bản cần đối chiếu bản chính thức của tiêu chuẩn trước khi ký." in whole


def test_log_retention_packs_and_what_is_kept_from_the_former_level():
    text = words(with_plan())
    assert (
        "Nhật ký được lưu ít nhất 12 tháng, là thời hạn dài nhất trong các quy định áp dụng cho hệ thống:"
        in text
    )
    assert "- Mục 5.8.2.1 a) TCVN 14423:2026: 03 tháng; hệ thống được đề xuất cấp độ 3." in text
    assert (
        "- Bảo vệ thông tin về sử dụng dịch vụ bưu chính: 01 yêu cầu (đáp ứng một phần). Hệ thống phục vụ "
        "kinh doanh dịch vụ bưu chính. Hệ thống xử lý thông tin người nhận."
    ) in text
    assert (
        "không còn bắt buộc ở cấp độ 3; biện pháp đang có được khuyến nghị duy trì:\n- Phân tách tài khoản"
        in text
    )


def test_a_rule_that_may_apply_stands_apart_and_does_not_count():
    kept = LogRetention(months=3, sources=((3, "mục 5.8", "Cấp độ 3."), (12, "Điều 16", "Cần xác định.")))
    text = words(with_plan(small_plan(retention=kept)))
    assert "Nhật ký được lưu ít nhất 03 tháng" in text
    assert (
        "Quy định chưa xác định có áp dụng cho hệ thống hay không:\n- Điều 16: 12 tháng; cần xác định."
    ) in text
    undecided = LogRetention(months=0, sources=((12, "Điều 16", "Cần xác định."),))
    assert "Nhật ký được lưu ít nhất" not in words(with_plan(small_plan(retention=undecided)))


def test_sharing_between_systems_is_named_at_the_levels_that_ask_for_it():
    asked = "nhiều hệ thống thông tin (điểm a khoản 5 Điều 30)"
    assert asked in words(with_plan())
    assert asked not in words(with_plan(small_plan(level=4), 4))


def test_rows_that_follow_each_other_are_named_as_a_span():
    many = tuple(row(f"TK-{n:02d}", f"5.6.{n}", f"Việc {n}", "…") for n in range(1, 9))
    served = {
        one.id: RequirementAnswer(status="met", evidence=("MC-01",))
        for one in many
        if one.id not in {"TK-05"}
    }
    plan = small_plan(groups=(ACCOUNTS.model_copy(update={"rows": many}),), answers=served)
    listed = next(line for line in words(with_plan(plan)).split("\n") if line.endswith("| 1–4, 6–8"))
    assert "quy-che-88.pdf (1,4 MB)" in listed


def test_a_dossier_without_plan_and_a_job_written_before_plans_still_print():
    assert "Đáp ứng từng yêu cầu" not in words(proposal(3))
    old = context(proposal(3)).model_dump(mode="json")
    del old["statement"]["plan_matrix"]
    for heading in (*old["statement"]["management"], *old["statement"]["technical"]):
        del heading["requirements"]
    read = DossierContext.model_validate(old)
    assert render_html(read, STATEMENT) == page(proposal(3))


def test_context_with_a_plan_goes_through_json_without_loss():
    found = context(with_plan())
    assert DossierContext.model_validate_json(found.model_dump_json()) == found


def test_what_is_not_met_is_told_in_the_decision_too():
    met = {f"{key}.status": "met" for key in ("mgmt.policy", "tech.network")}
    clean = {key: None for key in proposal(3).answers if key.endswith(".status")} | met
    sentence = "hoàn thành các nội dung của phương án bảo đảm an ninh mạng chưa đáp ứng đầy đủ"
    for plan, expected in ((small_plan(), True), (small_plan(answers={}), False)):
        html = render_html(context(with_plan(plan, changes=clean)), "mau-06")
        assert (sentence in html) is expected


def test_annexes_follow_the_ones_that_are_there():
    bare = {key: [] for key in ("devices", "services", "zones", "connections")}
    text = words(with_plan(changes=bare))
    assert "Phụ lục III / MA TRẬN ĐÁP ỨNG YÊU CẦU CƠ BẢN" in text
    assert "Phụ lục IV / DANH MỤC MINH CHỨNG" in text
    silent = words(with_plan(small_plan(evidence={}), changes=bare))
    assert "DANH MỤC MINH CHỨNG" not in silent
    assert "minh chứng nêu tại" not in silent


def test_an_empty_dossier_with_an_unanswered_plan_prints():
    plan = small_plan(answers={}, measures={}, evidence={}, retention=None, kept={})
    given = empty(3).model_copy(update={"plan": plan})
    made = render_pdf(context(given), STATEMENT, draft=True)
    assert squeezed("06 yêu cầu: đều chưa đánh giá") in squeezed("".join(pdf_pages(made.data)))


HOSTILE = "<script>alert(1)</script> & {{ 7*7 }} {% raw %} \u202egnort\u202c \x07 " + "dai" * 120


def test_what_people_type_is_text_stays_in_its_cell_and_leads_nowhere():
    answers = {
        "TK-09": RequirementAnswer(
            status="partly",
            how=HOSTILE * 12,
            unit=HOSTILE,
            todo=HOSTILE,
            reason="",
            measures=('BP-"><b',),
            evidence=('MC-"><i',),
            values={"length": HOSTILE},
            taken_from="<u>",
        )
    }
    plan = small_plan(
        answers=answers,
        measures={'BP-"><b': SharedMeasure(id='BP-"><b', title=HOSTILE, text=HOSTILE, evidence=('MC-"><i',))},
        evidence={
            'MC-"><i': Evidence(
                id='MC-"><i',
                title=HOSTILE,
                number=HOSTILE,
                issuer=HOSTILE,
                link="javascript:alert(1)",
                note=HOSTILE,
            ),
            "MC-02": Evidence(id="MC-02", title="x", link="https://a.example/ javascript:alert(1)"),
        },
    )
    html = page(with_plan(plan))
    assert "<script>" not in html
    assert 'href="javascript' not in html
    assert 'href="https://a.example' not in html
    assert "{{ 7*7 }}" in html
    assert "\u202e" not in html
    assert "\x07" not in html
    made = render_pdf(context(with_plan(plan)), STATEMENT, draft=False, attachments=stored)
    for left, right, width in _extents(made.data):
        assert left >= 15 * MM
        assert right <= width - 14 * MM


def _extents(data: bytes):
    pdf = pypdfium2.PdfDocument(data)
    for one in pdf:
        width, _ = one.get_size()
        text = one.get_textpage()
        for index in range(text.count_rects()):
            left, _, right, _ = text.get_rect(index)
            yield left, right, width
        text.close()
        one.close()
    pdf.close()


def test_every_cross_reference_is_a_link_that_arrives(printed):
    html = page(with_plan())
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert targets <= set(ids)
    assert {"ma-tran", "danh-muc-minh-chung", "minh-chung-1", "bien-phap-1", "yeu-cau-3"} <= targets
    made = printed.pdf(context(with_plan()), STATEMENT)
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        named = {str(key) for key in pikepdf.NameTree(pdf.Root.Names.Dests)}
        asked, addresses = set(), set()
        for one in pdf.pages:
            for note in one.get("/Annots", ()):
                if note.get("/A", {}).get("/S") == "/URI":
                    addresses.add(str(note.A.URI))
                else:
                    asked.add(str(note.Dest if "/Dest" in note else note.A.D))
    assert targets <= asked
    assert asked <= named
    assert addresses == {"https://kho.saomai.example/ra-soat/q2"}


def test_groups_of_the_matrix_stand_in_the_outline_and_cells_know_their_headings(printed):
    made = printed.pdf(context(with_plan()), STATEMENT)
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        with pdf.open_outline() as outline:
            annex = next(item for item in outline.root if item.title.startswith("Phụ lục VII MA"))
            assert [item.title for item in annex.children] == [
                "5.1. Quản lý rủi ro an ninh mạng",
                "5.6. Quản lý tài khoản và quyền truy cập",
                "Bảo vệ thông tin về sử dụng dịch vụ bưu chính",
            ]
        cells = [
            obj
            for obj in pdf.objects
            if isinstance(obj, pikepdf.Dictionary)
            and obj.get("/S") == "/TD"
            and len(obj.get("/A", {}).get("/Headers", ())) == 3
        ]
    # Six cells of each row are headed by its number, its place and their column.
    assert len(cells) >= 6 * len(small_plan().rows)


def chart(plan) -> ElementTree.Element:
    return ElementTree.fromstring(context(with_plan(plan)).drawings["plan-summary"].svg)


@pytest.mark.parametrize("level", [1, 3, 5])
def test_the_chart_shows_every_group_with_its_numbers_inside_the_picture(level):
    plan = whole_level(level)
    svg = chart(plan)
    space = "{http://www.w3.org/2000/svg}"
    _, _, width, height = map(float, svg.get("viewBox", "").split())
    texts = [(one.text or "", one) for one in svg.iter(f"{space}text")]
    joined = " ".join(text for text, _ in texts)
    for group in plan.groups:
        assert group.name_vi in joined
        assert str(len(group.rows)) in joined
    for text, one in texts:
        size, bold = float(one.get("font-size", 0)), one.get("font-weight") == "bold"
        extent = text_width(text, size, bold=bold)
        shift = {"middle": 0.5, "end": 1.0}.get(one.get("text-anchor", ""), 0.0)
        left = float(one.get("x", 0)) - shift * extent
        assert left >= -1
        assert left + extent <= width + 1
        assert float(one.get("y", 0)) <= height


def test_the_states_of_the_chart_differ_without_colour():
    """Grey, hatched, black, ruled and broken-edged: no two states share fill, lines and edge."""
    svg = chart(small_plan())
    text = ElementTree.tostring(svg, encoding="unicode")
    fills = set(re.findall(r'<(?:\w+:)?rect[^>]* fill="(#\w+)"[^>]* stroke="none"', text))
    assert {"#cdd3dd", "#000000", "#ffffff"} <= fills
    assert "stroke-dasharray" in text
    assert text.count("path") > 20


def test_values_are_compared_as_the_requirement_says():
    """The example's own ground: shorter than suggested is weaker, longer is not."""
    assert LENGTH.compare(10).asks_reason
    assert not LENGTH.compare(20).asks_reason
    assert EVIDENCE["MC-03"].expired_on(date(2026, 11, 6))
    assert not EVIDENCE["MC-03"].expired_on(date(2026, 11, 5))
