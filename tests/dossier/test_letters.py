from __future__ import annotations

from datetime import date

import pytest

from levelkit.dossier.letters import number_line, place_date

from .examples import context, proposal


@pytest.mark.parametrize(
    ("number", "tail", "printed"),
    [
        ("5", "TTr-SM", "Số: 05/TTr-SM"),
        ("12", "SM-CNTT", "Số: 12/SM-CNTT"),
        ("05/TTr-SM", "TTr-SM", "Số: 05/TTr-SM"),
        (None, "TTr-SM", "Số: \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/TTr-SM"),
        (None, None, "Số: ......"),
        ("7", None, "Số: 07"),
    ],
)
def test_number_line(number, tail, printed):
    assert number_line(number, tail) == printed


@pytest.mark.parametrize(
    ("place", "day", "printed"),
    [
        ("Hà Nội", date(2026, 1, 5), "Hà Nội, ngày 05 tháng 01 năm 2026"),
        ("Hà Nội", date(2026, 3, 15), "Hà Nội, ngày 15 tháng 3 năm 2026"),
        ("Thành phố Hồ Chí Minh", None, "Thành phố Hồ Chí Minh, ngày … tháng … năm …"),
        (None, date(2026, 12, 1), "…, ngày 01 tháng 12 năm 2026"),
        (None, None, "…, ngày … tháng … năm …"),
    ],
)
def test_place_and_date(place, day, printed):
    assert place_date(place, day) == printed


def _letter(document: str, level: int = 3, **changes):
    given = {f"doc.{document}.{key}": value for key, value in changes.items()}
    return context(proposal(level, changes=given)).letters[document]


@pytest.mark.parametrize(
    ("authority", "head", "title", "lines"),
    [
        ("none", None, "Giám đốc", ("GIÁM ĐỐC",)),
        ("KT", "Tổng Giám đốc", "Phó Tổng Giám đốc", ("KT. TỔNG GIÁM ĐỐC", "PHÓ TỔNG GIÁM ĐỐC")),
        ("TL", "Tổng Giám đốc", "Trưởng phòng", ("TL. TỔNG GIÁM ĐỐC", "TRƯỞNG PHÒNG")),
        ("TUQ", "Tổng Giám đốc", "Trưởng ban", ("TUQ. TỔNG GIÁM ĐỐC", "TRƯỞNG BAN")),
        ("TM", "Hội đồng quản trị", "Chủ tịch", ("TM. HỘI ĐỒNG QUẢN TRỊ", "CHỦ TỊCH")),
        ("TM", None, "Giám đốc", ("TM. TRUNG TÂM CÔNG NGHỆ THÔNG TIN", "GIÁM ĐỐC")),
        ("Q", None, "Giám đốc", ("Q. GIÁM ĐỐC",)),
    ],
)
def test_authority_of_the_signatory(authority, head, title, lines):
    signature = _letter("mau-05", authority=authority, head_title=head, title=title).signature
    assert signature.lines == lines
    assert signature.name == "Lê Hoàng Nam"


def test_unknown_signatory_leaves_the_forms_own_placeholder():
    signature = _letter("mau-05", authority="KT", title=None, signatory=None, head_title=None).signature
    assert signature.lines == ()
    assert signature.name is None


def test_sign_of_a_letter_names_the_drafting_unit_and_of_a_submission_its_type():
    found = context(proposal(4))
    assert found.letters["mau-02"].heading.number == "Số: 07/SM-CNTT"
    assert found.letters["mau-05"].heading.number.endswith("/TTr-CNTT")
    assert found.letters["mau-06"].heading.number.endswith("/QĐ-SM")


def test_header_shows_the_owner_above_its_unit_and_alone_for_its_own_papers():
    found = context(proposal(3, changes={"owner.parent_name": "Tập đoàn Sao"}))
    unit, own = found.letters["mau-02"].heading, found.letters["mau-06"].heading
    assert (unit.parent, unit.organisation) == (
        "TỔNG CÔNG TY CỔ PHẦN BƯU CHÍNH SAO MAI",
        "TRUNG TÂM CÔNG NGHỆ THÔNG TIN",
    )
    assert (own.parent, own.organisation) == ("TẬP ĐOÀN SAO", "TỔNG CÔNG TY CỔ PHẦN BƯU CHÍNH SAO MAI")


