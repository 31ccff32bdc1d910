from __future__ import annotations

import io
import re

import pikepdf
import pytest

from levelkit.dossier import LayoutFault, Progress, document_ids, render_pdf
from levelkit.dossier.environment import environment, keep_numbers_whole
from levelkit.dossier.renderer import render_html
from levelkit.errors import Cancelled, RenderError

from .examples import DESIGN, PICTURE_SHA, context, empty, picture, proposal, stored
from .plans import with_plan
from .printed import written
from .texts import html_lines, page_numbers, pdf_pages, squeezed

MM = 72 / 25.4


@pytest.fixture(scope="module")
def level_3(printed):
    found = context(proposal(3))
    return {document: printed.pdf(found, document) for document in written(found)}


def test_twice_the_same_bytes(level_3):
    again = render_pdf(context(proposal(3)), "thuyet-minh", draft=False, attachments=stored)
    assert again.data == level_3["thuyet-minh"].data


def test_nothing_that_the_templates_say_is_lost_on_the_pages(level_3):
    found = context(proposal(3))
    for document, made in level_3.items():
        words = squeezed("".join(pdf_pages(made.data, top_margin=19 * MM)))
        for line in html_lines(render_html(found, document)):
            if line.startswith("["):
                continue
            for cell in re.split(r" \| ?| / ", line):
                assert squeezed(cell)[:40] in words, cell


def test_contents_give_the_pages_printed(level_3):
    pages = pdf_pages(level_3["thuyet-minh"].data)
    contents = [number for number, text in enumerate(pages) if "MỤC LỤC" in text or number in (1, 2)]
    rows = re.findall(r"^(.+?)\s+(\d+)\s*$", "\n".join(pages[number] for number in contents), re.MULTILINE)
    rows = [(title, int(number)) for title, number in rows if not title.isdecimal()]
    assert len(rows) > 40
    for title, number in rows:
        heading = title.split(". ", 1)[1] if title.startswith("Phụ lục") else title
        assert squeezed(heading).casefold() in squeezed(pages[number - 1]).casefold(), (title, number)


def test_one_running_page_count_and_none_on_the_cover(level_3):
    made = level_3["thuyet-minh"]
    assert page_numbers(made.data, 17 * MM) == ["", *(str(number) for number in range(2, made.pages + 1))]


def test_first_page_of_a_letter_has_no_number(level_3):
    assert page_numbers(level_3["mau-02"].data, 17 * MM) == ["", "2"]


def test_metadata_outline_tags_and_language(level_3):
    with pikepdf.open(io.BytesIO(level_3["thuyet-minh"].data)) as pdf:
        assert str(pdf.Root.Lang) == "vi"
        assert pdf.Root.MarkInfo.Marked
        assert "Thuyết minh Hồ sơ đề xuất cấp độ" in str(pdf.docinfo["/Title"])
        assert "/CreationDate" not in pdf.docinfo
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles[0] == "MỤC LỤC"
        assert titles[2] == "PHẦN I. THUYẾT MINH TỔNG QUAN VỀ HỆ THỐNG THÔNG TIN"
        assert titles[-1].startswith("Phụ lục VI")


def test_every_font_is_our_own_and_embedded(level_3):
    for made in level_3.values():
        with pikepdf.open(io.BytesIO(made.data)) as pdf:
            fonts = [
                obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/FontFile2" in obj
            ]
            named = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/FontName" in obj]
            assert fonts
            assert len(fonts) == len(named)
            assert all(
                "Levelkit" in str(font.FontName) or "Liberation" in str(font.FontName) for font in named
            )


@pytest.mark.parametrize("document", ["mau-02", "thuyet-minh"])
def test_watermark_is_drawn_but_is_no_text(level_3, printed, document):
    draft = printed.pdf(context(proposal(3)), document, draft=True)
    assert pdf_pages(draft.data) == pdf_pages(level_3[document].data)
    assert "DỰ" not in "".join(pdf_pages(draft.data))
    with (
        pikepdf.open(io.BytesIO(draft.data)) as marked,
        pikepdf.open(io.BytesIO(level_3[document].data)) as plain,
    ):
        for page, bare in zip(marked.pages, plain.pages, strict=True):
            assert len(page.Contents.read_bytes()) > len(bare.Contents.read_bytes())
            assert not _transparent(page)


def _transparent(page: pikepdf.Page) -> bool:
    states = page.resources.get("/ExtGState", {})
    return any(float(state.get("/ca", 1)) < 1 for state in states.values())


