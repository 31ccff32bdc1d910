"""Draw the pictures and set the papers that the sample attaches: ``.venv/bin/python tools/sample_files.py``.

Run it again after the sample's devices, zones or dates changed; the same data gives the same bytes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
from ruamel.yaml import YAML
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from levelkit.services.sample import written_answers

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    """A block diagram on a fixed grid; boxes first, arrows over them.

    Letters are a sixtieth of the width: near 8 points where the picture fills a page of a dossier.
    """

    width: int
    height: int
    parts: list[str] = field(default_factory=list)

    @property
    def letter(self) -> int:
        """Height of the letters in a box."""
        return round(self.width / 60)

    def frame(self, x: int, y: int, w: int, h: int, title: str) -> None:
        """Draw the dashed line round what belongs together."""
        self.parts.append(
            f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="10" fill="{FRAME}" stroke="{EDGE}" '
            f'stroke-width="2" stroke-dasharray="9 6"/>'
        )
        self.text(x + 18, y + self.letter + 12, [title], bold=True, anchor="start")

    def zone(self, x: int, y: int, w: int, h: int, *names: str) -> None:
        """Draw a network zone: its name, its addresses."""
        title, address = names
        self.parts.append(
            f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="8" fill="{ZONE}" '
            f'stroke="{EDGE}" stroke-width="2"/>'
        )
        self.text(x + 14, y + self.letter + 10, [title], bold=True, anchor="start")
        self.text(x + 14, y + 2 * self.letter + 16, [address], small=True, anchor="start")

    def box(self, x: int, y: int, w: int, h: int, *lines: str) -> None:
        """Draw a device, a service or a party."""
        self.parts.append(
            f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="5" fill="#ffffff" '
            f'stroke="{INK}" stroke-width="2"/>'
        )
        step = self.letter * 1.25
        first = y + h / 2 - (len(lines) - 1) * step / 2 + self.letter * 0.36
        self.text(x + w // 2, round(first), lines)

    def text(
        self,
        x: int,
        y: int,
        lines: Any,
        *,
        bold: bool = False,
        small: bool = False,
        anchor: str = "middle",
    ) -> None:
        """Write lines, one under the other."""
        weight = 600 if bold else 400
        size = round(self.letter * 0.86) if small else self.letter
        for number, line in enumerate(lines):
            self.parts.append(
                f'<text x="{x}" y="{round(y + size * 1.25 * number)}" font-family="Sample" '
                f'font-size="{size}" font-weight="{weight}" '
                f'text-anchor="{anchor}" fill="{INK}">{escape(line)}</text>'
            )

    def arrow(self, *points: tuple[int, int], both: bool = False) -> None:
        """Draw a line through the points, with a head at its end (at both ends: ``both``)."""
        path = " ".join(f"{x},{y}" for x, y in points)
        self.parts.append(f'<polyline points="{path}" fill="none" stroke="{INK}" stroke-width="2.5"/>')
        self._head(points[-2], points[-1])
        if both:
            self._head(points[1], points[0])

    def label(self, x: int, y: int, *lines: str) -> None:
        """Write beside an arrow what goes along it."""
        self.text(x, y, lines, small=True)

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
    p = Picture(1680, 1060)
    p.box(10, 170, 220, 110, "Khách hàng", "doanh nghiệp")
    p.box(10, 370, 220, 110, "Sàn TMĐT", "(bên ngoài)")
    p.box(10, 840, 220, 150, "Quản trị viên", "qua VPN và", "máy trung gian")
    p.frame(320, 10, 1110, 1040, "Mạng riêng ảo của HT-03 – đám mây thuê, vùng Hà Nội")
    p.zone(340, 80, 290, 520, "Biên (Internet)", "203.0.113.24/29")
    p.box(360, 180, 250, 100, "Cân bằng tải", "dịch vụ")
    p.box(360, 320, 250, 100, "WAF dịch vụ")
    p.box(360, 460, 250, 110, "Tường lửa ảo", "02 (dự phòng)")
    p.zone(720, 80, 270, 220, "Web", "10.3.10.0/24")
    p.box(740, 175, 230, 100, "shop-web", "04 máy chủ ảo")
    p.zone(720, 350, 270, 360, "Ứng dụng", "10.3.20.0/24")
    p.box(740, 450, 230, 100, "shop-api", "04 máy chủ ảo")
    p.box(740, 590, 230, 90, "shop-recon")
    p.zone(1090, 80, 320, 630, "Dữ liệu", "10.3.30.0/24")
    p.box(1110, 180, 280, 140, "shop-db", "PostgreSQL 16,", "cụm 3 nút")
    p.box(1110, 390, 280, 110, "shop-mq", "hàng đợi webhook")
    p.box(1110, 570, 280, 110, "Kho đối tượng", "nhãn, tệp đối soát")
    p.zone(340, 790, 1070, 230, "Quản trị", "10.3.99.0/28")
    p.box(440, 885, 360, 110, "Cổng quản trị", "tường lửa, máy chủ ảo")
    p.box(1060, 885, 320, 110, "Dịch vụ nhật ký", "lưu 12 tháng")
    p.box(1490, 370, 180, 150, "HT-01", "Quản lý", "bưu gửi")
    p.arrow((230, 225), (340, 225))
    p.label(285, 212, "TLS")
    p.arrow((230, 425), (340, 425), both=True)
    p.label(285, 412, "API")
    p.arrow((485, 280), (485, 320))
    p.arrow((485, 420), (485, 460))
    p.arrow((610, 490), (675, 490), (675, 225), (740, 225))
    p.arrow((610, 520), (740, 520))
    p.arrow((920, 275), (920, 450))
    p.arrow((970, 480), (1030, 480), (1030, 250), (1110, 250), both=True)
    p.arrow((970, 515), (1050, 515), (1050, 445), (1110, 445), both=True)
    p.arrow((970, 635), (1110, 635))
    p.arrow((820, 710), (820, 750), (1460, 750), (1460, 445), (1490, 445), both=True)
    p.label(900, 742, "IPsec")
    p.arrow((230, 940), (440, 940))
    p.arrow((485, 790), (485, 600))
    p.label(545, 700, "quản trị")
    p.arrow((1220, 710), (1220, 885))
    p.label(1100, 840, "nhật ký, một chiều")
    return p


def ht_03_physical() -> Picture:
    """Two data centres of the hired cloud, the corporation's own two sites."""
    p = Picture(1680, 960)
    p.frame(10, 10, 1060, 780, "Đám mây thuê – vùng Hà Nội, tài khoản riêng của Tổng công ty")
    p.zone(40, 80, 480, 680, "Trung tâm dữ liệu vật lý 1", "nút ghi của cơ sở dữ liệu")
    p.zone(560, 80, 480, 680, "Trung tâm dữ liệu vật lý 2", "nút đồng bộ")
    for x, first in ((60, True), (580, False)):
        p.box(x, 180, 440, 100, "FortiGate-VM04", "chủ động" if first else "dự phòng")
        p.box(x, 300, 440, 100, "02 máy chủ ảo web", "4 vCPU, 16 GB")
        p.box(x, 420, 440, 100, "02 máy chủ ảo API", "8 vCPU, 32 GB")
        p.box(x, 540, 440, 90, f"PostgreSQL 16: {'01 nút ghi' if first else '02 nút đồng bộ'}")
        p.box(x, 650, 440, 90, "Kho đối tượng, nhật ký")
    p.arrow((500, 230), (580, 230), both=True)
    p.arrow((500, 585), (580, 585), both=True)
    p.arrow((500, 695), (580, 695), both=True)
    p.frame(1180, 10, 490, 380, "TTDL thuê tại Hà Nội")
    p.box(1210, 85, 430, 110, "Tường lửa biên FG-601F", "(thuộc HT-01)")
    p.box(1210, 240, 430, 110, "HT-01, tủ A1 và A2", "VPN quản trị FG-201F")
    p.frame(1180, 430, 490, 360, "TTDL dự phòng TP. Hồ Chí Minh")
    p.box(1210, 520, 430, 220, "Máy chủ sao lưu, tủ 07", "PowerEdge R760xd2", "bản sao mã hóa", "hằng tuần")
    p.box(280, 850, 520, 100, "Internet", "qua WAF, cân bằng tải dịch vụ")
    p.arrow((540, 850), (540, 790), both=True)
    p.arrow((1070, 140), (1210, 140), both=True)
    p.label(1125, 126, "IPsec")
    p.arrow((1070, 630), (1210, 630))
    p.label(1125, 616, "sao lưu")
    return p