def test_a_company_that_operates_under_contract_is_no_unit_of_the_owner():
    hired = {"operator.hired": True, "operator.hired_basis": "contract"}
    company = hired | {"operator.name": "Công ty TNHH Đám Mây"}
    assert context(proposal(3, changes=company)).letters["mau-02"].heading.parent is None
    assert context(proposal(3, changes=hired)).letters["mau-02"].heading.parent is not None


@pytest.mark.parametrize(
    ("title", "name", "head"),
    [
        ("Trưởng phòng", "Phòng An ninh mạng", "TRƯỞNG PHÒNG AN NINH MẠNG"),
        ("Giám đốc Trung tâm", "Trung tâm An ninh mạng", "GIÁM ĐỐC TRUNG TÂM AN NINH MẠNG"),
        ("Giám đốc", "Trung tâm An ninh mạng", "GIÁM ĐỐC TRUNG TÂM AN NINH MẠNG"),
    ],
)
def test_whose_decision_it_is(title, name, head):
    changes = {"security.name": name, "doc.quyet-dinh-cap-do-1-2.title": title}
    assert context(proposal(1, changes=changes)).letters["quyet-dinh-cap-do-1-2"].head == head


@pytest.mark.parametrize(
    ("ministry", "name"),
    [
        ("none", "Bộ Công an"),
        ("bo_cong_an", "Bộ Công an"),
        ("bo_quoc_phong", "Bộ Quốc phòng"),
        ("ban_co_yeu", "Ban Cơ yếu Chính phủ"),
    ],
)
def test_levels_4_and_5_go_to_the_ministry(ministry, name):
    letter = context(proposal(4, changes={"owner.ministry": ministry})).letters["mau-02"]
    assert letter.addressees == (name,)
    assert letter.issuer == "Tổng công ty Cổ phần Bưu chính Sao Mai"


def test_level_3_goes_to_whom_the_owner_named_when_the_unit_operates_the_system_itself():
    changes = {"security.also_operates": True, "security.appraiser_name": "Ban Kiểm toán nội bộ"}
    assert context(proposal(3)).letters["mau-02"].addressees == ("Phòng An ninh mạng",)
    assert context(proposal(3, changes=changes)).letters["mau-02"].addressees == ("Ban Kiểm toán nội bộ",)


def test_authorised_organisation_acts_for_the_owner():
    changes = {"delegate.used": True, "delegate.name": "Công ty Công nghệ Sao Mai"}
    letters = context(proposal(3, changes=changes)).letters
    assert letters["mau-06"].heading.organisation == "CÔNG TY CÔNG NGHỆ SAO MAI"
    assert letters["mau-06"].heading.parent == "TỔNG CÔNG TY CỔ PHẦN BƯU CHÍNH SAO MAI"
    assert letters["mau-05"].addressees == ("Công ty Công nghệ Sao Mai",)


def test_addressee_given_by_the_person_wins_and_several_are_parted():
    letter = _letter("mau-02", addressee="Bộ Công an; Bộ Khoa học và Công nghệ.")
    assert letter.addressees == ("Bộ Công an", "Bộ Khoa học và Công nghệ")


def test_recipients_are_cleaned_and_copies_come_last():
    letter = _letter(
        "mau-06", recipients="- Như trên;\n- Ban Kiểm soát;\nban kiểm soát\n- Lưu: VT, ANM (03)."
    )
    assert letter.recipients == ("Như Điều 3", "Ban Kiểm soát")
    assert letter.copies == "Lưu: VT, ANM (03)"
    assert _letter("mau-05").copies == "Lưu: VT, CNTT"


def test_further_bases_follow_the_decree():
    found = context(proposal(3, changes={"doc.bases": "Căn cứ Quyết định số 88/QĐ-SM;\n- Luật Bưu chính."}))
    bases = found.letters["mau-02"].bases
    assert bases[0].startswith("Nghị định số 331/2026/NĐ-CP ngày 19 tháng 8 năm 2026 của Chính phủ")
    assert bases[1:] == ("Quyết định số 88/QĐ-SM", "Luật Bưu chính")