LONG = (
    "Trung tâm Vận hành, Giám sát và Bảo đảm an toàn hạ tầng công nghệ thông tin, "
    "chuyển đổi số khu vực miền Bắc"
)
CROWDED = {
    "owner.name": f"Tổng công ty Cổ phần {LONG}",
    "operator.name": LONG,
    "security.name": f"Phòng An ninh mạng thuộc {LONG}",
    "system.name": f"Hệ thống quản lý, điều hành, theo dõi và khai thác bưu gửi liên tỉnh của {LONG}",
    "operator.email": "mot-dia-chi-thu-dien-tu-rat-dai-khong-co-dau-cach@tong-cong-ty-buu-chinh.example",
    "doc.mau-02.place": "Thành phố Hồ Chí Minh",
    "doc.mau-02.recipients": "\n".join(f"Đơn vị nhận thứ {number} của {LONG}" for number in range(1, 15)),
    "doc.mau-02.title": "Phó Giám đốc phụ trách Trung tâm Công nghệ thông tin và Chuyển đổi số",
    "devices": [
        {
            "name": f"Máy chủ cơ sở dữ liệu phân tán số {number}",
            "model": "KIEU-MAY-CHU-KHONG-CO-DAU-CACH-RAT-DAI-2026",
            "quantity": 1000 + number,
            "location": "Trung tâm dữ liệu Hòa Lạc, phòng máy số 03, tủ 17",
            "purpose": "Lưu cơ sở dữ liệu giao dịch, nhật ký",
            "zone": "Dữ liệu",
        }
        for number in range(1, 61)
    ],
    "zones": [
        {
            "name": "Biên",
            "private_ip": "2001:0db8:85a3:0000:0000:8a2e:0370:7334/128, 10.0.0.0/8",
            "public_ip": "203.0.113.0/24,198.51.100.0/24,192.0.2.0/24",
            "vlan": "4094",
            "purpose": "…",
        }
    ],
}


@pytest.mark.parametrize("document", ["mau-02", "mau-05", "mau-06", "thuyet-minh"])
def test_long_names_and_sixty_devices_stay_inside_the_margins(document, printed):
    made = printed.pdf(context(proposal(3, changes=CROWDED)), document)
    for left, top, right, bottom, width, height in _boxes(made.data):
        assert left >= 19 * MM
        assert right <= width - 14 * MM
        assert bottom >= 10 * MM
        assert top <= height - 5 * MM
    if document == "thuyet-minh":
        pages = [
            page
            for page in map(squeezed, pdf_pages(made.data))
            if squeezed("sở dữ liệu phân tán số") in page and squeezed("Hình 3. Sơ đồ") not in page
        ]
        assert len(pages) > 3
        assert all(squeezed("Tên thiết bị") in page for page in pages)


def test_table_cells_do_not_run_into_each_other(printed):
    made = printed.pdf(context(proposal(3, changes=CROWDED)), "thuyet-minh")
    boxes = [box for box in _words(made.data) if box[0].startswith(("KIEU-MAY", "2001:0db8", "203.0.113"))]
    assert boxes
    # A column of the landscape tables is at most 26 % of 257 mm wide.
    assert all(right - left <= 0.26 * 257 * MM for _, left, right in boxes)


def _boxes(data: bytes):
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    for page in pdf:
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            yield left, top, right, bottom, width, height
        text.close()
        page.close()
    pdf.close()


def _words(data: bytes):
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    for page in pdf:
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            yield text.get_text_bounded(left, bottom, right, top).strip(), left, right
        text.close()
        page.close()
    pdf.close()


def test_signature_never_parts_and_keeps_two_lines_of_text():
    """Whatever the length above it, the block stands whole, below at least two lines of its letter."""
    seen_moved = False
    for extra in range(12):
        changes = {"operator.address": "Phường Hoàn Kiếm, thành phố Hà Nội, " * extra + "Hà Nội"}
        made = render_pdf(context(proposal(3, changes=changes)), "mau-05", draft=False)
        last = pdf_pages(made.data, top_margin=19 * MM)[-1]
        assert "Nơi nhận:" in last
        assert "Lê Hoàng Nam" in last
        before = [line for line in last.split("Nơi nhận:")[0].split("\n") if line.strip()]
        assert len(before) >= 2
        seen_moved = seen_moved or len(before) < 8
    assert seen_moved


@pytest.mark.parametrize("given", [empty(), empty(1), empty(3), empty(4), empty(5)])
def test_almost_nothing_answered_still_prints(given, printed):
    found = context(given)
    for document in document_ids(found):
        made = printed.pdf(found, document, draft=True)
        assert made.data.startswith(b"%PDF-1.7")
        assert made.pages


def test_attached_file_is_handed_on_as_given():
    made = render_pdf(context(proposal(3)), "tai-lieu-thiet-ke", draft=False, attachments=stored)
    assert made.data == DESIGN


def test_a_file_that_is_gone_is_named():
    with pytest.raises(RenderError, match=re.escape("thiet-ke.pdf")):
        render_pdf(context(proposal(3)), "tai-lieu-thiet-ke", draft=False)


def test_a_picture_that_cannot_be_read_is_named_with_what_to_do():
    with pytest.raises(RenderError, match=r"mo-hinh-lo-gic\.png.*PNG hoặc JPEG"):
        render_pdf(context(proposal(3)), "thuyet-minh", draft=False, attachments=lambda _: b"no picture")


def test_a_document_outside_the_route_is_refused():
    with pytest.raises(RenderError, match=r"HT-03.*mau-07"):
        render_pdf(context(proposal(3)), "mau-07", draft=False)


