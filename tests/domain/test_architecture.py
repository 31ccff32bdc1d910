"""The architecture as the tables tell it: names found as people vary them, nothing refused."""

from __future__ import annotations

import pytest

from levelkit.domain.architecture import read_architecture

TABLES = {
    "zones": [
        {"name": "Biên (Internet)"},
        {"name": "Web", "purpose": "Máy chủ ảo của cổng (shop-web)"},
        {"name": "Dữ liệu"},
    ],
    "devices": [
        {"name": "db-01", "zone": "Dữ liệu", "location": "TTDL Hà Nội, tủ A1", "quantity": 0},
        {"name": "Switch", "zone": "Vùng không có", "location": ""},
    ],
    "services": [
        {"name": "Cổng khách hàng", "servers": "shop-web"},
        {"name": "Cơ sở dữ liệu", "servers": "DB-01, db-02"},
        {"name": "Báo cáo", "servers": "x-99"},
        {"name": "Báo cáo tay", "servers": "x-99", "zone": "web"},
    ],
}


def read(*connections):
    rows = [{"from": source, "to": target} for source, target in connections]
    return read_architecture({**TABLES, "connections": rows}, "HT-03", "Cổng khách hàng doanh nghiệp")


def test_a_service_lies_in_the_zone_of_its_server_or_in_the_one_it_names():
    assert [service.zone for service in read().services] == [1, 2, None, 1]


def test_a_device_in_a_zone_that_is_not_there_has_none_and_keeps_what_was_written():
    switch = read().devices[1]
    assert (switch.zone, switch.zone_named, switch.place) == (None, "Vùng không có", None)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ht-03", "system"),
        ("cong khach hang doanh nghiep", "system"),
        ("VÙNG BIÊN", "zone"),
        ("Cong khach hang", "service"),
        ("db-02", "service"),
        ("switch", "device"),
        ("Sàn TMĐT (bên ngoài)", "outside"),
    ],
)
def test_an_end_is_found_without_accents_and_case(name, kind):
    (row,) = read((name, "HT-01")).connections
    assert row.source.kind == kind
    assert row.target.kind == "outside"


def test_one_party_outside_written_twice_is_one():
    assert read(("HT-03", "Sàn TMĐT"), ("san tmdt", "HT-03")).outside == ("Sàn TMĐT",)


def test_empty_cells_and_odd_values_are_taken_as_they_are():
    found = read(("", "HT-01"))
    assert found.connections[0].source is None
    assert found.devices[0].quantity == 1
    assert read_architecture({"zones": None, "devices": "x"}, "A", "").zones == ()
