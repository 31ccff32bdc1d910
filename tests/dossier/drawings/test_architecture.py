"""The drawn architecture: what every picture keeps, whatever the tables say."""

from __future__ import annotations

from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from levelkit.domain.architecture import read_architecture
from levelkit.dossier.drawings.layout import lay_out
from levelkit.dossier.drawings.pack import words_rect
from levelkit.dossier.drawings.scene import FRAME, MIN_SIZE, Style
from levelkit.dossier.drawings.scenes import KEYS, numbers, plan
from levelkit.dossier.drawings.sheet import draw, draw_architecture
from levelkit.dossier.drawings.words import device_kind
from levelkit.services.sample import sample_answers

SVG = "{http://www.w3.org/2000/svg}"
WORDS = (
    "Tường lửa biên",
    "Máy chủ cơ sở dữ liệu bưu gửi và tra cứu hành trình toàn quốc",
    "Switch",
    'A & B <script>"x"</script>',
    "Máy-chủ-ứng-dụng-có-tên-viết-liền-rất-dài-không-có-chỗ-ngắt-0123456789",
    "…",
    "服务器 🖨",
    "R",
    "Thiết bị lưu trữ SAN",
)
names = st.one_of(st.sampled_from(WORDS), st.text(min_size=1, max_size=60).filter(str.strip))
PLACES = ("TTDL Hà Nội, tủ A1", "TTDL Hà Nội, tủ A2", "Kho Bắc Từ Liêm", "")


@st.composite
def answers(draw_, most_devices=60, most_zones=12):
    zones = draw_(st.lists(names, max_size=most_zones, unique=True))
    ends = [*zones, "HT-99", "Internet", "Sàn TMĐT (bên ngoài)", "Cổng thanh toán", "Dịch vụ 1", ""]
    device = st.fixed_dictionaries(
        {
            "name": names,
            "model": st.sampled_from(("", "PowerEdge R760", WORDS[4])),
            "quantity": st.sampled_from((None, 1, 4, 34)),
            "location": st.sampled_from(PLACES),
            "zone": st.sampled_from((*zones, "Vùng lạ", "")),
        }
    )
    service = st.fixed_dictionaries(
        {
            "name": names,
            "servers": names,
            "zone": st.sampled_from((*zones, "")),
            "location": st.sampled_from(PLACES),
        }
    )
    link = st.fixed_dictionaries(
        {"from": st.sampled_from(ends), "to": st.sampled_from(ends), "content": names}
    )
    return {
        "zones": [
            {
                "name": name,
                "private_ip": "10.0.0.0/24",
                "public_ip": draw_(st.sampled_from(("", "203.0.113.0/29"))),
            }
            for name in zones
        ],
        "devices": draw_(st.lists(device, max_size=most_devices)),
        "services": draw_(st.lists(service, max_size=20)),
        "connections": draw_(st.lists(link, max_size=25)),
        "kinds": ["citizen_business"],
    }


def placed(given_answers, key, style=None, width=468.0):
    told = plan(read_architecture(given_answers, "HT-99", "Hệ thống"), key)
    return None if told is None else lay_out(told.scene, style or Style(), width)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers(), st.sampled_from(KEYS), st.sampled_from((468.0, 728.0)))
def test_boxes_never_overlap_and_lines_never_cross_a_box(tables, key, width):
    found = placed(tables, key, width=width)
    if found is None:
        return

    boxes = (*found.boxes, *found.outside)
    for one, other in combinations(boxes, 2):
        assert not one.rect.meets(other.rect)
    for box in found.boxes:
        assert found.frame.holds(box.rect)
        for one, other in combinations(box.cards, 2):
            assert not one.rect.meets(other.rect)
        assert all(box.rect.holds(card.rect) for card in box.cards)
    for box in found.outside:
        assert not found.frame.meets(box.rect)
    for link in found.links:
        for box in boxes:
            assert not crosses(link.points, box.rect), (link.link, box.box)
        for at, end in ((0, link.link.ends[0]), (-1, link.link.ends[1])):
            rect = found.frame if end == FRAME else next(box.rect for box in boxes if box.box.key == end)
            assert on_edge(link.points[at], rect)
        assert all(one[0] == other[0] or one[1] == other[1] for one, other in pairwise(link.points))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers(), st.sampled_from(KEYS))
