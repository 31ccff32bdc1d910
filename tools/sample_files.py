"""Draw the pictures and set the papers that the sample attaches: ``.venv/bin/python tools/sample_files.py``.

Run it again after the sample's devices, zones or dates changed; the same data gives the same bytes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import pypdfium2
from ruamel.yaml import YAML
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from levelkit.services.sample import written_answers

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "levelkit" / "samples" / "files"
SANS = (ROOT / "levelkit" / "gui" / "fonts").as_uri()
SERIF = (ROOT / "templates" / "fonts").as_uri()
COMPANY = "TỔNG CÔNG TY CỔ PHẦN BƯU CHÍNH SAO MAI"
INK, EDGE, FRAME, ZONE = "#1f2d3d", "#51657a", "#fbfcfd", "#eef3f8"

SANS_FACES = "".join(
    f'@font-face{{font-family:"Sample";src:url({SANS}/IBMPlexSans_{name}.ttf);font-weight:{weight}}}'
    for name, weight in (("400Regular", 400), ("600SemiBold", 600))
)


@dataclass
class Picture:
    """A block diagram on a fixed grid; boxes first, arrows over them."""

    width: int
    height: int
    parts: list[str] = field(default_factory=list)

    def frame(self, x: int, y: int, w: int, h: int, title: str) -> None:
        """Draw the dashed line round what belongs together."""
        self.parts.append(
            f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="10" fill="{FRAME}" stroke="{EDGE}" '
            f'stroke-width="2" stroke-dasharray="9 6"/>'
        )
        self.text(x + 18, y + 32, [title], size=22, bold=True, anchor="start")

    def zone(self, x: int, y: int, w: int, h: int, *names: str) -> None:
        """Draw a network zone: its name, its addresses."""
        title, address = names
        self.parts.append(
            f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="8" fill="{ZONE}" '
            f'stroke="{EDGE}" stroke-width="2"/>'
        )
        self.text(x + 16, y + 30, [title], size=22, bold=True, anchor="start")
        self.text(x + 16, y + 56, [address], size=18, anchor="start")

    def box(self, x: int, y: int, w: int, h: int, *lines: str) -> None:
        """Draw a device, a service or a party."""
        self.parts.append(
            f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="5" fill="#ffffff" '
            f'stroke="{INK}" stroke-width="2"/>'
        )
        top = y + h / 2 - (len(lines) - 1) * 13 + 7
        self.text(x + w // 2, int(top), lines, size=20)

    def text(
        self, x: int, y: int, lines: Any, *, size: int = 18, bold: bool = False, anchor: str = "middle"
    ) -> None:
        """Write lines at 26 units' distance."""
        weight = 600 if bold else 400
        for number, line in enumerate(lines):
            self.parts.append(
                f'<text x="{x}" y="{y + 26 * number}" font-family="Sample" font-size="{size}" '
                f'font-weight="{weight}" text-anchor="{anchor}" fill="{INK}">{escape(line)}</text>'
            )

    def arrow(
        self, *points: tuple[int, int], label: str = "", at: tuple[int, int] | None = None, both: bool = False
    ) -> None:
        """Draw a line through the points, with a head at its end (at both ends: ``both``)."""
        path = " ".join(f"{x},{y}" for x, y in points)
        self.parts.append(f'<polyline points="{path}" fill="none" stroke="{INK}" stroke-width="2.5"/>')
        self._head(points[-2], points[-1])
        if both:
            self._head(points[1], points[0])
        if label:
            assert at is not None
            self.text(at[0], at[1], label.split("|"), size=18)

    def _head(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        (ax, ay), (bx, by) = start, end
        dx, dy = (bx > ax) - (bx < ax), (by > ay) - (by < ay)
        left = (bx - 14 * dx - 7 * dy, by - 14 * dy - 7 * dx)
        right = (bx - 14 * dx + 7 * dy, by - 14 * dy + 7 * dx)
        self.parts.append(
            f'<polygon points="{bx},{by} {left[0]},{left[1]} {right[0]},{right[1]}" fill="{INK}"/>'
        )

    def svg(self, style: str = "") -> str:
        """Return the picture as an SVG element."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}" style="display:block;{style}">'
            f"{''.join(self.parts)}</svg>"
        )

    def png(self) -> bytes:
        """Return the picture as PNG, one pixel a unit."""
        size = f"@page{{size:{self.width}px {self.height}px;margin:0}}body{{margin:0}}"
        page = f"<style>{SANS_FACES}{size}</style>{self.svg()}"
        pdf = HTML(string=page).write_pdf(font_config=FontConfiguration())
        image = pypdfium2.PdfDocument(pdf)[0].render(scale=4 / 3).to_pil().convert("RGB")
        out = io.BytesIO()
        image.quantize(32, dither=0).save(out, "PNG", optimize=True)
        return out.getvalue()


def ht_03_logical() -> Picture:
    """Parties left, zones in the middle, the system behind it right."""
    p = Picture(1700, 930)
    p.box(20, 150, 230, 96, "Khách hàng", "doanh nghiệp")
    p.box(20, 330, 230, 96, "Sàn TMĐT", "(bên ngoài)")
    p.box(20, 735, 230, 114, "Quản trị viên", "qua VPN và máy", "trung gian")
    p.frame(300, 20, 1100, 890, "Mạng riêng ảo của HT-03 – đám mây thuê, vùng Hà Nội")
    p.zone(330, 80, 280, 430, "Biên (Internet)", "203.0.113.24/29")
    p.box(355, 160, 230, 84, "Cân bằng tải", "dịch vụ")
    p.box(355, 275, 230, 84, "WAF dịch vụ")
    p.box(355, 390, 230, 84, "Tường lửa ảo", "02 (dự phòng nóng)")
    p.zone(690, 80, 310, 180, "Web", "10.3.10.0/24")
    p.box(715, 155, 260, 80, "shop-web", "04 máy chủ ảo")
    p.zone(690, 310, 310, 290, "Ứng dụng", "10.3.20.0/24")
    p.box(715, 385, 260, 80, "shop-api", "04 máy chủ ảo")
    p.box(715, 495, 260, 80, "shop-recon")
    p.zone(1080, 80, 290, 520, "Dữ liệu", "10.3.30.0/24")
    p.box(1105, 160, 240, 100, "shop-db", "PostgreSQL 16,", "cụm 3 nút")
    p.box(1105, 330, 240, 90, "shop-mq", "hàng đợi webhook")
    p.box(1105, 485, 240, 90, "Kho đối tượng", "nhãn, tệp đối soát")
    p.zone(330, 650, 1040, 220, "Quản trị", "10.3.99.0/28")
    p.box(420, 750, 320, 84, "Cổng quản trị", "tường lửa ảo, máy chủ ảo")
    p.box(1000, 750, 330, 84, "Dịch vụ nhật ký", "lưu 12 tháng")
    p.box(1470, 350, 210, 120, "HT-01", "Quản lý bưu gửi,", "tra cứu")
    p.arrow((250, 198), (330, 198), label="TLS", at=(275, 186))
    p.arrow((250, 378), (330, 378), label="API", at=(275, 366), both=True)
    p.arrow((470, 244), (470, 275))
    p.arrow((470, 359), (470, 390))
    p.arrow((585, 430), (715, 430))
    p.arrow((585, 412), (640, 412), (640, 195), (715, 195))
    p.arrow((845, 235), (845, 385))
    p.arrow((975, 410), (1040, 410), (1040, 210), (1105, 210), both=True)
    p.arrow((975, 440), (1060, 440), (1060, 375), (1105, 375), both=True)
    p.arrow((975, 535), (1105, 535))
    p.arrow(
        (780, 600), (780, 625), (1435, 625), (1435, 410), (1470, 410), label="IPsec", at=(900, 619), both=True
    )
    p.arrow((250, 792), (420, 792))
    p.arrow((470, 650), (470, 510), label="quản trị", at=(515, 585))
    p.arrow((1225, 600), (1225, 750), label="nhật ký, một chiều", at=(1140, 690))
    return p


def ht_03_physical() -> Picture:
    """Two data centres of the hired cloud, the corporation's own two sites."""
    p = Picture(1700, 860)
    p.frame(20, 20, 1060, 650, "Đám mây thuê – vùng Hà Nội, tài khoản riêng của Tổng công ty")
    p.zone(60, 90, 470, 540, "Trung tâm dữ liệu vật lý 1", "nút ghi của cơ sở dữ liệu")
    p.zone(570, 90, 470, 540, "Trung tâm dữ liệu vật lý 2", "nút đồng bộ")
    for x, first in ((90, True), (600, False)):
        p.box(x, 170, 410, 76, "Tường lửa ảo FortiGate-VM04", "chủ động" if first else "dự phòng")
        p.box(x, 265, 410, 70, "02 máy chủ ảo web (4 vCPU, 16 GB)")
        p.box(x, 360, 410, 70, "02 máy chủ ảo API (8 vCPU, 32 GB)")
        p.box(x, 455, 410, 70, f"PostgreSQL 16: {'01 nút ghi' if first else '02 nút đồng bộ'}")
        p.box(x, 545, 410, 60, "Kho đối tượng, dịch vụ nhật ký")
    p.arrow((500, 490), (600, 490), both=True)
    p.arrow((500, 575), (600, 575), both=True)
    p.arrow((500, 205), (600, 205), both=True)
    p.frame(1150, 20, 530, 310, "TTDL thuê tại Hà Nội")
    p.box(1190, 85, 450, 84, "Tường lửa biên FG-601F", "(thuộc HT-01)")
    p.box(1190, 205, 450, 84, "HT-01, tủ A1 và A2", "VPN quản trị FG-201F")
    p.frame(1150, 380, 530, 290, "TTDL dự phòng TP. Hồ Chí Minh")
    p.box(
        1190,
        455,
        450,
        150,
        "Máy chủ sao lưu, tủ 07",
        "PowerEdge R760xd2 (dùng chung)",
        "bản sao mã hóa hằng tuần",
    )
    p.box(300, 750, 480, 84, "Internet", "qua WAF và cân bằng tải dịch vụ")
    p.arrow((540, 750), (540, 670), both=True)
    p.arrow((1080, 127), (1190, 127), label="IPsec", at=(1115, 115), both=True)
    p.arrow((1080, 530), (1190, 530), label="sao lưu", at=(1115, 518))
    return p


def ht_06_logical() -> Picture:
    """The attendance devices, the servers, and who comes in from where."""
    p = Picture(1500, 730)
    p.frame(20, 20, 1460, 690, "HT-06 – không có địa chỉ công khai")
    p.zone(60, 100, 430, 250, "Thiết bị chấm công", "10.6.60.0/22, VLAN 660")
    p.box(100, 190, 350, 110, "38 FaceStation F2", "31 bưu cục, 7 kho")
    p.zone(660, 100, 450, 570, "Máy chủ", "10.6.20.0/25, VLAN 620")
    p.box(720, 190, 350, 80, "hr-face", "nhận lượt chấm công")
    p.box(720, 310, 350, 80, "hr-app", "nhân sự, tiền lương")
    p.box(720, 430, 350, 80, "hr-db", "hồ sơ, lương, mẫu khuôn mặt")
    p.box(720, 560, 350, 80, "Thiết bị NAS", "sao lưu mã hóa")
    p.box(1230, 120, 220, 100, "HT-09", "dịch vụ thư mục")
    p.box(1230, 330, 220, 100, "Cán bộ nhân sự,", "người lao động")
    p.arrow((450, 230), (720, 230), label="mã hóa, xác|thực hai chiều", at=(575, 178), both=True)
    p.arrow((720, 255), (690, 255), (690, 470), (720, 470))
    p.arrow((895, 390), (895, 430), both=True)
    p.arrow((895, 510), (895, 560))
    p.arrow((1230, 375), (1070, 375), label="mạng nội bộ", at=(1170, 402))
    p.arrow((1070, 330), (1170, 330), (1170, 170), (1230, 170), label="xác thực", at=(1172, 155))
    return p


def ht_06_physical() -> Picture:
    """The server room, the wide area network, the posts and stores."""
    p = Picture(1500, 560)
    p.frame(20, 20, 560, 510, "Trụ sở chính, phòng máy tầng 5")
    p.box(60, 90, 480, 90, "Máy chủ ứng dụng PowerEdge R660", "hr-app, hr-face")
    p.box(60, 220, 480, 90, "Máy chủ cơ sở dữ liệu PowerEdge R660", "hr-db")
    p.box(60, 350, 480, 90, "Thiết bị lưu trữ NAS RS3621xs+", "sao lưu hằng ngày")
    p.box(690, 220, 260, 110, "Mạng diện rộng", "HT-09")
    p.frame(1060, 20, 420, 230, "31 bưu cục")
    p.box(1100, 90, 340, 110, "Thiết bị chấm công", "FaceStation F2", "VLAN 660")
    p.frame(1060, 300, 420, 230, "7 kho")
    p.box(1100, 370, 340, 110, "Thiết bị chấm công", "FaceStation F2", "VLAN 660")
    p.arrow((580, 275), (690, 275), both=True)
    p.arrow((950, 250), (1010, 250), (1010, 145), (1100, 145), both=True)
    p.arrow((950, 300), (1010, 300), (1010, 425), (1100, 425), both=True)
    return p


def ht_11_logical() -> Picture:
    """One zone, one way."""
    p = Picture(1400, 380)
    p.frame(20, 20, 1360, 340, "Mạng riêng của bảng tin – không nối Internet, không nối mạng văn phòng")
    p.zone(50, 80, 1300, 250, "Bảng tin", "10.11.10.0/27, VLAN 1110")
    p.box(90, 180, 330, 110, "Máy tính nội dung", "board-01")
    p.box(540, 180, 280, 110, "Switch truy cập", "C1000-8T")
    p.box(940, 180, 370, 110, "06 màn hình 55 inch", "QM55C")
    p.arrow((420, 235), (540, 235))
    p.arrow((820, 235), (940, 235), label="một chiều", at=(880, 220))
    return p


def ht_11_physical() -> Picture:
    """Head office and the five central post offices."""
    p = Picture(1400, 470)
    p.frame(20, 20, 640, 430, "Trụ sở chính")
    p.box(60, 90, 560, 90, "Phòng máy tầng 5", "Máy tính nội dung, switch C1000-8T")
    p.box(60, 310, 560, 90, "Sảnh trụ sở", "01 màn hình QM55C")
    p.arrow((340, 180), (340, 310), label="cáp trực tiếp", at=(425, 252))
    p.box(770, 90, 240, 90, "Mạng diện rộng", "kênh VLAN 1110")
    p.frame(1090, 20, 290, 430, "Năm bưu cục trung tâm")
    p.box(1120, 180, 230, 110, "05 màn hình", "QM55C")
    p.arrow((620, 135), (770, 135))
    p.arrow((1010, 135), (1050, 135), (1050, 235), (1120, 235))
    return p


CSS = f"""
{SANS_FACES}
{
    "".join(
        f'@font-face{{font-family:"Sample Serif";src:url({SERIF}/LiberationSerif-{name}.ttf);'
        f"font-weight:{weight};font-style:{style}}}"
        for name, weight, style in (
            ("Regular", "normal", "normal"),
            ("Bold", "bold", "normal"),
            ("Italic", "normal", "italic"),
        )
    )
}
@page{{size:A4;margin:20mm 18mm 20mm 30mm;
  @top-center{{content:counter(page);font:12pt "Sample Serif"}}
  @bottom-center{{content:"Tài liệu mẫu của doanh nghiệp giả định";font:italic 9pt "Sample Serif"}}}}
@page:first{{@top-center{{content:none}}}}
html{{font:13pt/1.35 "Sample Serif"}}
body{{margin:0}}
p{{margin:0 0 6pt;text-align:justify}}
h1{{font-size:16pt;text-align:center;margin:14mm 0 4mm}}
h2{{font-size:13pt;margin:6mm 0 2mm;break-after:avoid}}
table{{width:100%;border-collapse:collapse;font-size:11pt;margin:2mm 0 4mm}}
th,td{{border:.5pt solid #000;padding:1mm 1.5mm;vertical-align:top;text-align:left}}
tr{{break-inside:avoid}}
.head{{font-size:11pt}} .head td{{border:none;text-align:center;width:44%}}
.head td+td{{width:56%;white-space:nowrap}}
.center{{text-align:center}}
"""


def table(head: str, rows: list[tuple[str, ...]]) -> str:
    """Return an HTML table; the head's cells are parted by bars."""
    cells = "".join(f"<th>{escape(cell)}</th>" for cell in head.split("|"))
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{cells}</tr></thead>{body}</table>"


def paragraphs(text: str) -> str:
    """Return one ``<p>`` a line."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))


def paper(title: str, body: str) -> bytes:
    """Set a paper in the sample's plain dress."""
    head = f"<head><title>{escape(title)}</title><style>{CSS}</style></head>"
    page = f'<html lang="vi">{head}<body>{body}</body></html>'
    pdf: bytes = HTML(string=page).write_pdf(font_config=FontConfiguration())
    return pdf


def header(left: str, under: str, number: str, date: str) -> str:
    """Return the two columns at the head of a paper."""
    return (
        f'<table class="head"><tr><td>{escape(left)}<br><b>{escape(under)}</b></td>'
        "<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><b>Độc lập - Tự do - Hạnh phúc</b></td></tr>"
        f"<tr><td>{escape(number)}</td><td><i>{escape(date)}</i></td></tr></table>"
    )


def day(iso: str) -> str:
    """Return ``ngày 05 tháng 01 năm 2026``."""
    year, month, number = (int(part) for part in iso.split("-"))
    shown = f"{month:02}" if month < 3 else str(month)
    return f"ngày {number:02} tháng {shown} năm {year}"


def design(answers: dict[str, Any], parts: dict[str, Any]) -> bytes:
    """Set the design document: what it is for, the pictures, and the three tables of the inventory."""
    devices = [
        (row["name"], row["model"], str(row["quantity"]), row["location"], row.get("zone", ""))
        for row in answers["devices"]
    ]
    services = [(row["name"], row["servers"], row["os"], row["purpose"]) for row in answers["services"]]
    zones = [
        (row["name"], row.get("private_ip", "–"), row.get("public_ip", "–"), row.get("vlan", "–"))
        for row in answers["zones"]
    ]
    date = day(answers["design.date"])
    body = header(COMPANY, answers["operator.name"].upper(), "", "Hà Nội, " + date)
    body += f"<h1>{escape(answers['design.title'])}</h1>"
    body += (
        f'<p class="center"><i>(Phê duyệt tại Quyết định số {escape(answers["design.number"])} '
        f"{date} của {escape(answers['design.approver'])})</i></p>"
    )
    flows = [tuple(row) for row in parts["flows"]]
    body += "".join(
        (
            chapter("1. Căn cứ và mục tiêu", paragraphs(parts["aim"])),
            chapter("2. Mô hình lô-gic", model(answers, "logical")),
            chapter("3. Mô hình vật lý", model(answers, "physical")),
            chapter("4. Thiết bị", table("Thiết bị|Chủng loại|Số lượng|Vị trí|Vùng mạng", devices)),
            chapter("5. Dịch vụ, ứng dụng", table("Dịch vụ|Máy chủ|Hệ điều hành|Mục đích", services)),
            chapter("6. Vùng mạng và địa chỉ IP", table("Vùng mạng|IP nội bộ|IP công khai|VLAN", zones)),
            chapter("7. Luồng được phép giữa các vùng", table("Từ|Đến|Giao thức, cổng|Mục đích", flows)),
            chapter("8. Yêu cầu an ninh mạng của thiết kế", paragraphs(parts["security"])),
        )
    )
    return paper(answers["design.title"], body)


def chapter(title: str, body: str) -> str:
    """Return a heading and what stands under it."""
    return f"<h2>{escape(title)}</h2>{body}"


def model(answers: dict[str, Any], kind: str) -> str:
    """Return the text and the picture of the logical or physical model."""
    picture = PICTURES[answers[f"arch.{kind}_picture"]["file"]]()
    return paragraphs(answers[f"arch.{kind}"]) + picture.svg("width:100%;height:auto;margin:3mm 0")


def opinion(answers: dict[str, Any], words: dict[str, Any]) -> bytes:
    """Set the appraisal opinion of HT-03 in the order of the decree's own form (Mẫu số 04)."""
    number, date = f"Số: {answers['appraisal.number']}", "Hà Nội, " + day(answers["appraisal.date"])
    body = header(COMPANY, "PHÒNG AN NINH MẠNG", number, date)
    body += f"<p>{words['subject']}</p>" + f'<p class="center">{words["salutation"]}</p>'
    body += f"<p>{words['opening']}</p>"
    parts = [*words["parts"], ("Phần 5. Kết luận", answers["appraisal.text"])]
    body += "".join(f"<h2>{escape(title)}</h2><p>{escape(text)}</p>" for title, text in parts)
    title, name = words["signature"]
    body += '<table class="head"><tr><td></td>'
    body += f"<td><b>{title}</b><br><br><br><br><b>{name}</b></td></tr></table>"
    return paper("Ý kiến thẩm định hồ sơ đề xuất cấp độ", body)


PICTURES = {
    "ht-03-mo-hinh-lo-gic.png": ht_03_logical,
    "ht-03-mo-hinh-vat-ly.png": ht_03_physical,
    "ht-06-mo-hinh-lo-gic.png": ht_06_logical,
    "ht-06-mo-hinh-vat-ly.png": ht_06_physical,
    "ht-11-mo-hinh-lo-gic.png": ht_11_logical,
    "ht-11-mo-hinh-vat-ly.png": ht_11_physical,
}


def main() -> None:
    """Write every file."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        (OUT / name).write_bytes(draw().png())
    words = YAML(typ="safe").load(Path(__file__).with_suffix(".yaml"))
    written = {code: answers for code, (_, answers) in written_answers().items()}
    for code, parts in words["designs"].items():
        answers = written[code]
        (OUT / answers["design.file"]["file"]).write_bytes(design(answers, parts))
    answers = written["HT-03"]
    (OUT / answers["appraisal.file"]["file"]).write_bytes(opinion(answers, words["opinion"]))
    for path in sorted(OUT.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
