"""The yearly report: what the form asks, from what is there; what is not there is said beside it."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from levelkit.errors import UserError
from levelkit.services.report import missing_lines, prepare_report, write_report
from levelkit.services.sample_workspace import write_sample
from levelkit.services.workspace import Workspace


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("bao-cao") / "mau.levelkit"
    write_sample(path)
    with Workspace.open(path, readonly=True) as opened:
        yield opened


@pytest.fixture
def opened(tmp_path):
    with Workspace.create(tmp_path / "w.levelkit") as workspace:
        yield workspace


def add(workspace, code, status="draft", **answers):
    workspace.add_system(f"Hệ thống {code}", code)
    workspace.session(code).set_many({key.replace("__", "."): value for key, value in answers.items()})
    workspace.set_status(code, status)


def row(report, code):
    name = f"Hệ thống {code}"
    return next(one for one in report.context.report.systems.rows if one[1] == name)


def counts(report):
    return [line.value for line in report.context.report.counts]


def test_statuses_are_the_forms_own_and_retired_systems_stay_out(opened):
    add(opened, "A")
    add(opened, "B", "submitted", kinds=["internal"], approval_planned="2027-02-10")
    add(opened, "C", "appraised", approval_planned="2026-12-20")
    add(opened, "D", previous__level=2, previous__decision="31/QĐ-X", previous__decision_date="2023-11-02")
    add(opened, "E", "retired")
    report = prepare_report(opened, 2026)
    assert [one[6 - 1] for one in report.context.report.systems.rows] == [
        "Đang dự thảo",
        "Đã gửi thẩm định",
        "Đã thẩm định",
        "Đã được phê duyệt",
    ]
    assert report.left_out == ("E",)
    assert counts(report) == ["4", "1", "3", "2", "1", "0", "…"]
    assert row(report, "B")[8] == "02/2027"
    assert row(report, "D")[4:9] == ("2", "Đã được phê duyệt", "31/QĐ-X, 02/11/2023", "", "")


def test_the_last_expected_approval_is_told_once_all_are_known(opened):
    add(opened, "A", approval_planned="2027-02-10")
    add(opened, "B", approval_planned="2026-12-20")
    assert counts(prepare_report(opened, 2026))[-1] == "02/2027"


def test_inspections_and_the_period(opened):
    add(
        opened,
        "A",
        inspection__done=["before_use", "periodic"],
        regulation__number="1/QĐ",
        regulation__complied=True,
    )
    add(opened, "B", inspection__done=["not_done"])
    report = prepare_report(opened, 2026)
    assert row(report, "A")[-1] == "Trước khi đưa vào sử dụng; Định kỳ"
    assert row(report, "B")[-1] == ""
    assert "15 tháng 12 năm 2025" in report.context.report.period
    assert "14 tháng 12 năm 2026" in report.context.report.period
    lists = {table.key: [one[1] for one in table.rows] for table in report.context.report.lists}
    assert lists["complied"] == lists["inspected"] == lists["regulated"] == ["Hệ thống A"]
    told = missing_lines(report)
    assert not any(line.startswith("B") and "kiểm tra" in line for line in told)


def test_how_far_the_plan_is_carried_out(sample):
    report = prepare_report(sample, 2026)
    rows = {one[1]: one for one in report.context.report.systems.rows}
    done = rows["Cổng khách hàng doanh nghiệp và API kết nối sàn TMĐT"]
    assert done[9] == "Đã triển khai một số hạng mục"
    assert done[10].endswith("/2027")
    plans = next(table for table in report.context.report.lists if table.key == "plans")
    session = sample.session("HT-03")
    unmet = session.plan.counts()
    assert sum(one[1] == session.name for one in plans.rows) == unmet.partly + unmet.not_met
    assert rows["Ứng dụng bưu tá (shipper)"][9] == ""
    assert any(line.startswith("HT-02") and "triển khai" in line for line in missing_lines(report))


def test_the_documents_say_the_same_and_never_what_is_missing(sample, tmp_path):
    report = prepare_report(sample, 2026)
    for ending in ("pdf", "docx", "xlsx"):
        write_report(report, tmp_path / f"bc.{ending}")
    pdf = pypdfium2.PdfDocument((tmp_path / "bc.pdf").read_bytes())
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    pdf.close()
    for said in (
        "Kính gửi: Bộ Công an.",
        "Hà Nội, ngày … tháng … năm …",
        "Mục ghi bằng số là của TCVN 14423:2026",
        "Chú thích:",
        "Cột (12) ghi tình trạng",
        "Trần Minh Quân",
        "31/QĐ-CNTT",
    ):
        assert said in text
    assert "còn thiếu" not in text.lower()
    assert "chưa có thông tin" not in text.lower()
    book = CalamineWorkbook.from_filelike(BytesIO((tmp_path / "bc.xlsx").read_bytes()))
    table = book.get_sheet_by_name("Mẫu số 08").to_python()
    assert len(table[0]) == 12
    assert [line[1] for line in table[1:]] == [one[1] for one in report.context.report.systems.rows]


def test_a_unit_reports_to_the_owner(sample):
    letter = prepare_report(sample, 2026, "unit").context.letters["mau-08"]
    assert letter.heading.organisation == "PHÒNG AN NINH MẠNG"
    assert letter.heading.parent == "TỔNG CÔNG TY CỔ PHẦN BƯU CHÍNH SAO MAI"
    assert letter.addressees == ("Tổng công ty cổ phần Bưu chính Sao Mai",)
    assert letter.signature.name == "Phạm Đức Long"


def test_several_owners_follow_one_another(opened):
    add(opened, "A", owner__name="Công ty Một", security__name="Phòng Một")
    add(opened, "B", owner__name="Công ty Hai", security__name="Phòng Hai")
    add(opened, "C", owner__name="Công ty Một", security__name="Phòng Một")
    owners = prepare_report(opened, 2026).context.report.owners
    assert [one.owner.lines[0].value for one in owners] == ["Công ty Một", "Công ty Hai"]


def test_what_cannot_be_reported(opened, tmp_path):
    with pytest.raises(UserError, match="không có hệ thống"):
        prepare_report(opened, 2026)
    add(opened, "A")
    with pytest.raises(UserError, match="2026"):
        prepare_report(opened, 2025)
    with pytest.raises(UserError, match=r"\.pdf"):
        write_report(prepare_report(opened, 2026), tmp_path / "bc.doc")
    assert not (tmp_path / "bc.doc").exists()


def test_none_is_claimed_only_where_every_system_said_so(opened):
    add(opened, "A", regulation__number="102/QĐ-X", regulation__date="2026-09-30")

    def told():
        lists = prepare_report(opened, 2026).context.report.lists
        return {one.key: one.empty for one in lists if one.key in {"critical", "complied", "inspected"}}

    assert told() == dict.fromkeys(("critical", "complied", "inspected"), "…")
    opened.session("A").set_many(
        {
            "regulation.complied": False,
            "inspection.done": ["not_done"],
        }
    )
    assert told() == {"critical": "…", "complied": "Không có.", "inspected": "Không có."}