def ht_06_logical() -> Picture:
    """The attendance devices, the servers, and who comes in from where."""
    p = Picture(1500, 790)
    p.frame(10, 10, 1480, 770, "HT-06 – không có địa chỉ công khai")
    p.zone(40, 80, 370, 290, "Thiết bị chấm công", "10.6.60.0/22, VLAN 660")
    p.box(70, 190, 310, 130, "38 FaceStation F2", "31 bưu cục, 7 kho")
    p.zone(640, 80, 470, 680, "Máy chủ", "10.6.20.0/25, VLAN 620")
    p.box(710, 180, 370, 100, "hr-face", "nhận lượt chấm công")
    p.box(710, 330, 370, 100, "hr-app", "nhân sự, tiền lương")
    p.box(710, 480, 370, 100, "hr-db", "hồ sơ, lương, mẫu khuôn mặt")
    p.box(710, 630, 370, 100, "Thiết bị NAS", "sao lưu mã hóa")
    p.box(1240, 120, 230, 110, "HT-09", "dịch vụ thư mục")
    p.box(1240, 355, 230, 110, "Cán bộ nhân sự,", "người lao động")
    p.arrow((380, 230), (710, 230), both=True)
    p.label(525, 185, "mã hóa, xác thực", "hai chiều")
    p.arrow((710, 255), (675, 255), (675, 530), (710, 530))
    p.arrow((895, 430), (895, 480), both=True)
    p.arrow((895, 580), (895, 630))
    p.arrow((1240, 410), (1080, 410))
    p.label(1175, 440, "nội bộ")
    p.arrow((1080, 350), (1175, 350), (1175, 175), (1240, 175))
    p.label(1175, 160, "xác thực")
    return p


