"""A broken form file is refused, and the message names file, key and remedy."""

from __future__ import annotations

import textwrap

import pytest

from levelkit.errors import FormError
from levelkit.questionnaire import load_forms

GOOD = """
id: mot
number: 1
title: Một
groups:
  - id: nhom
    title: Nhóm
    questions:
      - id: kinds
        type: multi
        label: Loại hình nào?
        name: Loại hình
        why: Vì vậy.
        cite: nd331-2026:9.2
        fact: kinds
        options:
          - {value: internal, label: Nội bộ}
          - {value: other, label: Khác}
      - id: ghi-chu
        type: text
        label: Ghi chú
        why: Vì vậy.
        cite: nd331-2026:9.2
        visible_when: {contains: {of: kinds, value: other}}
"""


def load(tmp_path, text=GOOD, *, known=None, **others):
    (tmp_path / "01-mot.yaml").write_text(textwrap.dedent(text), encoding="utf-8")
    for name, content in others.items():
        (tmp_path / f"{name}.yaml").write_text(textwrap.dedent(content), encoding="utf-8")
    return load_forms(known, folder=tmp_path)


def test_a_good_form_loads(tmp_path):
    forms = load(tmp_path)
    assert [question.id for question in forms.questions] == ["kinds", "ghi-chu"]
    assert forms.question("ghi-chu").name == "Ghi chú"
    assert forms.where("ghi-chu") == "mot/ghi-chu"
    assert forms.providers == {"kinds": ("kinds",)}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("title: Một", "title: Một\ntitle: Hai", ["01-mot.yaml", "lặp lại"]),
        ("title: Nhóm", "title: Nhóm\n    màu: xanh", ["nhóm «nhom»", "màu", "Bỏ khóa"]),
        ("type: text", "type: tect", ["câu «ghi-chu»", "tect", "Chọn một trong"]),
        (
            "why: Vì vậy.\n        cite: nd331-2026:9.2\n        fact",
            "cite: nd331-2026:9.2\n        fact",
            ["why"],
        ),
        ("        name: Loại hình\n", "", ["câu «kinds»", "name", "Thêm khóa"]),
        ("fact: kinds", "fact: kindz", ["kindz", "Sửa tên dữ kiện"]),
        ("{of: kinds, value: other}", "{of: kindz, value: other}", ["ghi-chu", "kindz", "Sửa tên"]),
        ("{of: kinds, value: other}", "{of: derived.levl, value: other}", ["derived.levl"]),
        ("{of: kinds, value: other}", "{of: kinds, value: othr}", ["kinds", "othr", "Sửa giá trị"]),
        (
            "{contains: {of: kinds, value: other}}",
            "{has: {of: kinds, value: other}}",
            ["visible_when", "ghi-chu"],
        ),
        ("id: ghi-chu", "id: kinds", ["câu «kinds»", "Đổi tên"]),
        ("value: other, label", "value: internal, label", ["internal", "hai lần"]),
        ("label: Ghi chú", "label: Ghi chú\n        default: 5", ["default", "Ghi chú"]),
        ("label: Ghi chú", "label: Ghi chú\n        options: [{value: a, label: A}]", ["options", "Bỏ khóa"]),
        ("type: multi", "type: table", ["options"]),
        ("label: Ghi chú", "label: Ghi chú\n        none_sets: {strategic: false}", ["none_sets"]),
        ("id: mot", "- id: mot", ["01-mot.yaml"]),
        ("id: mot", "id: [mot", ["01-mot.yaml", "dòng"]),
    ],
)
def test_a_broken_form_is_named(tmp_path, old, new, words):
    assert old in GOOD
    with pytest.raises(FormError) as error:
        load(tmp_path, GOOD.replace(old, new, 1))
    message = str(error.value)
    assert message.startswith("01-mot.yaml")
    assert [word for word in words if word not in message] == []


def test_a_dangling_citation_is_named(tmp_path):
    with pytest.raises(FormError, match=r"nd331-2026:9\.2.*điều khoản"):
        load(tmp_path, known=lambda ref: ref != "nd331-2026:9.2")
    assert load(tmp_path, known=lambda ref: ref == "nd331-2026:9.2")


