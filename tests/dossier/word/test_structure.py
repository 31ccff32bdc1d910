"""What Word gets is editable: styles, tables, fields, sections; and every part of the file is in order."""

from __future__ import annotations

import io
import itertools
import posixpath
import re
import zipfile
from xml.etree import ElementTree

import pytest
from docx.enum.section import WD_ORIENT
from PIL import Image

from levelkit.dossier import LayoutFault, render_docx
from levelkit.dossier.word.names import names
from levelkit.errors import RenderError
from levelkit.resources import data_dir
from tests.dossier.examples import DESIGN, context, picture, proposal, stored

from .reading import MM, opened, words_of
from .reading_parts import REL, WP, R, W, parts, tree

ORDER = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl pBdr shd tabs spacing ind jc "
        "outlineLvl rPr sectPr"
    ),
    "rPr": "rStyle rFonts b bCs i iCs noProof color sz szCs u vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW gridSpan vMerge tcBorders shd tcMar vAlign",
    "sectPr": "Reference type pgSz pgMar pgBorders cols titlePg",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr",
    "pBdr": "top left bottom right",
    "tblBorders": "top left bottom right insideH insideV",
    "tcBorders": "top left bottom right",
    "tblCellMar": "top left bottom right",
    "tcMar": "top left bottom right",
}


@pytest.fixture
def statement(level_3):
    return level_3["thuyet-minh"].word


@pytest.fixture
def everything(level_3, drafts, blanks):
    return {
        f"{kind} {name}": made.word
        for kind, found in (("3", level_3), ("draft", drafts), ("blank", blanks))
        for name, made in found.items()
    }


