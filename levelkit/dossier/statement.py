"""Dossier: the three statements of Đ22 as one text to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from levelkit.domain.architecture import read_architecture
from levelkit.domain.attachment import AttachmentMeta
from levelkit.domain.text import format_number
from levelkit.dossier import evidence
from levelkit.dossier.answers import Answers, listed, sentence
from levelkit.dossier.context import Block, Line, Picture, Prose, Statement, System, Table
from levelkit.dossier.drawings.sheet import draw
from levelkit.dossier.environment import upper_first
from levelkit.dossier.letters import bases, heading, signature
from levelkit.dossier.plan_matrix import build_matrix, heading_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from levelkit.domain.architecture import Architecture
    from levelkit.domain.proposal import DocumentSpec, ProposalDossier
    from levelkit.dossier.context import Drawing
    from levelkit.dossier.drawings.scenes import PictureKey
    from levelkit.dossier.manifest import Item, Manifest
    from levelkit.dossier.parties import Parties
    from levelkit.dossier.plan_context import PlanMatrix

_CAPTIONS = {"logical": "logical_caption", "physical": "physical_caption", "zones": "zones_caption"}
_PARTY_KEYS = ("name", "functions_document", "representative", "position", "address", "phone", "email")


@dataclass(frozen=True)
class Sources:
    """What a statement is made from.

    Attributes:
        cite: a ref in full; ``place``: without the name of the ruleset's own instrument.
        line_name: how a conditional business line is written.
        notes: how the ruleset reads a criterion, by clause; empty where there is nothing to say.
    """

    proposal: ProposalDossier
    answers: Answers
    parties: Parties
    system: System
    words: Manifest
    cite: Callable[[str], str]
    place: Callable[[str], str]
    line_name: Callable[[int], str]
    notes: Mapping[str, str]


class StatementBuilder:
    """Builds the statement of one proposal.

    Attributes:
        drawings: pictures that the statement shows and nobody attached, by key.
    """

    def __init__(self, sources: Sources) -> None:
        self._proposal = sources.proposal
        self._answers = sources.answers
        self._parties = sources.parties
        self._system = sources.system
        self._words = sources.words
        self._cite = sources.cite
        self._place = sources.place
        self._line_name = sources.line_name
        self._notes_on = sources.notes
        self._classification = sources.proposal.classification
        self.drawings: dict[str, Drawing] = {}

    def build(self, spec: DocumentSpec) -> Statement:
        """Return the statement; ``spec`` says who prepares it."""
        answers, words, found = self._answers, self._words, self._classification
        body = self._parties.body(spec.issuer)
        row = words.documents[spec.document]
        day = answers.day(f"doc.{spec.document}.date")
        place = answers.text(f"doc.{spec.document}.place") or "…"
        designed = self._system.project or self._system.hired
        return Statement(
            heading=heading(answers, spec.document, body, row),
            signature=signature(answers, spec.document, body.name),
            internal_mark=answers.flag("doc.internal_mark") is not False,
            owner=self._parties.owner_name,
            place_year=words.label("place_year", place=place, year=day.year if day else "…"),
            occasion=self._occasion(),
            bases=bases(answers, words, self._proposal.ruleset.id),
            parties=self._party_blocks(),
            party_notes=self._party_notes(),
            scope_lines=self._scope_lines(),
            scope=self._scope(),
            architecture_title=words.label("architecture_designed" if designed else "architecture_now"),
            logical=Prose(title=words.label("logical"), text=answers.text("arch.logical")),
            logical_picture=self._picture("logical"),
            physical=Prose(title=words.label("physical"), text=answers.text("arch.physical")),
            physical_picture=self._picture("physical"),
            zones_picture=self._picture("zones"),
            inventory=tuple(self._table(key) for key in ("devices", "services", "zones", "connections")),
            design=self._system.design,
            system_list=self._system_list(),
            information=self._information(),
            information_notes=self._notes(
                ("information.description", "information_note"),
                ("count.method", "count_method"),
                ("count.forecast_basis", "forecast_basis"),
            ),
            kinds=self._kinds(),
            kind_notes=self._notes(("kinds.reason", "kinds_reason"), ("services.online", "online")),
            level_lines=self._level_lines(),
            deciding=evidence.deciding_rows(found, words, self._place),
            proposed_reason=self._proposal.proposed_reason,
            raised=self._raised(),
            national=self._national(),
            risk_date=answers.day_short("risk.date"),
            risk=self._items(words.risk),
            harm=evidence.harm_cells(found),
            harm_cite=self._named(words.harm_cite),
            harm_level=found.harm_level or None,
            criteria_level=found.criteria_level,
            risk_level=evidence.risk_text(found, words),
            risk_conclusion=answers.text("risk.conclusion"),
            harm_assumptions=answers.text("harm.assumptions"),
            detail=self._detail(),
            plan=self._items(words.plan.contents),
            management=self._answered(words.plan.management),
            technical=self._answered(words.plan.technical),
            plan_more=tuple(prose for prose in self._items(words.plan.more) if prose.text),
            regulation=self._system.regulation,
            plan_status=self._plan_status(),
            plan_matrix=self._plan_matrix(),
            judged_on=answers.day_short("as_of"),
            criteria=evidence.criterion_rows(found.results, words, self._place, self._notes_on),
            near_misses=evidence.near_miss_lines(found),
            grey_points=evidence.grey_rows(found),
            notices=evidence.notice_lines(found),
        )

    def _occasion(self) -> tuple[str, ...]:
        text, words, system = self._answers.text, self._words, self._system
        lines = [self._say(system.stage)] if system.stage else []
        if system.project or system.hired:
            project = sentence((text("project.name"), text("project.document")))
            lines += [self._say("project", project=project)] if project else []
            placement = self._answers.label("project.placement")
            lines += [self._say("placement", placement=placement)] if placement else []
        if self._answers.flag("redetermination") and system.previous:
            level = self._answers.number("previous.level")
            told = words.occasions["previous"].text.format(level=level or "…", decision=system.previous.text)
            lines.append(self._say("redetermination", previous=told))
            reasons = listed(self._reasons())
            lines += [self._say("reasons", reasons=reasons)] if reasons else []
            more = text("redetermination.text")
            lines += more.splitlines() if more else []
        if system.level == 5:
            lines.append(self._say("level_5"))
        elif system.listed:
            lines.append(self._say("listed"))
        return tuple(line for line in lines if line.strip())

    def _reasons(self) -> tuple[str, ...]:
        """Return why the level is determined anew, each with its place in the law (Đ8.3, Đ10.2, Đ10.5)."""
        question, cites = "redetermination.reasons", self._words.reason_cites
        told = zip(self._answers.items(question), self._answers.labels(question), strict=True)
        return tuple(
            f"{label} ({self._place(cites[value])})" if value in cites else label for value, label in told
        )

    def _say(self, key: str, **values: str) -> str:
        occasion = self._words.occasions[key]
        return occasion.text.format(cite=self._cite(occasion.cite) if occasion.cite else "", **values)

    def _party_blocks(self) -> tuple[Block, ...]:
        titles = self._words.party_titles
        blocks = [self._party("owner", str(titles["owner"]))]
        if self._answers.flag("delegate.used"):
            blocks.append(self._delegate_block(str(titles["delegate"])))
        blocks.append(self._party("operator", str(titles["operator"])))
        forms = titles["security"]
        form = self._answers.text("security.form") or "unit"
        blocks.append(self._party("security", forms[form] if isinstance(forms, dict) else forms))
        investor = self._answers.text("project.investor")
        if investor and (self._system.project or self._system.hired):
            title = titles["investor" if self._system.project else "hiring"]
            name = Line(label=self._words.party_lines["name"], value=investor)
            blocks.append(Block(title=str(title), lines=(name,)))
        return tuple(blocks)

    def _party(self, prefix: str, title: str) -> Block:
        labels = self._words.party_lines
        lines = [Line(label=labels[key], value=self._answers.text(f"{prefix}.{key}")) for key in _PARTY_KEYS]
        designation = self._answers.text(f"{prefix}.designation_document")
        if designation:
            lines.insert(1, Line(label=self._words.label("designation"), value=designation))
        return Block(title=title, lines=tuple(lines))

    def _delegate_block(self, title: str) -> Block:
        text, words = self._answers.text, self._words
        return Block(
            title=title,
            lines=(
                Line(label=words.party_lines["name"], value=text("delegate.name")),
                Line(label=words.label("delegate_document"), value=text("delegate.document")),
                Line(label=words.label("delegate_scope"), value=text("delegate.scope")),
                Line(label=words.label("delegate_term"), value=text("delegate.term")),
            ),
        )

    def _party_notes(self) -> tuple[Prose, ...]:
        answers, words = self._answers, self._words
        notes: list[Prose] = []
        if answers.flag("operator.several"):
            lead = answers.text("operator.lead_document")
            told = sentence(
                (answers.text("operator.others"), words.label("lead", document=lead) if lead else None), "\n"
            )
            notes.append(Prose(title=words.label("several"), text=told))
        if answers.flag("operator.hired"):
            contract = answers.text("operator.contract")
            told = sentence(
                (
                    _stopped(answers.label("operator.hired_basis")),
                    words.label("contract", document=contract) if contract else None,
                ),
                "\n",
            )
            notes.append(Prose(title=words.label("hired"), text=told))
        if answers.flag("security.also_operates"):
            way = answers.label("security.independence")
            document = answers.text("security.appraiser_document")
            told = words.label(
                "independence_text",
                way=way or words.words["not_known"],
                name=answers.text("security.appraiser_name") or words.words["not_known"],
                document=f" ({document})" if document else "",
            )
            notes.append(Prose(title=words.label("independence"), text=told))
        return tuple(notes)

    def _scope_lines(self) -> tuple[Line, ...]:
        answers, words = self._answers, self._words
        lines: list[Line] = []
        for item in words.conditions:
            flag = answers.flag(item.question)
            told = listed(answers.labels(item.question)) if flag is None else None
            if flag is not None:
                told = words.label("affirmed" if flag else "denied")
            place = self._place(item.cite) if item.cite else ""
            lines.append(Line(label=words.label("condition", title=item.title, cite=place), value=told))
        return tuple(lines)

    def _scope(self) -> tuple[Prose, ...]:
        text, words = self._answers.text, self._words
        hosting = _stopped(listed(self._answers.labels("system.hosting")))
        first = (
            Prose(title=words.label("function"), text=text("system.function")),
            Prose(title=words.label("extent"), text=text("system.scope")),
            *(prose for prose in self._items(words.scope) if prose.text),
            Prose(title=words.label("size"), text=text("system.size")),
            Prose(title=words.label("users"), text=text("system.users")),
        )
        rest = (
            Prose(title=words.label("split"), text=text("scope.split_note")),
            Prose(title=words.label("url"), text=text("system.url")),
            Prose(title=words.label("hosting"), text=hosting),
        )
        return (*first, *(prose for prose in rest if prose.text))

    def _items(self, items: tuple[Item, ...]) -> tuple[Prose, ...]:
        return tuple(
            Prose(
                title=item.title,
                text=self._answers.text(item.question),
                cite=self._item_place(item),
                status=self._status(item.question),
            )
            for item in items
        )

    def _answered(self, items: tuple[Item, ...]) -> tuple[Prose, ...]:
        """Return the headings with the count of the plan's rows that answer each of them."""
        plan, told = self._proposal.plan, self._items(items)
        if plan is None:
            return told
        return tuple(
            prose.model_copy(update={"requirements": heading_counts(plan, item.cite)}) if item.cite else prose
            for prose, item in zip(told, items, strict=True)
        )

    def _plan_matrix(self) -> PlanMatrix | None:
        """Return the plan as printed; proofs must be good on the day of approval, else of the judgement."""
        plan, words = self._proposal.plan, self._words.plan
        if plan is None:
            return None
        planned = self._answers.day("approval_planned")
        day = planned or self._answers.day("as_of")
        shared = plan.level in words.shared_levels
        named = {key: ref for key, ref in words.cites.items() if shared or key != "shared"}
        cites = {key: self._place(ref) for key, ref in named.items()}
        return build_matrix(plan, day, cites, planned=planned is not None)

    def _detail(self) -> tuple[Prose, ...]:
        """Return what Đ22.5 asks to be made clear; running without stop only where it is asked for."""
        if not detailed(self._system):
            return ()
        on_demand = {"detail.always_on"} if self._answers.flag("always_on") is not True else set()
        asked = (item for item in self._words.detail if item.question not in on_demand)
        return self._items(tuple(asked))

    def _item_place(self, item: Item) -> str | None:
        critical = self._system.level == 5 or self._system.listed
        ref = item.cite_critical if critical and item.cite_critical else item.cite
        return self._place(ref) if ref else None

    def _status(self, question: str) -> str | None:
        return self._answers.label(f"{question}.status")

    def _notes(self, *pairs: tuple[str, str]) -> tuple[Prose, ...]:
        notes = (
            Prose(title=self._words.label(key), text=self._answers.text(question)) for question, key in pairs
        )
        return tuple(note for note in notes if note.text)

    def _picture(self, key: PictureKey) -> Picture | None:
        """Return the organisation's own picture, else the one drawn from the tables, if they are enough."""
        caption = self._words.label(_CAPTIONS[key])
        meta = attachment_of(self._proposal, self._answers, f"arch.{key}_picture")
        if meta is not None:
            alt = self._words.label("picture_alt", caption=caption, name=meta.name)
            return Picture(source=f"attachment:{meta.sha256}", caption=caption, alt=alt)
        drawn = draw(self._architecture, key)
        if drawn is None:
            return None
        drawing = drawn.drawing
        self.drawings[key] = drawing
        return Picture(
            source=f"drawing:{key}",
            caption=caption,
            alt=f"{caption}. {drawing.description}",
            width=drawing.width,
            wide=drawn.landscape,
        )

    @cached_property
    def _architecture(self) -> Architecture:
        return read_architecture(self._proposal.answers, self._system.code, self._system.name or "")

    def _table(self, key: str, question: str | None = None) -> Table:
        row = self._words.tables[key]
        rows = tuple(
            (str(index), *(self._answers.cell(entry, column) for column in row.keys))
            for index, entry in enumerate(self._answers.rows(question or key), start=1)
        )
        empty = self._words.label("empty_connections" if key == "connections" else "empty_table")
        return Table(
            key=key,
            title=row.title,
            columns=row.columns,
            widths=row.widths,
            rows=rows,
            numeric=row.numeric,
            empty=empty,
        )

    def _system_list(self) -> Table:
        words, found = self._words, self._classification
        *first, last = found.deciding or ("",)
        grounds = [*map(self._place, first), self._cite(last)] if last else []
        if self._raised() and self._proposal.proposed_reason:
            grounds.append(words.label("raised", reason=self._proposal.proposed_reason))
        missing = words.words["not_known"]
        cells = (
            "1",
            self._system.name or missing,
            str(self._proposal.level or missing),
            upper_first("; ".join(grounds)) or missing,
        )
        return Table(
            key="systems",
            title=words.label("list_title"),
            columns=words.columns("list_columns"),
            widths=(7, 38, 15, 40),
            numeric=(2,),
            rows=(cells,),
            roomy=True,
        )

    def _information(self) -> tuple[Line, ...]:
        answers, words = self._answers, self._words
        groups = answers.groups("data_kinds")
        lines = [
            Line(label=words.label("information"), value=listed(answers.labels("information"))),
            Line(label=words.label("basic"), value=listed(groups.get("basic", ()))),
            Line(label=words.label("sensitive"), value=listed(groups.get("sensitive", ()))),
            Line(label=words.label("basic_count"), value=self._people("basic_data_subjects")),
            Line(label=words.label("sensitive_count"), value=self._people("sensitive_data_subjects")),
            Line(label=words.label("count_date"), value=answers.day_short("count.date")),
            Line(label=words.label("count_source"), value=answers.text("count.source")),
            Line(label=words.label("forecast"), value=self._forecast()),
        ]
        return (lines[0], *(line for line in lines[1:] if line.value))

    def _people(self, question: str) -> str | None:
        count = self._answers.number(question)
        return None if count is None else self._words.label("people", count=format_number(count))

    def _forecast(self) -> str | None:
        answers, words = self._answers, self._words
        counts = [answers.number(f"count.forecast_{part}") for part in ("basic", "sensitive")]
        if counts == [None, None]:
            return None
        blank = words.label("forecast_unknown")
        basic, sensitive = (blank if count is None else format_number(count) for count in counts)
        day = answers.day_short("count.forecast_date") or blank
        return words.label("forecast_text", basic=basic, sensitive=sensitive, date=day)

    def _kinds(self) -> tuple[Line, ...]:
        answers, words = self._answers, self._words
        kinds = Line(label=words.label("kinds"), value=listed(answers.labels("kinds")))
        numbers = answers.raw("conditional_business_lines")
        if numbers is None:
            return (kinds,)
        told = "; ".join(self._line_name(number) for number in numbers) or words.words["none"]
        return (kinds, Line(label=words.label("lines"), value=told))

    def _level_lines(self) -> tuple[Line, ...]:
        words, found = self._words, self._classification
        return (
            Line(label=words.label("criteria"), value=evidence.level_text(found.criteria_level, words)),
            Line(label=words.label("harm"), value=evidence.harm_text(found, words)),
            Line(label=words.label("risk"), value=evidence.risk_text(found, words)),
            Line(label=words.label("computed"), value=evidence.computed_text(found, words)),
            Line(label=words.label("proposed"), value=evidence.level_text(self._proposal.level, words)),
        )

    def _raised(self) -> bool:
        proposed, computed = self._proposal.proposed_level, self._classification.level
        return proposed is not None and computed is not None and proposed > computed

    def _national(self) -> tuple[str, ...]:
        words, found = self._words, self._classification
        place = self._named(words.national_cite) or words.words["not_known"]
        told = words.national[found.national_security_list].format(cite=place)
        refs = "; ".join(self._place(ref) for ref in found.national_security_refs)
        return (told, f"{words.label('matched')}: {refs}") if refs else (told,)

    def _named(self, refs: Mapping[str, str]) -> str | None:
        ref = refs.get(self._proposal.ruleset.id)
        return self._place(ref) if ref else None

    def _plan_status(self) -> Table:
        words = self._words
        groups = (words.plan.contents, words.plan.management, words.plan.technical, words.plan.more)
        rows: list[tuple[str, ...]] = []
        for item in (item for group in groups for item in group):
            status = self._status(item.question)
            if status:
                rows.append((str(len(rows) + 1), item.title, self._item_place(item) or "", status))
        return Table(
            key="plan",
            title=words.label("plan_status"),
            columns=words.columns("plan_columns"),
            widths=(8, 41, 29, 22),
            rows=tuple(rows),
        )


def detailed(system: System) -> bool:
    """Whether the report on risks in more detail is asked for: levels 4, 5 and listed systems (Đ22.5)."""
    return (system.level or 0) >= 4 or system.listed


def _stopped(text: str | None) -> str | None:
    return f"{text.rstrip(' .;')}." if text else None


def attachment_of(proposal: ProposalDossier, answers: Answers, question: str) -> AttachmentMeta | None:
    """Return what is attached to a question, or None."""
    value = answers.raw(question)
    sha256 = value.get("sha256") if isinstance(value, dict) else None
    if not isinstance(sha256, str):
        return None
    return proposal.attachments.get(sha256) or AttachmentMeta.model_validate(value)