def test_lines_never_run_on_top_of_each_other(tables, key):
    found = placed(tables, key, width=728.0)
    if found is None:
        return

    pieces = [
        (number, *sorted(piece)) for number, link in enumerate(found.links) for piece in pairwise(link.points)
    ]
    for (one, a, b), (other, c, d) in combinations(pieces, 2):
        if one == other:
            continue
        for axis, along in ((0, 1), (1, 0)):
            same = a[axis] == b[axis] and c[axis] == d[axis] and abs(a[axis] - c[axis]) < 0.1
            assert not (same and a[along] < d[along] - 0.1 and c[along] < b[along] - 0.1)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers(), st.sampled_from(KEYS))
def test_every_text_lies_inside_its_box(tables, key):
    found = placed(tables, key)
    if found is None:
        return

    for box in (*found.boxes, *found.outside):
        assert all(box.rect.holds(words_rect(words)) for words in box.words)
        for card in box.cards:
            assert all(card.rect.holds(words_rect(words)) for words in card.words)
    for band in found.bands:
        assert band.rect.holds(words_rect(band.words))
    assert found.frame.holds(words_rect(found.frame_words))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers())
def test_every_device_stands_once_in_the_zones_and_once_in_the_places(tables):
    architecture = read_architecture(tables, "HT-99", "Hệ thống")
    for key in ("zones", "physical"):
        told = plan(architecture, key)
        cards = (
            [card for band in told.scene.bands for box in band.boxes for card in box.cards] if told else []
        )
        wanted = [(device.name, device.quantity) for device in architecture.devices]
        assert sorted((card.name, card.count) for card in cards) == sorted(wanted)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers())
def test_a_picture_of_up_to_sixty_devices_is_well_formed_and_fits_a_page(tables):
    for drawn in draw_architecture(read_architecture(tables, "HT-99", "Hệ thống & <đối tác>")):
        root = ET.fromstring(drawn.drawing.svg)
        width, height = (257, 154) if drawn.landscape else (165, 240)
        assert drawn.drawing.width <= width
        assert drawn.drawing.height <= height
        assert root.find(f"{SVG}title").text == drawn.drawing.title
        assert root.find(f"{SVG}desc").text == drawn.drawing.description


def crosses(points, rect):
    return any(
        min(x1, x2) < rect.right - 0.05
        and max(x1, x2) > rect.x + 0.05
        and min(y1, y2) < rect.bottom - 0.05
        and max(y1, y2) > rect.y + 0.05
        for (x1, y1), (x2, y2) in pairwise(points)
    )


def on_edge(point, rect):
    x, y = point
    beside = rect.y <= y <= rect.bottom and (abs(x - rect.x) < 0.01 or abs(x - rect.right) < 0.01)
    above = rect.x <= x <= rect.right and (abs(y - rect.y) < 0.01 or abs(y - rect.bottom) < 0.01)
    return beside or above


def sixty(zones=12):
    """Return sixty devices of an ordinary kind in so many zones, with connections between neighbours."""
    named = [f"Vùng mạng {number}" for number in range(1, zones + 1)]
    return {
        "zones": [
            {"name": name, "private_ip": f"10.{at}.0.0/24", "vlan": str(at)} for at, name in enumerate(named)
        ],
        "devices": [
            {
                "name": f"Máy chủ ứng dụng bưu gửi {at:02d}",
                "model": "PowerEdge R760",
                "quantity": 2,
                "zone": named[at % zones],
                "location": PLACES[at % 3],
            }
            for at in range(60)
        ],
        "connections": [
            *({"from": one, "to": other, "content": "Dữ liệu"} for one, other in pairwise(named)),
            {"from": "Internet", "to": named[0], "content": "Truy cập"},
        ],
    }


@pytest.mark.parametrize("zones", [1, 5, 8, 12])
def test_sixty_devices_are_all_named_on_one_page_in_letters_that_can_be_read(zones):
    drawn = draw(read_architecture(sixty(zones), "HT-99", "Hệ thống"), "zones")

    root = ET.fromstring(drawn.drawing.svg)
    sizes = {float(text.get("font-size")) / 10 for text in root.iter(f"{SVG}text")}
    units = float(root.get("viewBox").split()[2]) / 10
    assert min(sizes) * drawn.drawing.width / 25.4 * 72 / units >= MIN_SIZE - 0.01
    written = " ".join(text.text for text in root.iter(f"{SVG}text"))
    assert all(f"{at:02d} ×2" in written.replace("\u00a0", " ") for at in range(60))