def test_no_dates(level_3):
    made = level_3["thuyet-minh"]
    with zipfile.ZipFile(io.BytesIO(made.word)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"dcterms" not in parts(made.word)["docProps/core.xml"]


def test_every_part_is_named_reached_and_well_formed(everything):
    for data in everything.values():
        found = parts(data)
        types = ElementTree.fromstring(found["[Content_Types].xml"])
        overridden = {item.get("PartName", "").lstrip("/") for item in types}
        defaults = {item.get("Extension") for item in types}
        reached = {"[Content_Types].xml"}
        for name in (name for name in found if name.endswith(".rels")):
            reached.add(name)
            folder = posixpath.dirname(posixpath.dirname(name))
            ids = set()
            for relation in ElementTree.fromstring(found[name]):
                assert relation.tag == f"{REL}Relationship"
                assert relation.get("Id") not in ids
                ids.add(relation.get("Id"))
                if relation.get("TargetMode") != "External":
                    reached.add(posixpath.normpath(posixpath.join(folder, relation.get("Target", ""))))
            if name == "word/_rels/document.xml.rels":
                used = set(re.findall(r'r:(?:id|embed)="([^"]+)"', found["word/document.xml"].decode()))
                assert used <= ids
        assert reached == set(found)
        for name, part in found.items():
            assert name in overridden or name.rpartition(".")[2] in defaults
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(part)


def test_properties_stand_in_the_order_of_the_schema(everything):
    """Word calls a file damaged whose properties stand in another order; nothing unknown is among them."""
    for data in everything.values():
        for name, part in parts(data).items():
            if name.startswith("word/") and name.endswith(".xml") and "theme" not in name:
                for element in ElementTree.fromstring(part).iter():
                    order = ORDER.get(element.tag.removeprefix(W))
                    if order is None:
                        continue
                    tags = [
                        re.sub(r"^(header|footer)Reference", "Reference", child.tag.removeprefix(W))
                        for child in element
                    ]
                    places = [order.split().index(tag) for tag in tags]
                    assert places == sorted(places), (name, element.tag)


def test_ids_are_unique_and_links_lead_somewhere(everything):
    for data in everything.values():
        body = tree(data)
        marks = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
        ids = [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkStart")]
        assert len(marks) == len(set(marks))
        assert len(ids) == len(set(ids))
        assert ids == [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkEnd")]
        assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", str(mark), re.ASCII) for mark in marks)
        anchors = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")} - {None}
        assert anchors <= set(marks)
        drawn = [item.get("id") for item in body.iter(f"{WP}docPr")]
        assert len(drawn) == len(set(drawn))


def test_every_cell_ends_in_a_paragraph_and_no_two_tables_touch(everything):
    for data in everything.values():
        body = tree(data)
        for cell in body.iter(f"{W}tc"):
            assert cell[-1].tag == f"{W}p"
        for holder in (body[0], *body.iter(f"{W}tc")):
            tags = [child.tag for child in holder]
            assert (f"{W}tbl", f"{W}tbl") not in itertools.pairwise(tags)
        for table in body.iter(f"{W}tbl"):
            grid = [int(column.get(f"{W}w", "0")) for column in table.iter(f"{W}gridCol")]
            for row in table.findall(f"{W}tr"):
                spans = [int(span.get(f"{W}val", "1")) for span in row.findall(f"{W}tc/{W}tcPr/{W}gridSpan")]
                assert len(row.findall(f"{W}tc")) - len(spans) + sum(spans) == len(grid)


def test_one_font_in_every_style_and_in_the_theme(everything):
    for data in everything.values():
        for name, part in parts(data).items():
            if name.startswith("word/"):
                asked = b"".join(re.findall(rb"<w:rFonts[^>]*>|<w:font [^>]*>|typeface=[^>]*>", part))
                faces = set(re.findall(rb'="([^"]*)"', asked))
                assert faces <= {b"Times New Roman"}, name
        assert b"asciiTheme" not in parts(data)["word/styles.xml"]
        for style in tree(data, "word/styles.xml").iter(f"{W}style"):
            if style.get(f"{W}type") == "paragraph":
                fonts = style.find(f"{W}rPr/{W}rFonts")
                assert fonts is not None
                assert len(fonts.attrib) == 4


def test_styles_have_names_people_know(statement, level_3):
    used = {paragraph.style.name for paragraph in opened(statement).paragraphs}
    assert {"Heading 1", "Heading 2", "Heading 3", "Normal", "Caption", "toc 1", "toc 2", "Căn cứ"} <= used
    letter = opened(level_3["mau-02"].word)
    cells = {
        paragraph.style.name
        for table in letter.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    }
    assert {"Quốc hiệu", "Tiêu ngữ", "Cơ quan ban hành", "Số ký hiệu", "Nơi nhận", "Họ tên người ký"} <= cells
    assert not any("," in name for name in used | cells)


def test_text_of_a_letter_follows_the_decree(level_3):
    document = opened(level_3["mau-02"].word)
    normal = document.styles["Normal"]
    assert normal.font.size.pt == 14
    assert normal.paragraph_format.first_line_indent.mm == pytest.approx(10, abs=0.1)
    assert normal.paragraph_format.space_before.pt == 6
    assert document.styles["Quốc hiệu"].font.bold
    assert document.styles["Căn cứ"].font.italic
    assert document.styles["Nơi nhận danh sách"].font.size.pt == 11
    assert {
        language.get(f"{W}val")
        for language in tree(level_3["mau-02"].word, "word/styles.xml").iter(f"{W}lang")
    } == {"vi-VN"}


def test_pages_of_the_decree_and_landscape_annexes(statement, level_3):
    document = opened(statement)
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in document.sections]
    assert turned[0] is False
    assert any(turned)
    for section in document.sections:
        wide = section.orientation == WD_ORIENT.LANDSCAPE
        size = (section.page_width.mm, section.page_height.mm)
        assert size == pytest.approx((297, 210) if wide else (210, 297), abs=0.2)
        margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
        wanted = (30, 20, 15, 20) if wide else (20, 15, 20, 30)
        assert [margin.mm for margin in margins] == pytest.approx(wanted, abs=0.2)
    (letter,) = opened(level_3["mau-02"].word).sections
    assert letter.left_margin.mm == pytest.approx(30, abs=0.2)


def _numbered(part) -> bool:
    return any("PAGE" in (item.get(f"{W}instr") or "") for item in part._element.iter(f"{W}fldSimple"))


def test_number_of_the_page_on_top_but_not_on_the_first(statement, level_3):
    (letter,) = opened(level_3["mau-02"].word).sections
    assert letter.different_first_page_header_footer
    assert _numbered(letter.header)
    assert not _numbered(letter.first_page_header)
    cover, *rest = opened(statement).sections
    assert not _numbered(cover.header)
    assert all(_numbered(section.header) for section in rest)
    assert not any(section.different_first_page_header_footer for section in rest)


def test_contents_are_a_field_filled_in_already(level_3):
    data = level_3["thuyet-minh"].word
    body = tree(data)
    code = [item.text or "" for item in body.iter(f"{W}instrText")]
    assert sum("TOC" in item and "PAGEREF" not in item for item in code) == 1
    lines = [paragraph for paragraph in opened(data).paragraphs if paragraph.style.name.startswith("toc ")]
    assert len(lines) > 40
    assert all(re.search(r" \d+$", words_of(line._element)) for line in lines)
    headings = [
        paragraph
        for paragraph in opened(data).paragraphs
        if paragraph.style.name in ("Heading 1", "Heading 2", "Heading 3")
    ]
    assert len(headings) == len(lines)
    settings = parts(data)["word/settings.xml"]
    assert b"updateFields" not in settings
    assert b"w:dirty" not in parts(data)["word/document.xml"]
    kinds = [item.get(f"{W}fldCharType") for item in body.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")


def test_same_bytes_twice_and_contents_numbered_without_a_pdf_made_before(level_3):
    alone = render_docx(context(proposal(3)), "thuyet-minh", draft=False, attachments=stored)
    assert alone.data == level_3["thuyet-minh"].word


def test_heads_of_tables_repeat_and_rows_do_not_part(statement):
    heads = 0
    for table in tree(statement).iter(f"{W}tbl"):
        style = table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val")
        for row in table.findall(f"{W}tr"):
            assert row.find(f"{W}trPr/{W}cantSplit") is not None
            heads += row.find(f"{W}trPr/{W}tblHeader") is not None
        assert style in ("Bang", "LuoiTrinhBay")
        title = table.find(f"{W}tblPr/{W}tblCaption")
        assert (style == "Bang") == (title is not None and title.get(f"{W}val", "").startswith("Bảng "))
    assert heads >= 6


def test_columns_are_as_wide_as_on_the_page(statement):
    (devices,) = (
        table
        for table in tree(statement).iter(f"{W}tbl")
        if words_of_row(table).startswith("STTTên thiết bị")
    )
    widths = [int(column.get(f"{W}w", "0")) for column in devices.iter(f"{W}gridCol")]
    whole = sum(widths)
    assert whole / 20 == pytest.approx(257 * MM, abs=1)
    shares = (5, 18, 18, 7, 17, 22, 13)
    assert [100 * width / whole for width in widths] == pytest.approx(shares, abs=0.1)


def words_of_row(table) -> str:
    row = table.find(f"{W}tr")
    return "".join(item.text or "" for item in row.iter(f"{W}t"))


def test_captions_count_by_themselves(statement):
    found = []
    for paragraph in opened(statement).paragraphs:
        if paragraph.style.name in ("Caption", "Tên hình"):
            code = "".join(item.text or "" for item in paragraph._element.iter(f"{W}instrText"))
            label, number = words_of(paragraph._element).strip().split(".")[0].split()
            assert code.split()[0] == "SEQ"
            found.append((label, code.split()[1], int(number)))
    for label, code in (("Bảng", "Bang"), ("Hình", "Hinh")):
        numbers = [number for own, kind, number in found if (own, kind) == (label, code)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert numbers


def test_pictures_are_sharp_and_have_words(level_3):
    made = level_3["thuyet-minh"]
    body = tree(made.word)
    relations = {
        item.get("Id"): item.get("Target") for item in tree(made.word, "word/_rels/document.xml.rels")
    }
    shown = list(body.iter(f"{WP}inline"))
    assert len(shown) >= 2
    drawn = {drawing.description for drawing in made.context.drawings.values()}
    sharp = 0
    for inline in shown:
        words = inline.find(f"{WP}docPr").get("descr")
        assert words
        extent = inline.find(f"{WP}extent")
        width = int(extent.get("cx")) / 12700
        assert width <= 258 * MM
        blip = next(item for item in inline.iter() if item.tag.endswith("}blip"))
        data = parts(made.word)["word/" + relations[blip.get(f"{R}embed")]]
        with Image.open(io.BytesIO(data)) as image:
            assert image.format == "PNG"
            if any(words.endswith(each) for each in drawn):
                assert image.width / (width / 72) >= 200
                sharp += 1
    assert sharp


def test_a_wide_picture_keeps_its_shape():
    data = picture(4000, 300)
    word = render_docx(
        context(proposal(3)), "thuyet-minh", draft=False, attachments=lambda _: data, anchors={}
    )
    extents = [
        (int(extent.get("cx")), int(extent.get("cy"))) for extent in tree(word.data).iter(f"{WP}extent")
    ]
    width, height = min(extents, key=lambda size: size[1] / size[0])
    assert width / height == pytest.approx(4000 / 300, rel=0.01)
    assert width / 12700 <= 166 * MM


def test_draft_is_marked_on_every_page_and_only_a_draft(level_3, drafts):
    for name, made in drafts.items():
        heads = [part for key, part in parts(made.word).items() if key.startswith("word/header")]
        assert heads, name
        assert all("DỰ THẢO".encode() in part for part in heads), name
        assert all(b"PowerPlusWaterMarkObject" in part for part in heads)
        for section in tree(made.word).iter(f"{W}sectPr"):
            kinds = {item.get(f"{W}type") for item in section.findall(f"{W}headerReference")}
            assert "default" in kinds
            assert ("first" in kinds) == (section.find(f"{W}titlePg") is not None)
        assert "DỰ THẢO" not in words_of(opened(made.word).element.body)
    for made in level_3.values():
        assert not any("DỰ THẢO".encode() in part for part in parts(made.word).values())


def test_marks_of_secrecy_are_framed(drafts):
    for name in ("4-thuyet-minh", "4-mau-03"):
        framed = {
            words_of(paragraph).strip()
            for paragraph in opened(drafts[name].word).element.body.iter(f"{W}p")
            if len(paragraph.findall(f"{W}pPr/{W}pBdr/*")) == 4
        }
        assert "TỐI MẬT" in framed
        assert ("LƯU HÀNH NỘI BỘ" in framed) == (name == "4-thuyet-minh")


def test_who_made_it_and_in_what_language(level_3):
    properties = opened(level_3["mau-02"].word).core_properties
    assert properties.title == "Văn bản đề nghị thẩm định hồ sơ đề xuất cấp độ"
    assert properties.author == "Trung tâm Công nghệ thông tin"
    assert properties.language == "vi-VN"
    cover = opened(level_3["thuyet-minh"].word).core_properties
    assert cover.title.startswith("Thuyết minh Hồ sơ đề xuất cấp độ – Cổng khách hàng")
    assert cover.author == "Tổng công ty Cổ phần Bưu chính Sao Mai"


def test_attached_file_and_bad_pictures_as_for_the_pdf():
    found = context(proposal(3))
    assert render_docx(found, "tai-lieu-thiet-ke", draft=False, attachments=stored).data == DESIGN
    with pytest.raises(RenderError, match=r"mo-hinh-lo-gic\.png.*PNG hoặc JPEG"):
        render_docx(found, "thuyet-minh", draft=False, attachments=lambda _: b"no picture", anchors={})
    with pytest.raises(RenderError, match=r"HT-03.*mau-07"):
        render_docx(found, "mau-07", draft=False)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<p class="moi">x</p>', "class=moi"),
        ("<ul><li>x</li></ul>", "<ul>"),
        ('<img src="attachment:x">', "without alt"),
        ('<div style="border: 1px solid">x</div>', "border"),
        ('<style>p::before { content: "x" }</style><p>y</p>', "::before"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>1</td></tr></table>", "2 columns"),
    ],
)
def test_what_word_would_not_get_is_a_fault(body, said, monkeypatch):
    from levelkit.dossier import word

    html = f'<html lang="vi"><head><title>x</title></head><body>{body}</body></html>'
    monkeypatch.setattr(word, "body_html", lambda *_: (html, ()))
    with pytest.raises(LayoutFault, match=re.escape(said)):
        render_docx(context(proposal(3)), "mau-02", draft=False)


def test_every_class_of_the_templates_has_a_place_in_word():
    found = {
        name
        for path in data_dir("templates").rglob("*.html")
        for value in re.findall(
            r'class="([^"]*)"', re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", path.read_text(encoding="utf-8"))
        )
        for name in value.split()
        if not name.endswith("-")
    }
    assert len(found) > 60
    assert {name for name in found if not names().knows(name)} == set()