def ht_06_physical() -> Picture:
    """The server room, the wide area network, the posts and stores."""
    p = Picture(1500, 580)
    p.frame(10, 10, 600, 560, "Trụ sở chính, phòng máy tầng 5")
    p.box(40, 80, 540, 120, "Máy chủ ứng dụng PowerEdge R660", "hr-app, hr-face")
    p.box(40, 240, 540, 120, "Máy chủ CSDL PowerEdge R660", "hr-db")
    p.box(40, 400, 540, 120, "Thiết bị lưu trữ NAS RS3621xs+", "sao lưu hằng ngày")
    p.box(700, 230, 260, 120, "Mạng diện rộng", "HT-09")
    p.frame(1070, 10, 420, 260, "31 bưu cục")
    p.box(1110, 75, 340, 160, "Thiết bị chấm công", "FaceStation F2", "VLAN 660")
    p.frame(1070, 310, 420, 260, "7 kho")
    p.box(1110, 375, 340, 160, "Thiết bị chấm công", "FaceStation F2", "VLAN 660")
    p.arrow((610, 290), (700, 290), both=True)
    p.arrow((960, 260), (1015, 260), (1015, 155), (1110, 155), both=True)
    p.arrow((960, 320), (1015, 320), (1015, 455), (1110, 455), both=True)
    return p


def ht_11_logical() -> Picture:
    """One zone, one way."""
    p = Picture(1400, 380)
    p.frame(10, 10, 1380, 360, "Mạng riêng của bảng tin – không nối Internet, không nối mạng văn phòng")
    p.zone(40, 70, 1320, 270, "Bảng tin", "10.11.10.0/27, VLAN 1110")
    p.box(80, 180, 330, 120, "Máy tính nội dung", "board-01")
    p.box(530, 180, 290, 120, "Switch truy cập", "C1000-8T")
    p.box(950, 180, 370, 120, "06 màn hình 55 inch", "QM55C")
    p.arrow((410, 240), (530, 240))
    p.arrow((820, 240), (950, 240))
    p.label(885, 226, "một chiều")
    return p


