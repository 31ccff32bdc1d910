"""Services: whether this installation is whole: rulesets, forms, templates, one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from levelkit import dossier
from levelkit.dossier.environment import environment
from levelkit.law import classify
from levelkit.law.packs import embedded_packs
from levelkit.law.requirements import LEVELS
from levelkit.questionnaire import Interview
from levelkit.services import derived, proposals
from levelkit.services.rulesets import embedded_library
from levelkit.services.sample import sample_answers
from levelkit.services.workspace import default_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from levelkit.domain.facts import FactSet

_SMALLEST = "HT-11"
_PAGE = "mau-01"


def run() -> Iterator[str]:
    """Do each check and say in Vietnamese what was found; raises where something is broken."""
    library = embedded_library()
    library.check()
    for ruleset in library.rulesets:
        yield f"Bộ luật {ruleset.id} {ruleset.version}: {len(ruleset.criteria)} tiêu chí"
    counts = [str(len(library.requirements(level).requirements)) for level in LEVELS]
    yield f"Yêu cầu cơ bản cấp 1–{len(counts)}: {', '.join(counts)}"
    packs = embedded_packs()
    yield f"Nghĩa vụ ngoài tiêu chuẩn: {len(packs)} gói, {sum(len(pack.rows) for pack in packs)} dòng"
    forms = default_forms()
    questions = sum(len(section.questions) for section in forms.sections)
    yield f"Biểu hỏi: {len(forms.sections)} phần, {questions} câu hỏi"
    templates = environment().list_templates(extensions=["html"])
    for name in templates:
        environment().get_template(name)
    yield f"Mẫu văn bản: {len(templates)} mẫu dịch được"
    sample = sample_answers()[_SMALLEST]

    def derive(facts: FactSet, answers: Mapping[str, Any]) -> Mapping[str, Any]:
        return derived.derive(library, facts, answers).for_forms()

    interview = Interview(forms, sample.answers, derive)
    judged = derived.derive(library, interview.facts(), interview.answers)
    proposal = proposals.build(
        proposals.Source(_SMALLEST, sample.name, 0, interview, library),
        judged,
        classify(library, interview.facts(), explain=True),
    )
    context = dossier.assemble(proposal, library, forms)
    made = dossier.render_pdf(context, _PAGE, draft=True, attachments=sample.attachments.__getitem__)
    yield f"Dựng thử {_PAGE}: {made.pages} trang, {len(made.data)} byte"
    word = dossier.render_docx(context, _PAGE, draft=True, attachments=sample.attachments.__getitem__)
    yield f"Dựng thử {_PAGE} cho Word: {len(word.data)} byte"
