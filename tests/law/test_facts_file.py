"""Facts files: YAML and JSON, hostile ones among them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from levelkit.domain.facts import FactSet
from levelkit.errors import FactsError
from levelkit.law import parse_facts, read_facts_file
from levelkit.law.facts_file import MAX_BYTES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "text", ["", "# chưa có gì\n", "---\n", "{}", "\ufeff", "kinds:\n", "kinds: ~\nharm: null\n"]
)
def test_nothing_is_no_fact(text: str) -> None:
    assert parse_facts(text.encode()) == FactSet()


def test_yaml_and_json_say_the_same() -> None:
    raw = {
        "name": "Cổng",
        "as_of": "2026-11-23",
        "kinds": ["internal"],
        "national_security_criteria": [16.1, "16.2"],
        "harm": {"rights": "none"},
        "basic_data_subjects": 0,
        "always_on": False,
    }
    yaml = (
        "\ufeffname: Cổng\nas_of: 2026-11-23\nkinds: [internal]\nnational_security_criteria: [16.1, '16.2']\n"
        "harm: {rights: none}\nbasic_data_subjects: 0\nalways_on: false\n"
    )
    assert parse_facts(yaml.encode()) == parse_facts(json.dumps(raw).encode()) == FactSet.from_mapping(raw)
    assert parse_facts(json.dumps(raw, indent="\t").encode()) == FactSet.from_mapping(raw)


def test_aliases_are_yaml() -> None:
    assert parse_facts(b"kinds: &k [internal]\nname: x\n").get("kinds") == ("internal",)
    facts = parse_facts(b"basic_data_subjects: &n 12\nsensitive_data_subjects: *n\n")
    assert facts.get("sensitive_data_subjects") == 12


@pytest.mark.parametrize(
    "text",
    [
        "{name: a:b, kinds: [internal]}",
        "name: a:b\r\nkinds: [internal]\r\n",
        "%YAML 1.2\n---\nname: a:b\nkinds:\n- internal\n...\n",
        "\ufeff# chú thích\nname: 'a:b'\nkinds: [internal,]\n",
        '{"name": "a:b", "kinds": ["internal"],}',
    ],
)
def test_ways_of_writing_yaml(text: str) -> None:
    assert parse_facts(text.encode()) == FactSet.from_mapping({"name": "a:b", "kinds": ["internal"]})


def test_line_separators_of_unicode_stay_in_a_text() -> None:
    assert parse_facts("name: a\u2028b\x85c\nkinds: [internal]\n".encode()).get("kinds") == ("internal",)


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
REFUSED = [
    ("kinds: [internal]\nkinds: [other]\n", "«kinds» lặp lại"),
    ('{"kinds": ["internal"], "kinds": ["other"]}', "«kinds» lặp lại"),
    ('{"harm": {"rights": "harm", "rights": "none"}}', "«rights» lặp lại"),
    ("harm:\n  rights: harm\n  rights: none\n", "«rights» lặp lại"),
    ("name: a\n---\nname: b\n", "một tài liệu"),
    ("name: a\n---\n", "một tài liệu"),
    ("- internal\n", "bảng"),
    ("internal\n", "bảng"),
    ("null\n", "bảng"),
    ("[]", "bảng"),
    ("kinds: [internal\n", "hỏng"),
    ("\tkinds: x\n", "hỏng"),
    ('{"kinds": [}', "hỏng"),
    ("kinds: []\n", "«kinds»"),
    ("basic_data_subjects: 1e5\n", "1e5"),
    ('{"basic_data_subjects": 1e5}', "1e5"),
    ('{"basic_data_subjects": NaN}', "NaN"),
    ("basic_data_subjects: 0x10\n", "0x10"),
    ("basic_data_subjects: 1_000\n", "1_000"),
    ("basic_data_subjects: 5.0\n", "5.0"),
    ("basic_data_subjects: '5'\n", "basic_data_subjects"),
    (f"basic_data_subjects: {'9' * 5000}\n", "basic_data_subjects"),
    (f'{{"basic_data_subjects": {"9" * 5000}}}', "số quá dài"),
    ("always_on: yes\n", "true hoặc false"),
    ("always_on: True\n", "true hoặc false"),
    ("always_on: on\n", "true hoặc false"),
    ("always_on: 1\n", "true hoặc false"),
    ("as_of: 2026-02-30\n", "2026-02-30"),
    ("as_of: 2026-11-23T10:00:00Z\n", "as_of"),
    ("name: 2026-11-23\n", "name"),
    ("name: !!python/object/apply:os.system [ls]\n", "thẻ"),
    ("name: !include /etc/passwd\n", "thẻ"),
    ("kinds: !!set {internal}\n", "thẻ"),
    ("<<: {name: a}\n", "<<"),
    ("? [name]\n: a\n", "khóa"),
    ("a: &a [*a]\n", "lồng nhau"),
    (BOMB, "giá trị"),
    ("x: " + "[" * 5000, "lồng nhau"),
    ('{"x": ' + "[" * 100_000, "lồng nhau"),
    ("name: *missing\n", "*missing"),
    ("name: \x01\n", "hỏng"),
    ('name: "\\ud800"\n', "Unicode"),
    ('{"name": "\\ud800"}', "Unicode"),
    ('name: "\\U00110000"\n', "hỏng"),
    ('name: "\\UFFFFFFFF"\n', "hỏng"),
    ("basic_data_subjects: 100.000\n", "giá trị 100.000 "),
    ('{"basic_data_subjects": 100.000}', "giá trị 100.000 "),
]


@pytest.mark.parametrize(("text", "said"), REFUSED, ids=[text[:24] for text, _ in REFUSED])
def test_refuses(text: str, said: str) -> None:
    with pytest.raises(FactsError) as caught:
        parse_facts(text.encode("utf-8", "surrogatepass"))
    assert said in str(caught.value)
    assert len(str(caught.value)) < 1200


def test_refuses_what_is_not_utf8() -> None:
    with pytest.raises(FactsError, match="UTF-8"):
        parse_facts("name: Cổng".encode("utf-16"))
    with pytest.raises(FactsError, match="UTF-8"):
        parse_facts(b"name: \xff\n")


def test_refuses_what_is_too_large() -> None:
    with pytest.raises(FactsError, match="KB"):
        parse_facts(b"#" * (MAX_BYTES + 1))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="khong-co"):
        read_facts_file(tmp_path / "khong-co.yaml")
    with pytest.raises(FactsError, match="thư mục"):
        read_facts_file(tmp_path)
    path = tmp_path / "dữ kiện.yaml"
    path.write_text("kinds: [other]\n", encoding="utf-8")
    assert read_facts_file(path).get("kinds") == ("other",)