def ht_11_physical() -> Picture:
    """Head office and the five central post offices."""
    p = Picture(1400, 470)
    p.frame(10, 10, 650, 450, "Trụ sở chính")
    p.box(50, 80, 570, 110, "Phòng máy tầng 5", "Máy tính nội dung, switch C1000-8T")
    p.box(50, 310, 570, 110, "Sảnh trụ sở", "01 màn hình QM55C")
    p.arrow((330, 190), (330, 310))
    p.label(420, 258, "cáp trực tiếp")
    p.box(760, 80, 240, 110, "Mạng diện rộng", "kênh VLAN 1110")
    p.frame(1080, 10, 310, 450, "Năm bưu cục trung tâm")
    p.box(1110, 190, 250, 110, "05 màn hình", "QM55C")
    p.arrow((620, 135), (760, 135))
    p.arrow((1000, 135), (1040, 135), (1040, 245), (1110, 245))
    return p


def ht_03_label() -> Picture:
    """The masked label and the masked status page, side by side."""
    p = Picture(1500, 700)
    p.frame(10, 10, 700, 680, "Nhãn bưu gửi")
    p.box(50, 80, 620, 110, "SM 0000 0000 0 VN", "Dịch vụ: chuyển phát thường")
    p.text(60, 245, ["Người nhận: N. T. H.", "Điện thoại: *** *** 123"], anchor="start")
    p.text(60, 315, ["Phường Mẫu, tỉnh Mẫu", "Nội dung: nhóm 07", "Thu hộ: 350.000 đồng"], anchor="start")
    p.box(50, 440, 220, 220, "Mã vạch", "hai chiều,", "đã mã hóa")
    p.text(300, 475, ["Địa chỉ chi tiết và số điện thoại", "chỉ ứng dụng nghiệp vụ đọc được"], anchor="start")
    p.text(300, 590, ["Bưu tá gọi bằng tên định danh", "SAO MAI"], anchor="start")
    p.frame(790, 10, 700, 680, "Trang trạng thái")
    p.box(830, 80, 620, 80, "https://shop.example.vn")
    p.text(840, 225, ["Mã vận đơn: SM 0000 0000 0 VN", "Đang phát tại phường Mẫu"], anchor="start")
    p.text(
        840, 315, ["08:40 ngày 08/10/2026: bưu tá nhận", "06:15 ngày 08/10/2026: tới bưu cục"], anchor="start"
    )
    p.box(830, 400, 620, 110, "Bưu tá: mã BT-00417", "Số tổng đài hiện khi gọi")
    p.box(830, 560, 620, 80, "Báo bưu tá giả")
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


def table(head: str, rows: Sequence[tuple[str, ...]]) -> str:
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


def design(code: str, answers: dict[str, Any], parts: dict[str, Any]) -> bytes:
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
            chapter("2. Mô hình lô-gic", model(code, answers, "logical")),
            chapter("3. Mô hình vật lý", model(code, answers, "physical")),
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


def model(code: str, answers: dict[str, Any], kind: str) -> str:
    """Return the text and the picture of the logical or physical model."""
    picture = MODELS[code, kind]()
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


def minutes(words: dict[str, Any]) -> bytes:
    """Set the minutes of a trial, one paragraph a part."""
    body = header(COMPANY, words["under"], words["number"], words["date"])
    body += f"<h1>{escape(words['title'])}</h1>"
    body += "".join(f"<h2>{escape(title)}</h2>{paragraphs(text)}" for title, text in words["parts"])
    return paper(words["title"], body)


MODELS = {
    ("HT-03", "logical"): ht_03_logical,
    ("HT-03", "physical"): ht_03_physical,
    ("HT-06", "logical"): ht_06_logical,
    ("HT-06", "physical"): ht_06_physical,
    ("HT-11", "logical"): ht_11_logical,
    ("HT-11", "physical"): ht_11_physical,
}
# Files of their own: figures that HT-06 and HT-11 attach, proofs of HT-03.
PICTURES = {
    "ht-03-mau-nhan.png": ht_03_label,
    "ht-03-mo-hinh-lo-gic.png": ht_03_logical,
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
        (OUT / answers["design.file"]["file"]).write_bytes(design(code, answers, parts))
    answers = written["HT-03"]
    (OUT / answers["appraisal.file"]["file"]).write_bytes(opinion(answers, words["opinion"]))
    for name, part in words["minutes"].items():
        (OUT / name).write_bytes(minutes(part))
    for path in sorted(OUT.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
