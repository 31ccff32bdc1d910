"""A broken ruleset is refused, naming file, key and remedy; so is a broken package."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from levelkit.domain.facts import FactSet
from levelkit.errors import RulesetError
from levelkit.law import (
    RuleLibrary,
    RuleSet,
    classify,
    compare_packages,
    contract_json,
    packing,
    read_package,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

LIBRARY = RuleLibrary.load()
EMBEDDED = LIBRARY.get("nd331-2026")


def changed(name: str, old: str, new: str) -> dict[str, str]:
    assert old in EMBEDDED.files[name]
    return {**EMBEDDED.files, name: EMBEDDED.files[name].replace(old, new, 1)}


def newer(files: Mapping[str, str], version: str = "2027.3.1") -> bytes:
    head = files["instrument.yaml"].replace(f"version: {EMBEDDED.version}", f"version: {version}")
    return packing.pack({**files, "instrument.yaml": head}, "nd331-2026", version)


BROKEN = [
    ("criteria.yaml", "kind: internal", "knd: internal", ("criteria.yaml", "knd", "xóa khóa hoặc sửa tên")),
    ("criteria.yaml", "contains:", "holds:", ("criteria.yaml", "ngữ pháp")),
    ("criteria.yaml", "of: kinds", "of: kind", ("criteria.yaml", "11.1", "«kind»", "danh mục")),
    ("criteria.yaml", "basic_data_subjects_threshold", "no_such_limit", ("criteria.yaml", "no_such_limit")),
    ("criteria.yaml", '- id: "12.1"', '- id: "11.1"', ("criteria.yaml", "11.1", "lặp lại")),
    (
        "criteria.yaml",
        "    kind: internal\n",
        "    kind: internal\n    kind: other\n",
        ("criteria.yaml", "«kind» lặp lại"),
    ),
    (
        "instrument.yaml",
        "issued: 2026-08-19",
        "issued: 19/8/2026",
        ("instrument.yaml", "issued", "NĂM-THÁNG-NGÀY"),
    ),
    ("instrument.yaml", "issued: 2026-08-19", "", ("instrument.yaml", "issued", "thiếu khóa")),
    (
        "instrument.yaml",
        "ignores: [",
        "ignores: [no_such_fact, ",
        ("instrument.yaml", "ignores", "no_such_fact"),
    ),
    ("parameters.yaml", "2026-08-19: {", "19-08-2026: {", ("parameters.yaml", "NĂM-THÁNG-NGÀY")),
    ("warnings.yaml", "- code: no-criterion", "- coed: no-criterion", ("warnings.yaml", "coed")),
    ("harm.yaml", "level: 1,", "level: one,", ("harm.yaml", "rights", "one")),
    ("national-security.yaml", "top_level: 5", "top_level: [5", ("national-security.yaml", "hỏng")),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), BROKEN, ids=[f"{row[0]} {row[2]}" for row in BROKEN])
def test_a_broken_file_is_named(name: str, old: str, new: str, said: tuple[str, ...]) -> None:
    with pytest.raises(RulesetError) as caught:
        RuleSet(changed(name, old, new), "nd331-2026").check()
    for part in said:
        assert part in str(caught.value)


def test_a_missing_and_a_foreign_file_are_named() -> None:
    with pytest.raises(RulesetError, match="harm-table"):
        RuleSet({**EMBEDDED.files, "harm-table.yaml": "{}"}, "nd331-2026")
    files = {name: text for name, text in EMBEDDED.files.items() if name != "warnings.yaml"}
    with pytest.raises(RulesetError, match=r"thiếu tệp warnings\.yaml"):
        RuleSet(files, "nd331-2026")
    with pytest.raises(RulesetError, match=r"warnings\.yaml.*trống"):
        RuleSet({**EMBEDDED.files, "warnings.yaml": ""}, "nd331-2026").check()


def test_what_a_criterion_needs_is_there() -> None:
    with pytest.raises(RulesetError, match=r"articles\.yaml.*12\.3"):
        RuleSet(changed("articles.yaml", '"12.3": ', '"12.33": '), "nd331-2026").check()
    with pytest.raises(RulesetError, match=r"documents\.yaml, khóa design.*in_operation"):
        RuleSet(
            changed("documents.yaml", "stages: [in_operation]", "stages: [upgrade]"), "nd331-2026"
        ).check()


def test_a_dangling_citation_is_named() -> None:
    package = newer(changed("warnings.yaml", "cite: nd331-2026:9.2.c", "cite: nd331-2026:99.2"))
    with pytest.raises(RulesetError, match=r"warnings\.yaml.*nd331-2026:99\.2"):
        RuleLibrary.load([package])


@pytest.mark.parametrize("line", ["13: x", '"13" "x"', '"13": "x', "13.2.a: |", '"13": "a", "14": "b"'])
def test_a_text_line_of_another_form_is_named(line: str) -> None:
    ruleset = RuleSet({**EMBEDDED.files, "articles.yaml": f'"1": "một"\n{line}\n'}, "nd331-2026")
    with pytest.raises(RulesetError, match=r"articles\.yaml, dòng 2"):
        ruleset.check()


def test_a_package_gives_back_the_same_ruleset() -> None:
    package = EMBEDDED.to_package()
    assert package == EMBEDDED.to_package()
    back = read_package(package)
    assert back.identity == EMBEDDED.identity
    assert compare_packages(EMBEDDED, back) == []
    assert RuleLibrary.load([package]).rulesets == LIBRARY.rulesets


def test_a_newer_package_is_used_and_the_older_stays() -> None:
    files = changed("parameters.yaml", "value: 100000", "value: 50000")
    library = RuleLibrary.load([newer(files)])
    assert library.get("nd331-2026").version == "2027.3.1"
    assert library.get("nd331-2026", EMBEDDED.version).sha256 == EMBEDDED.sha256
    facts = FactSet.from_mapping(
        {
            "kinds": ["citizen_business"],
            "information": ["personal"],
            "conditional_business_lines": [],
            "settles_administrative_procedures": False,
            "basic_data_subjects": 60_000,
            "sensitive_data_subjects": 0,
        }
    )
    old, new = classify(LIBRARY, facts), classify(library, facts)
    assert (old.criteria_at_least, new.criteria_at_least) == (2, 3)
    assert contract_json(new, library)["ruleset_version"] == "2027.3.1"
    pinned = classify(library, facts, ruleset=library.get("nd331-2026", EMBEDDED.version))
    assert pinned.criteria_at_least == 2
    assert LIBRARY.get("nd331-2026").version == EMBEDDED.version


def test_a_missing_version_is_named() -> None:
    with pytest.raises(RulesetError, match="phiên bản 1999"):
        LIBRARY.get("nd331-2026", "1999")


def test_what_changes_is_said_in_words() -> None:
    files = changed("parameters.yaml", "value: 100000", "value: 50000")
    files["criteria.yaml"] = files["criteria.yaml"].replace("values: [IV, III, II]", "values: [III, II]")
    files["articles.yaml"] = files["articles.yaml"].replace('"25": "', '"25": "Sửa. ')
    files["warnings.yaml"] = files["warnings.yaml"].replace("code: mixed-kinds", "code: many-kinds")
    files["deadlines.yaml"] = files["deadlines.yaml"].replace("value: 15", "value: 10")
    said = compare_packages(EMBEDDED, read_package(newer(files)))
    assert f"Phiên bản: {EMBEDDED.version} → 2027.3.1." in said
    assert any("100.000 người" in sentence and "50.000 người" in sentence for sentence in said)
    assert any(sentence.startswith("Tiêu chí Đ13.4: điều kiện thay đổi.") for sentence in said)
    assert "Nguyên văn sửa: Đ25." in said
    assert {"Cảnh báo mới: many-kinds.", "Cảnh báo bỏ: mixed-kinds."} <= set(said)
    assert "Thời hạn theo bước thay đổi." in said
    assert compare_packages(EMBEDDED, LIBRARY.get("nd85-2016"))[0].startswith("Bộ quy định:")


def rezip(edit: Mapping[str, bytes | None], package: bytes | None = None) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package or EMBEDDED.to_package())) as source:
        content: dict[str, bytes | None] = {name: source.read(name) for name in source.namelist()}
    content.update(edit)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, data in content.items():
            if data is not None:
                target.writestr(name, data)
    return buffer.getvalue()


def manifest(**edit: object) -> bytes:
    with zipfile.ZipFile(io.BytesIO(EMBEDDED.to_package())) as source:
        return json.dumps({**json.loads(source.read(packing.MANIFEST)), **edit}).encode()


PACKAGES = [
    (b"", "zip"),
    (b"PK\x03\x04" + b"x" * 50, "zip"),
    (rezip({packing.MANIFEST: None}), "thiếu manifest.json"),
    (rezip({packing.MANIFEST: b"{"}), "JSON"),
    (rezip({packing.MANIFEST: b"[]"}), "các khóa"),
    (rezip({packing.MANIFEST: manifest(extra=1)}), "các khóa"),
    (rezip({packing.MANIFEST: manifest(format=2)}), "cập nhật chương trình"),
    (rezip({packing.MANIFEST: manifest(sha256="0" * 64)}), "cả gói"),
    (rezip({packing.MANIFEST: manifest(version="3000.1")}), "3000.1"),
    (rezip({"harm.yaml": b"{}"}), "harm.yaml đã bị sửa"),
    (rezip({"harm.yaml": None}), "harm.yaml không khớp"),
    (rezip({"extra.yaml": b"{}"}), "extra.yaml không khớp"),
    (rezip({"../evil.yaml": b"{}"}), "../evil.yaml"),
    (rezip({"/etc/evil.yaml": b"{}"}), "/etc/evil.yaml"),
    (rezip({"sub/evil.yaml": b"{}"}), "sub/evil.yaml"),
    (rezip({"evil.py": b"import os"}), "evil.py"),
    (rezip({"harm.yaml": b"\xff"}), "UTF-8"),
    (rezip({f"a{number}.yaml": b"" for number in range(60)}), "nhiều hơn"),
    (rezip({"big.yaml": b"#" * (packing.MAX_FILE + 1)}), "lớn hơn"),
    (b"PK" * packing.MAX_PACKAGE, "lớn hơn"),
]


@pytest.mark.parametrize(("package", "said"), PACKAGES, ids=[said for _, said in PACKAGES])
def test_a_broken_package_is_refused(package: bytes, said: str) -> None:
    with pytest.raises(RulesetError) as caught:
        RuleLibrary.load([package])
    assert said in str(caught.value)


def test_bytes_that_changed_on_the_way_are_refused() -> None:
    whole = EMBEDDED.to_package()
    for start in range(0, len(whole), len(whole) // 60):
        with pytest.raises(RulesetError):
            read_package(
                whole[:start] + bytes(byte ^ 0x5A for byte in whole[start : start + 32]) + whole[start + 32 :]
            )


def test_a_swelling_package_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("swell.yaml", b"\0" * (20 * packing.MAX_FILE))
    with pytest.raises(RulesetError, match="lớn hơn"):
        read_package(buffer.getvalue())
