"""``import`` and ``export`` as scripts use them."""

from __future__ import annotations

import json

from levelkit.resources import package_dir

SAMPLE = package_dir("samples") / "kiem-ke-sao-mai.xlsx"
TABLES = ("systems", "devices", "services", "zones", "connections")


def test_the_sample_sheet(levelkit, tmp_path):
    place = tmp_path / "w.levelkit"
    ended = levelkit("import", SAMPLE, "--workspace", place, "--json")
    said = json.loads(ended.out)
    assert ended.code == 0
    assert list(said) == [*TABLES, "ignored_columns", "problems"]
    assert [said[table]["created"] for table in TABLES] == [12, 61, 32, 38, 8]
    assert list(said["systems"]) == ["created", "updated", "unchanged", "skipped", "failed"]
    systems = json.loads(levelkit("systems", "--workspace", place, "--json").out)["systems"]
    assert {one["code"]: one["approved_level"] for one in systems if one["approved_level"]} == {
        "HT-01": 3,
        "HT-06": 2,
    }


def test_a_dry_run_writes_nothing(levelkit, tmp_path):
    place = tmp_path / "w.levelkit"
    ended = levelkit("import", SAMPLE, "--workspace", place, "--dry-run", "--json")
    assert ended.code == 0
    assert json.loads(ended.out)["systems"]["created"] == 12
    assert list(tmp_path.iterdir()) == []


def test_problems_are_told_and_exit_1(levelkit, tmp_path):
    sheet = tmp_path / "so.csv"
    sheet.write_text(
        "Mã;Tên hệ thống;Số chủ thể dữ liệu cơ bản;Ghi chú\nA;Kho;hơn 3 triệu;\nB;;1;\n", "utf-8"
    )
    ended = levelkit("import", sheet, "--workspace", tmp_path / "w.levelkit", "--json")
    said = json.loads(ended.out)
    assert ended.code == 1
    assert said["ignored_columns"] == {"so": ["Ghi chú"]}
    assert [(one["sheet"], one["row"], one["column"], one["value"]) for one in said["problems"]] == [
        ("so", 2, "Số chủ thể dữ liệu cơ bản", "hơn 3 triệu"),
        ("so", 3, "Tên hệ thống", ""),
    ]
    assert said["systems"] == {"created": 1, "updated": 0, "unchanged": 0, "skipped": 0, "failed": 1}


def test_what_cannot_be_read_or_would_overwrite_leaves_everything(levelkit, tmp_path):
    place, bad = tmp_path / "w.levelkit", tmp_path / "so.xlsx"
    bad.write_bytes(b"khong phai bang tinh \x00\x01")
    assert levelkit("import", bad, "--workspace", place).code == 2
    assert levelkit("import", tmp_path / "thieu.xlsx", "--workspace", place).code == 2
    assert not place.exists()
    assert levelkit("import", SAMPLE, "--workspace", place).code == 0
    before = levelkit("systems", "--workspace", place, "--json").out
    sheet = tmp_path / "so.csv"
    sheet.write_text("Mã;Tên hệ thống\nHT-01;Tên khác\nHT-50;Thêm\n", "utf-8")
    ended = levelkit("import", sheet, "--workspace", place, "--json")
    assert (ended.code, ended.out) == (2, "")
    assert "HT-01" in ended.err
    assert levelkit("systems", "--workspace", place, "--json").out == before
    assert levelkit("import", sheet, "--workspace", place, "--on-conflict", "update").code == 0
    assert "Tên khác" in levelkit("systems", "--workspace", place).out


def test_a_mapping_is_kept_for_the_next_time(levelkit, tmp_path):
    place, sheet, mapping = tmp_path / "w.levelkit", tmp_path / "so.csv", tmp_path / "ghep.yaml"
    sheet.write_text("Ký tự;Phần mềm nghiệp vụ\nA;Kho\n", "utf-8")
    mapping.write_text(
        "sheets:\n  so:\n    kind: systems\n    columns: {Ký tự: code, Phần mềm nghiệp vụ: name}\n", "utf-8"
    )
    assert levelkit("import", sheet, "--workspace", place).code == 2
    assert levelkit("import", sheet, "--workspace", place, "--mapping", mapping).code == 0
    again = levelkit("import", sheet, "--workspace", place, "--json")
    assert json.loads(again.out)["systems"]["unchanged"] == 1
    mapping.write_text("sheets: {so: {kind: khong-co}}\n", "utf-8")
    assert levelkit("import", sheet, "--workspace", place, "--mapping", mapping).code == 2


def test_export_and_import_change_nothing(levelkit, tmp_path):
    place, out = tmp_path / "w.levelkit", tmp_path / "ra.xlsx"
    levelkit("import", SAMPLE, "--workspace", place)
    assert levelkit("export", "--workspace", place, "--out", out).code == 0
    ended = levelkit("import", out, "--workspace", place, "--json")
    said = json.loads(ended.out)
    assert ended.code == 0
    assert [said[table]["unchanged"] for table in TABLES] == [12, 61, 32, 38, 8]
    assert levelkit("export", "--workspace", tmp_path / "thieu.levelkit", "--out", out).code == 2


def test_the_yearly_report_says_what_is_missing_beside_it(levelkit, tmp_path):
    place, out = tmp_path / "w.levelkit", tmp_path / "bc.xlsx"
    levelkit("import", SAMPLE, "--workspace", place)
    ended = levelkit("report", "--year", 2026, "--workspace", place, "--out", out)
    assert ended.code == 0
    assert out.is_file()
    assert "HT-01" in ended.err
    assert levelkit("report", "--year", 2026, "--workspace", place, "--out", tmp_path / "bc.odt").code == 2
    assert levelkit("report", "--year", 1999, "--workspace", place, "--out", out).code == 2


def test_both_decrees_side_by_side(levelkit, tmp_path):
    place = tmp_path / "w.levelkit"
    levelkit("import", SAMPLE, "--workspace", place)
    ended = levelkit("impact", "--from", "nd85-2016", "--to", "nd331-2026", "--workspace", place, "--json")
    systems = json.loads(ended.out)["systems"]
    assert ended.code == 0
    assert len(systems) == 12
    assert [one["ref"] for one in systems[3]["reasons"]] == ["nd331-2026:39.1", "nd331-2026:39.1"]
    assert levelkit("impact", "--from", "x", "--to", "nd331-2026", "--workspace", place).code == 2
