"""The manifest, the templates and the code name only what the law and the forms know."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from jinja2 import nodes

from levelkit.dossier import assemble, document_ids
from levelkit.dossier.environment import environment
from levelkit.dossier.manifest import manifest
from levelkit.dossier.renderer import render_html
from levelkit.law import RuleLibrary
from levelkit.questionnaire import load_forms
from levelkit.resources import data_dir, package_dir

from .examples import proposal
from .texts import html_lines

TEMPLATES = data_dir("templates")


@pytest.fixture(scope="module")
def library() -> RuleLibrary:
    return RuleLibrary.load()


@pytest.fixture(scope="module")
def forms():
    return load_forms()


def test_every_citation_of_the_manifest_resolves(library):
    assert [ref for ref in sorted(manifest().refs()) if not library.has_citation(ref)] == []


def _questions() -> set[str]:
    words = manifest()
    named = {
        item.question
        for group in (
            words.plan.contents,
            words.plan.management,
            words.plan.technical,
            words.plan.more,
            words.risk,
            words.detail,
            words.scope,
        )
        for item in group
    }
    named |= {attached.question for attached in words.attachments.values()}
    sections = {
        "owner",
        "delegate",
        "operator",
        "security",
        "system",
        "project",
        "scope",
        "previous",
        "redetermination",
    }
    sections |= {
        "count",
        "information",
        "kinds",
        "services",
        "risk",
        "harm",
        "arch",
        "design",
        "regulation",
        "file",
    }
    for path in Path(str(package_dir("dossier"))).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                match = re.fullmatch(r"([a-z]+)\.[a-z_]*[a-z]", node.value)
                if match and match[1] in sections:
                    named.add(node.value)
    return named


def test_every_question_read_is_asked(forms):
    unknown = []
    for question in sorted(_questions()):
        try:
            forms.question(question)
        except KeyError:
            unknown.append(question)
    assert unknown == []


def test_columns_of_the_tables_are_those_of_the_forms(forms):
    for key, row in manifest().tables.items():
        question = forms.question(key)
        assert set(row.keys) == {column.id for column in question.columns}
        assert len(row.columns) == len(row.widths) == len(row.keys) + 1
        assert sum(row.widths) == 100


def test_every_template_compiles_and_reads_only_the_context():
    given = {
        "context",
        "system",
        "statement",
        "letter",
        "report",
        "entry",
        "numbering",
        "entries",
        "numbers",
        "marks",
        "annex_number",
    }
    for path in TEMPLATES.rglob("*.html"):
        name = path.relative_to(TEMPLATES).as_posix()
        tree = environment().parse(path.read_text(encoding="utf-8"))
        environment().get_template(name)
        free = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
        local = {node.name for node in tree.find_all(nodes.Name) if node.ctx in {"store", "param"}}
        local |= {macro.name for macro in tree.find_all(nodes.Macro)}
        local |= {imported.target for imported in tree.find_all(nodes.Import)}
        assert free - local - {"loop"} <= given, name


def test_every_template_of_the_manifest_is_there_and_none_is_left_over():
    used = {row.template for row in manifest().documents.values()} | {"thuyet-minh.front.html"}
    assert used == {path.name for path in TEMPLATES.glob("*.html")}


def test_a_real_library_and_real_forms_print(library, forms):
    found = assemble(proposal(3), library, forms)
    statement = "\n".join(html_lines(render_html(found, "thuyet-minh")))
    assert "điểm a khoản 2 Điều 13 Nghị định số 331/2026/NĐ-CP" in statement
    assert re.search(r"Số thứ tự 97 Phụ lục IV Luật Đầu tư số 143/2025/QH15: .*bưu chính", statement)
    assert document_ids(found)[:2] == ("thuyet-minh", "mau-02")


def test_every_document_of_every_route_of_the_law_has_a_template(library):
    ruleset = library.get("nd331-2026")
    known = set(manifest().documents) | set(manifest().attachments)
    for level in range(1, 6):
        for listed in (False, True):
            for stage in ("in_operation", "new_build", "upgrade", "hired_service"):
                route = ruleset.route(level, listed=listed, project_stage=stage, ministry="none")
                assert {spec.document for spec in route.documents} <= known


def test_no_word_of_the_manifest_is_left_over():
    code = "".join(
        path.read_text(encoding="utf-8") for path in Path(str(package_dir("dossier"))).glob("*.py")
    )
    words = manifest()
    assert [key for key in (*words.labels, *words.words) if not re.search(rf"['\"]{key}['\"]", code)] == []
