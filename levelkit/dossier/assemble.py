"""Dossier: from a frozen proposal to the context that its documents are printed from."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from levelkit.domain.proposal import DocumentSpec, ProposalDossier
from levelkit.dossier import evidence
from levelkit.dossier.answers import Answers, Forms, sentence
from levelkit.dossier.context import DocumentEntry, DossierContext, Reference, System
from levelkit.dossier.drawings import plan_summary
from levelkit.dossier.letters import letter, number_line, number_tail
from levelkit.dossier.manifest import Manifest, manifest
from levelkit.dossier.parties import Parties
from levelkit.dossier.plan_matrix import unfinished
from levelkit.dossier.risk import drawings, risk_report
from levelkit.dossier.statement import Sources, StatementBuilder, attachment_of
from levelkit.law import business_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from levelkit.dossier.context import Drawing, Statement
    from levelkit.law import RuleLibrary

_STATEMENT = "thuyet-minh"
_UNIT_DECISION = "quyet-dinh-cap-do-1-2"
_UNFINISHED = frozenset({"partly", "not_met"})
_PROJECT_STAGES = frozenset({"new_build", "upgrade"})


def assemble(proposal: ProposalDossier, library: RuleLibrary, forms: Forms | None = None) -> DossierContext:
    """Return everything that the dossier's documents print. Implements Đ19–Đ24; conventions of NĐ 30/2020.

    Args:
        proposal: frozen at one revision.
        library: where citations are looked up.
        forms: where the words of options stand; loaded when not given.
    """
    answers = Answers(proposal.answers, _forms() if forms is None else forms)
    words = manifest()
    listed = proposal.route.listed if proposal.route else False
    parties = Parties(answers, words, proposal.level, listed=listed)
    specs = _specs(proposal)

    def cite(ref: str) -> str:
        return _lower_first(library.citation(ref).full_vi)

    def place(ref: str) -> str:
        own = ref.startswith(f"{proposal.ruleset.id}:")
        return _lower_first(library.citation(ref).clause_vi) if own else cite(ref)

    grounds = tuple(cite(ref) for ref in proposal.classification.deciding)
    system = _system(proposal, answers, parties, specs=specs, grounds=grounds)
    statement_spec = next((spec for spec in specs if spec.document == _STATEMENT), None)
    ruleset = library.get(proposal.ruleset.id)
    sources = Sources(
        proposal=proposal,
        answers=answers,
        parties=parties,
        system=system,
        words=words,
        cite=cite,
        place=place,
        line_name=_line_namer(answers, words, cite),
        notes={item.criterion.id: item.criterion.note_vi for item in ruleset.criteria},
    )
    builder = StatementBuilder(sources)
    statement = builder.build(statement_spec) if statement_spec else None
    secrecy = answers.text("file.secrecy")
    return DossierContext(
        revision=proposal.revision,
        ruleset=proposal.ruleset,
        ruleset_title=ruleset.title_vi,
        secrecy=words.secrecy.get(secrecy) if secrecy else None,
        system=system,
        documents=_entries(proposal, answers, specs, words),
        letters={
            spec.document: letter(answers, spec, parties, words, proposal.ruleset.id)
            for spec in specs
            if spec.document != _STATEMENT and spec.document in words.documents
        },
        statement=statement,
        attachments=proposal.attachments,
        drawings=_drawings(statement) | builder.drawings | drawings(answers),
        risk=risk_report(answers, ruleset.harm, cite, evidence.risk_text(proposal.classification, words)),
    )


def _drawings(statement: Statement | None) -> dict[str, Drawing]:
    """Return the pictures drawn from the dossier's own data, by key."""
    drawn: dict[str, Drawing] = {}
    if statement is not None and statement.plan_matrix is not None:
        drawn[plan_summary.KEY] = plan_summary.draw(statement.plan_matrix)
    return drawn


def document_ids(context: DossierContext) -> tuple[str, ...]:
    """Return the ids of the documents, in the order of the route."""
    return tuple(entry.document for entry in context.documents)


def _line_namer(answers: Answers, words: Manifest, cite: Callable[[str], str]) -> Callable[[int], str]:
    """Return how a conditional business line is written: with its name in the list of that day."""
    lines = business_lines(answers.day("approval_planned") or answers.day("as_of"))

    place = cite(lines.cite)

    def named(number: int) -> str:
        try:
            name = lines.name(number)
        except KeyError:
            return words.label("line", number=number)
        return words.label("line_named", number=number, name=name, place=place)

    return named


@lru_cache(maxsize=1)
def _forms() -> Forms:
    # Imported late: a caller that holds the forms already does not pay for reading them.
    from levelkit.questionnaire import load_forms

    return load_forms()


def _specs(proposal: ProposalDossier) -> tuple[DocumentSpec, ...]:
    """Return the route's documents; while no level is known, the statement alone can be drafted."""
    if proposal.route is not None:
        return proposal.route.documents
    spec = DocumentSpec(
        document=_STATEMENT,
        title_vi=manifest().words["statement_title"],
        stage="appraisal",
        issuer="operator",
        addressee=None,
        cite="",
    )
    return (spec,)