def test_progress_tells_every_page_and_ends_with_the_count():
    told: list[Progress] = []
    made = render_pdf(context(proposal(3)), "mau-02", draft=False, progress=told.append)
    assert [step.step for step in told] == ["layout", "layout", "write", "done"]
    assert told[-1].pages == made.pages == 2


def test_cancel_stops_between_pages():
    asked = iter([False, False, False, True])
    told: list[Progress] = []
    with pytest.raises(Cancelled):
        render_pdf(
            context(proposal(3)),
            "thuyet-minh",
            draft=False,
            attachments=stored,
            progress=told.append,
            cancel=lambda: next(asked),
        )
    assert len(told) == 4


def test_a_wide_picture_is_scaled_into_the_page():
    data = picture(4000, 300)
    made = render_pdf(context(proposal(3)), "thuyet-minh", draft=False, attachments=lambda _: data)
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        images = [
            obj for obj in pdf.objects if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image"
        ]
    assert images


@pytest.mark.parametrize("mode", ["CMYK", "RGBA", "P", "LA"])
def test_pictures_of_any_kind_become_plain_rgb(mode):
    from PIL import Image

    from levelkit.dossier.fetcher import plain_picture

    out = io.BytesIO()
    Image.new(mode, (20, 20)).save(out, "TIFF" if mode == "CMYK" else "PNG")
    with Image.open(io.BytesIO(plain_picture(out.getvalue(), PICTURE_SHA))) as image:
        assert image.mode == "RGB"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.vn/a.png",
        "file://may-khac/tep.png",
        "data:image/png;base64,AA==",
        "ftp://example.vn/a",
    ],
)
def test_a_document_loads_nothing_from_elsewhere(url, monkeypatch):
    from levelkit.dossier import renderer as module

    monkeypatch.setattr(
        module,
        "body_html",
        lambda *_: (f'<html lang="vi"><body><img src="{url}" alt="x"></body></html>', ()),
    )
    with pytest.raises(LayoutFault):
        render_pdf(context(proposal(3)), "mau-02", draft=False)


def test_a_warning_of_the_layout_is_a_fault(monkeypatch):
    from levelkit.dossier import renderer as module

    html = '<html lang="vi"><body><p style="colour:red">x</p></body></html>'
    monkeypatch.setattr(module, "body_html", lambda *_: (html, ()))
    with pytest.raises(LayoutFault, match="colour"):
        render_pdf(context(proposal(3)), "mau-02", draft=False)


def test_a_letter_that_the_fonts_lack_is_named():
    lacking = "\U0001f9ff\U0010fffd"  # the second is of private use: no font has it
    with pytest.raises(RenderError, match=r"\(U\+10FFFD\).*thay"):
        render_pdf(context(proposal(3, changes={"system.name": f"Cổng {lacking}"})), "mau-02", draft=False)


def test_templates_know_no_name_outside_the_context():
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        environment().from_string("{{ missing }}").render()


def test_numbers_in_narrow_columns_may_break():
    """Marked there, they spoil the lines before them."""
    cell = "<tr><td>Luật số 49/2010/QH12</td></tr></table>"
    assert 'class="nb"' not in keep_numbers_whole(f"<body><table>{cell}")
    assert 'class="nb"' in keep_numbers_whole(f'<body><table class="fields roomy">{cell}')
    assert keep_numbers_whole(f"<body><table>{cell}<p>49/2010/QH12</p>").endswith(
        '<p><span class="nb">49/2010/QH12</span></p>'
    )


def test_no_line_ends_inside_the_number_of_a_law():
    html = keep_numbers_whole(
        "<title>331/2026/NĐ-CP</title><body><p title='1/2026/NĐ-CP'>số 331/2026/NĐ-CP;</p>"
    )
    assert html == (
        "<title>331/2026/NĐ-CP</title><body><p title='1/2026/NĐ-CP'>"
        'số <span class="nb">331/2026/NĐ-CP</span>;</p>'
    )


@pytest.mark.verapdf
def test_every_document_is_pdf_a_3a(printed, verapdf, tmp_path):
    files = []
    for name, given in {
        "1": proposal(1),
        "3": proposal(3, changes=CROWDED),
        "4": proposal(4),
        "5": proposal(5, listed=True),
        "phuong-an": with_plan(),
        "trong": empty(3),
    }.items():
        found = context(given)
        for document in written(found):
            path = tmp_path / f"{name}-{document}.pdf"
            path.write_bytes(printed.pdf(found, document, draft=name == "trong").data)
            files.append(path)
    verdicts = verapdf.check(files)
    assert all(verdict.checks > 5000 for verdict in verdicts.values())
    assert {path.name: verdict.broken for path, verdict in verdicts.items() if not verdict.compliant} == {}


@pytest.mark.verapdf
def test_the_checker_tells_a_plain_pdf_apart(verapdf, tmp_path):
    from weasyprint import HTML

    path = tmp_path / "plain.pdf"
    path.write_bytes(HTML(string="<html><body><p>x</p></body></html>").write_pdf())
    assert not verapdf.check([path])[path].compliant