def test_far_too_many_devices_are_joined_by_kind_and_that_is_said():
    tables = sixty(12)
    tables["devices"] = [
        {**row, "name": f"{row['name']} {copy}"} for copy in range(8) for row in tables["devices"]
    ]
    drawn = draw(read_architecture(tables, "HT-99", "Hệ thống"), "zones")

    written = " ".join(text.text for text in ET.fromstring(drawn.drawing.svg).iter(f"{SVG}text"))
    assert "40 mục, 80 chiếc" in written
    assert any("gộp" in note.text for note in drawn.notes)


def test_the_sample_is_drawn_as_its_tables_say():
    sample = sample_answers()["HT-03"].answers
    drawn = {one.key: one for one in draw_architecture(read_architecture(sample, "HT-03", "Cổng khách hàng"))}

    assert tuple(drawn) == KEYS
    zones = drawn["zones"].drawing
    assert "5 vùng mạng (Biên (Internet), Web, Ứng dụng, Dữ liệu, Quản trị)" in zones.description
    texts = [text.text for text in ET.fromstring(drawn["logical"].drawing.svg).iter(f"{SVG}text")]
    assert {"Web", "Ứng dụng", "Dữ liệu", "Máy chủ: shop-api"} <= set(texts)


def test_the_same_tables_give_the_same_picture():
    sample = sample_answers()["HT-01"].answers
    first, second = (draw(read_architecture(sample, "HT-01", "Hệ thống"), "zones") for _ in range(2))

    assert first == second


def test_nothing_is_drawn_from_empty_tables():
    assert draw_architecture(read_architecture({}, "HT-99", "Hệ thống")) == ()


def test_rows_between_the_same_boxes_share_one_line_with_arrows_both_ways():
    tables = sixty(3)
    tables["connections"] = [
        {"from": "Vùng mạng 1", "to": "Vùng mạng 2", "content": "Hỏi"},
        {"from": "vung mang 2", "to": "VÙNG MẠNG 1", "content": "Đáp"},
        {"from": "Vùng mạng 1", "to": "Vùng mạng 1", "content": "Nội bộ"},
        {"from": "Vùng mạng 1", "to": "Vùng mạng 2", "content": "Hỏi nữa"},
    ]
    told = plan(read_architecture(tables, "HT-99", "Hệ thống"), "zones")

    (link,) = told.scene.links
    assert (link.label, link.forward, link.backward) == ("1–2, 4", True, True)


def test_what_cannot_be_placed_is_drawn_apart_and_said_with_its_row():
    tables = {
        "zones": [{"name": "Web"}],
        "devices": [
            {"name": "Máy chủ", "zone": "Web"},
            {"name": "Tường lửa", "zone": "Biên"},
            {"name": "Switch"},
        ],
        "connections": [{"from": "HT-99", "to": "", "content": "?"}],
    }
    drawn = draw(read_architecture(tables, "HT-99", "Hệ thống"), "zones")

    assert [(note.table, note.row) for note in drawn.notes] == [
        ("devices", 2),
        ("devices", 3),
        ("connections", 1),
    ]
    assert "Chưa ghi vùng" in drawn.drawing.svg
    assert "«Biên»" in drawn.notes[0].text


def test_a_zone_with_a_public_address_is_joined_to_the_internet():
    told = plan(
        read_architecture(
            {"zones": [{"name": "DMZ", "public_ip": "203.0.113.0/29"}, {"name": "Web"}]}, "HT-99", ""
        ),
        "zones",
    )

    (link,) = told.scene.links
    assert (link.ends, link.dashed) == (("internet", "zone:0"), True)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Tường lửa ứng dụng web (WAF)", "firewall"),
        ("Switch truy cập máy chủ", "switch"),
        ("Máy chủ cơ sở dữ liệu", "server"),
        ("Cơ sở dữ liệu quản trị", "storage"),
        ("MÁY IN NHÃN", "terminal"),
        ("Bộ lưu điện", "other"),
    ],
)
def test_the_kind_of_a_device_is_told_by_the_word_that_stands_first(name, kind):
    assert device_kind(name) == kind


def test_numbers_of_rows_are_written_short():
    assert numbers([1, 3, 4, 5, 9]) == "1, 3–5, 9"
