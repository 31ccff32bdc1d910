"""Dossier: the yearly report as a document with its header, addressee and signature. Đ35.4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from levelkit.dossier.answers import Answers, Forms
from levelkit.dossier.context import DocumentEntry, DossierContext, Heading, Letter, Report, Signature, System
from levelkit.dossier.letters import number_line, place_date
from levelkit.dossier.report_words import report_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from levelkit.dossier.report import ReportedSystem
    from levelkit.law import RuleLibrary

DOCUMENT = "mau-08"
By = Literal["owner", "unit"]


def report_context(
    report: Report, systems: Sequence[ReportedSystem], by: By, forms: Forms, library: RuleLibrary
) -> DossierContext:
    """Return the report as a document: the owner's to the ministry, or the unit's to the owner. Đ35.4.

    Number and date stay blank: they are given when the paper goes out. The place is that of
    the issuer's other papers.
    """
    words, proposal = report_words(), systems[0].proposal
    answers = Answers(proposal.answers, forms)
    role = "owner" if by == "owner" else "security"
    issuer = answers.text(f"{role}.name")
    parent = answers.text("owner.parent_name" if by == "owner" else "owner.name")
    code = answers.text(f"{role}.short_code")
    position = answers.text(f"{role}.position")
    addressee = words.ministry if by == "owner" else answers.text("owner.name")
    entry = DocumentEntry(document=DOCUMENT, title=words.title, stage="appraisal", kind="letter")
    return DossierContext(
        revision=proposal.revision,
        ruleset=proposal.ruleset,
        ruleset_title=library.get(proposal.ruleset.id).title_vi,
        secrecy=None,
        system=_nobody(),
        documents=(entry,),
        letters={
            DOCUMENT: Letter(
                document=DOCUMENT,
                title=words.title,
                kind="letter",
                stage="appraisal",
                ours=False,
                heading=Heading(
                    parent=parent.upper() if parent and issuer else None,
                    organisation=issuer.upper() if issuer else None,
                    number=number_line(None, code.upper() if code else None),
                    place_date=place_date(_place(systems, role, forms), None),
                ),
                issuer=issuer,
                head=None,
                addressees=(addressee,) if addressee else (),
                bases=(),
                recipients=words.recipients,
                copies=words.copies,
                signature=Signature(
                    lines=(position.upper(),) if position else (),
                    name=answers.text(f"{role}.representative"),
                ),
            )
        },
        statement=None,
        attachments={},
        risk=None,
        report=report,
    )


def _place(systems: Sequence[ReportedSystem], role: str, forms: Forms) -> str | None:
    for one in systems:
        answers = Answers(one.proposal.answers, forms)
        for spec in one.proposal.route.documents if one.proposal.route else ():
            if spec.issuer == role and (place := answers.text(f"doc.{spec.document}.place")):
                return place
    return None


def _nobody() -> System:
    """Return a system that says nothing: a report is about all of them."""
    blank = {name: None for name, field in System.model_fields.items() if field.is_required()}
    return System.model_validate(
        blank
        | {"code": DOCUMENT, "standard": "", "grounds": ()}
        | dict.fromkeys(("listed", "project", "hired", "opinion_needed", "unfinished"), False)
    )