def test_conditions_in_a_circle_are_refused(tmp_path):
    text = GOOD.replace(
        "        fact: kinds\n", "        fact: kinds\n        visible_when: {known: {of: ghi-chu}}\n"
    )
    with pytest.raises(FormError, match="kinds → ghi-chu → kinds"):
        load(tmp_path, text)


ROWS = "rows: {id: tung-dong, title: Từng dòng, name: 'Dòng {row}', why: Vì vậy., cite: 'nd331-2026:9.1'}\n"


def test_rows_of_the_plan_belong_to_one_section_and_cite_what_is_there(tmp_path):
    forms = load(tmp_path, GOOD.replace("groups:", f"{ROWS}groups:", 1))
    assert forms.question("req.TK-09").name == "Dòng TK-09"
    text = GOOD.replace("groups:", f"{ROWS.replace(':9.1', ':99')}groups:", 1)
    with pytest.raises(FormError, match="nd331-2026:99"):
        load(tmp_path, text, known=lambda ref: ref != "nd331-2026:99")


def test_no_condition_reads_a_row_of_the_plan(tmp_path):
    text = GOOD.replace(
        "        fact: kinds\n", "        fact: kinds\n        visible_when: {known: {of: req.TK-09}}\n"
    )
    with pytest.raises(FormError, match="một yêu cầu của phương án"):
        load(tmp_path, text.replace("groups:", f"{ROWS}groups:", 1))


def test_a_question_may_look_at_its_own_answer(tmp_path):
    text = GOOD.replace(
        "        fact: kinds\n", "        fact: kinds\n        visible_when: {known: {of: kinds}}\n"
    )
    assert load(tmp_path, text)


REPEATED = """
id: mot
number: 1
title: Một
groups:
  - id: nhom
    title: Nhóm
    questions:
      - for_each:
          - {key: a, title: An, cite: nd331-2026:9.1}
          - {key: b, title: Bình, cite: nd331-2026:9.2}
        questions:
          - id: ghi.{key}
            type: text
            label: "{title}"
            why: Vì vậy.
            cite: "{cite}"
          - id: them.{key}
            not_for: [b]
            type: text
            label: Thêm cho {title}
            why: Vì vậy.
            cite: "{cite}"
"""


def test_repeated_questions_are_filled_in(tmp_path):
    forms = load(tmp_path, REPEATED)
    assert [question.id for question in forms.questions] == ["ghi.a", "them.a", "ghi.b"]
    assert forms.question("ghi.b").label == "Bình"
    assert forms.question("them.a").label == "Thêm cho An"


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("{title}", "{tên}", None),
        ("Thêm cho {title}", "Thêm cho {ten}", "ten"),
        ("key: b, ", "", "key"),
        ("        questions:\n          - id: ghi", "        entries:\n          - id: ghi", "for_each"),
    ],
)
def test_a_broken_repetition_is_named(tmp_path, old, new, word):
    text = REPEATED.replace(old, new, 1)
    if word is None:
        # Only plain names stand in braces; anything else is text.
        assert load(tmp_path, text).question("ghi.a").label == "{tên}"
        return
    with pytest.raises(FormError, match=word):
        load(tmp_path, text)


def test_checks_and_banners_are_checked_too(tmp_path):
    check = """
    checks:
      - {id: x, where: nowhere, severity: error, rule: "nd331-2026:9.2", title: T, message: M}
    """
    with pytest.raises(FormError, match="nowhere"):
        load(tmp_path, checks=check)
    with pytest.raises(FormError, match="màu"):
        load(tmp_path, checks="màu: []\n")
    banner = """
    banners:
      - {id: x, kind: info, title: T, text: T, cite: "nd331-2026:9.2", visible_when: {known: {of: nowhere}}}
    """
    with pytest.raises(FormError, match="nowhere"):
        load(tmp_path, checks="checks: []\n", banners=banner)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(FormError, match="không có biểu mẫu"):
        load_forms(folder=tmp_path)