def _entries(
    proposal: ProposalDossier, answers: Answers, specs: tuple[DocumentSpec, ...], words: Manifest
) -> tuple[DocumentEntry, ...]:
    entries: list[DocumentEntry] = []
    for spec in specs:
        row = words.documents.get(spec.document)
        if row is not None:
            kind: Any = "letter" if row.kind == "submission" else row.kind
            entries.append(
                DocumentEntry(document=spec.document, title=spec.title_vi, stage=spec.stage, kind=kind)
            )
    for document, attached in words.attachments.items():
        meta = attachment_of(proposal, answers, attached.question)
        if meta is not None:
            entries.append(
                DocumentEntry(
                    document=document,
                    title=attached.title,
                    stage=attached.stage,
                    kind="attachment",
                    attachment=meta.sha256,
                )
            )
    return tuple(entries)


def _system(
    proposal: ProposalDossier,
    answers: Answers,
    parties: Parties,
    *,
    specs: tuple[DocumentSpec, ...],
    grounds: tuple[str, ...],
) -> System:
    text, words = answers.text, manifest()
    stage = text("system.stage")
    preparer = next((parties.body(spec.issuer).name for spec in specs if spec.document == _STATEMENT), None)
    return System(
        code=proposal.code,
        name=text("system.name") or proposal.name or None,
        address=text("operator.address"),
        level=proposal.level,
        listed=proposal.route.listed if proposal.route else False,
        stage=stage,
        project=stage in _PROJECT_STAGES,
        hired=stage == "hired_service",
        preparer=preparer,
        owner=parties.approver,
        operator=parties.operator_name,
        appraiser=parties.appraiser,
        design=_design(answers, words),
        opinion_needed=proposal.route.opinion_needed if proposal.route else False,
        opinion=_reference(answers, words, "opinion"),
        appraisal=_reference(answers, words, "appraisal"),
        decision=_decision(answers, parties, words),
        previous=_previous(answers, words),
        regulation=_regulation(answers, words),
        standard=words.standard,
        grounds=grounds,
        unfinished=_unfinished(answers, words) or (proposal.plan is not None and unfinished(proposal.plan)),
    )


def _unfinished(answers: Answers, words: Manifest) -> bool:
    plan = words.plan
    items = (*plan.contents, *plan.management, *plan.technical, *plan.more)
    return any(answers.text(f"{item.question}.status") in _UNFINISHED for item in items)


def _numbered(words: Manifest, kind: str, number: str | None) -> str | None:
    return f"{words.words[kind]} {number}" if number else None


def _signed(answers: Answers, words: Manifest, prefix: str, kind: str, start: str | None) -> str | None:
    """Return «title, Quyết định số 12/QĐ-SM ngày 05 tháng 01 năm 2026 của …»."""
    numbered = _numbered(words, kind, answers.text(f"{prefix}.number"))
    day = answers.day_long(f"{prefix}.date")
    issuer = answers.text(f"{prefix}.issuer")
    of = f"{words.words['of']} {issuer}" if issuer else None
    if numbered is None and day is None:
        return start
    return sentence((start, sentence((numbered, day, of), " ")))


def _design(answers: Answers, words: Manifest) -> str | None:
    title = answers.text("design.title")
    approver = answers.text("design.approver")
    approved = f"{words.words['signed_by']} {approver} {words.words['approved']}" if approver else None
    number = answers.text("design.number")
    numbered = f"{words.words['number']} {number}" if number else None
    return sentence((title, sentence((numbered, answers.day_long("design.date")), " "), approved))


def _reference(answers: Answers, words: Manifest, prefix: str) -> Reference | None:
    numbered = _numbered(words, "document_number", answers.text(f"{prefix}.number"))
    short = sentence((numbered, answers.day_long(f"{prefix}.date")), " ")
    if short is None:
        return None
    issuer = answers.text(f"{prefix}.issuer")
    return Reference(
        text=f"{short} {words.words['of']} {issuer}" if issuer else short,
        short=short,
        issuer=issuer,
        conclusion=answers.label(f"{prefix}.conclusion"),
        body=answers.text(f"{prefix}.text"),
    )


def _previous(answers: Answers, words: Manifest) -> Reference | None:
    if not answers.flag("redetermination"):
        return None
    number = answers.text("previous.decision")
    day = answers.day_long("previous.decision_date")
    issuer = answers.text("previous.issuer")
    of = f"{words.words['of']} {issuer}" if issuer else None
    short = " ".join(part for part in (words.words["decision_number"], number or "…", day) if part)
    return Reference(text=" ".join(part for part in (short, of) if part), short=short, issuer=issuer)


def _decision(answers: Answers, parties: Parties, words: Manifest) -> str | None:
    """Return the unit's own decision of levels 1 and 2 as its report to the owner names it (Đ18.1)."""
    prefix = f"doc.{_UNIT_DECISION}"
    number, day = answers.text(f"{prefix}.number"), answers.day_long(f"{prefix}.date")
    if number is None or day is None:
        return None
    tail = number_tail(words.documents[_UNIT_DECISION], parties.body("security_unit").code, None)
    line = number_line(number, tail)
    return f"{words.words['decision']} {line[0].lower()}{line[1:].replace(':', '', 1)} {day}"


def _regulation(answers: Answers, words: Manifest) -> str | None:
    return _signed(answers, words, "regulation", "decision_number", answers.text("regulation.title"))


def _lower_first(text: str) -> str:
    """«Điểm a khoản 2 Điều 13 …» inside a sentence; the word Điều keeps its capital (NĐ 30, Phụ lục II)."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first.casefold() in {"điểm", "khoản"} else text
