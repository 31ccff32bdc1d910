"""Services: one system being worked on. Every change is a transaction; the window and the tests drive it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from levelkit.appraisal import Appraiser
from levelkit.domain.plan import row_of
from levelkit.domain.text import fold
from levelkit.errors import UserError, WorkspaceConflict
from levelkit.law import classify, transition_deadlines
from levelkit.questionnaire import Change, Interview, normalise
from levelkit.services import (
    attachments,
    checks,
    clock,
    conflicts,
    derived,
    letterhead,
    proposals,
    rulesets,
)
from levelkit.services.conflicts import Conflict, Keep
from levelkit.services.plan import PlanBook
from levelkit.store import Change as StoredChange
from levelkit.store import Levels, Mark, StoredSystem, repository

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from levelkit.domain.classification import Classification
    from levelkit.domain.facts import FactSet
    from levelkit.domain.letterhead import Letterhead
    from levelkit.domain.proposal import Finding, ProposalDossier, Stage
    from levelkit.law import RuleLibrary
    from levelkit.services.checks import SectionCounts
    from levelkit.services.host import Host
    from levelkit.services.shared import SharedBook

log = logging.getLogger("levelkit.session")
_TRIES = 20
"""How often a save that others outrun is tried again; each time somebody else has got on."""


class SystemSession:
    """Interview and storage of one system.

    Attributes:
        plan: the security plan, requirement by requirement.
    """

    def __init__(self, workspace: Host, stored: StoredSystem, answers: Mapping[str, Any]) -> None:
        self._workspace = workspace
        self._stored = stored
        self._revision = stored.revision
        self._pins = dict(stored.pins)
        self._library = workspace.library_of(stored)
        self._derived: tuple[FactSet, derived.Derived] | None = None
        self._explained: tuple[FactSet, Classification] | None = None
        self._appraiser = Appraiser()
        self._findings: tuple[object, tuple[Finding, ...]] | None = None
        self._refused: dict[str, str] = {}
        self._clashes: dict[str, tuple[Any, Mark]] = {}
        self._observers: list[Callable[[SystemSession], None]] = []
        self._interview = Interview(workspace.forms, answers, self._derive)
        # What other forms stored stays stored until its question is answered anew.
        self._kept = self.interview.set_aside
        self._saved: dict[str, Any] = {**self._kept, **self.interview.view}
        self.plan = PlanBook(self)

    @property
    def interview(self) -> Interview:
        """The answers and what is asked. Change it through this session alone, so that it is saved."""
        return self._interview

    @property
    def library(self) -> RuleLibrary:
        """The rulesets this system is judged under: its own, though the program may have newer ones."""
        return self._library

    @property
    def code(self) -> str:
        """The system's code."""
        return self._stored.code

    @property
    def name(self) -> str:
        """The system's name: the answer, else the one it was added with."""
        return self.interview.answer("system.name") or self._stored.name

    @property
    def status(self) -> str:
        """Where the dossier stands: draft, submitted, appraised, approved, retired."""
        return self._stored.status

    @property
    def revision(self) -> int:
        """The revision on the disk; every saved change raises it by one."""
        return self._revision

    @property
    def readonly(self) -> bool:
        """Whether nothing can be saved."""
        return self._workspace.readonly

    @property
    def unsaved(self) -> bool:
        """Whether the last change could not be written; :meth:`save` tries again."""
        return bool(self._diff(self.interview.view))

    @property
    def level(self) -> int | None:
        """The level that the dossier is made for: the person's, else the computed one; None while open."""
        judged = self._judged()
        return judged.proposed_level or judged.classification.level

    @property
    def shared(self) -> SharedBook:
        """The measures and evidence that the systems of the workspace share."""
        return self._workspace.shared

    @property
    def letterhead(self) -> Letterhead:
        """What the organisation adds to its papers."""
        return letterhead.read(self._workspace)

    def label_of(self, where: str) -> str:
        """Return what the place of a finding is called: a question's name, or a row's place and name."""
        question_id = where.rpartition("/")[2]
        row_id = row_of(question_id)
        return self.interview.forms.question(question_id).name if row_id is None else self.plan.label(row_id)

    # Answers

    def set(self, question_id: str, value: Any) -> Change | None:
        """Answer a question and save it; None when nothing changed.

        Raises:
            UserError: the value cannot be taken; nothing changed.
            WorkspaceError: it could not be saved; the answer stays, see :attr:`unsaved`.
        """
        self._workspace.require_writable()
        try:
            if question_id == derived.PROPOSED:
                proposed = normalise(self.interview.forms.question(question_id), value)
                if proposed is not None:
                    derived.refuse_lower(self.library, self._judged().classification, proposed)
            change = self.interview.set(question_id, value)
        except UserError as error:
            self._refuse(question_id, str(error))
            raise
        self._refuse(question_id, None)
        return self._after(change)

    def set_many(self, answers: Mapping[str, Any]) -> int:
        """Answer several questions as one transaction; return how many changed.

        Raises:
            UserError: a value cannot be taken; none of them is.
            WorkspaceError: as :meth:`set`.
        """
        self._workspace.require_writable()
        change = self._after(self.interview.set_many(answers))
        return 0 if change is None else len(change.all)

    def set_rows(self, answers: Mapping[str, Any], text: str) -> int:
        """Answer rows of the plan as one transaction and one step back, called ``text``; raises as above."""
        self._workspace.require_writable()
        change = self._after(self.interview.set_many(answers, text))
        return 0 if change is None else len(change.all)

    def plan_sources(self) -> list[tuple[str, str, int | None, int]]:
        """Return code, name, level and number of answered rows of every system that has any."""
        return self._workspace.plan_sources()

    def plan_answers(self, code: str) -> dict[str, Any]:
        """Return the answers to the rows of a system; raises SystemMissing."""
        return self._workspace.plan_answers(code)

    def undo(self) -> Change | None:
        """Take the last change back and save that."""
        self._workspace.require_writable()
        return self._after(self.interview.undo())

    def redo(self) -> Change | None:
        """Do again what was taken back and save that."""
        self._workspace.require_writable()
        return self._after(self.interview.redo())

    def save(self) -> None:
        """Write what is not on the disk yet.

        Raises:
            WorkspaceConflict: somebody else has changed the same answers; see :attr:`conflicts`. All others
                are saved.
            WorkspaceError: the disk refused again.
        """
        self._persist("answer", ())

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The answers that stand here and were changed elsewhere meanwhile; :meth:`resolve` each."""
        here = self.interview.view
        return tuple(
            Conflict(question_id, here.get(question_id), theirs, mark.who, mark.at)
            for question_id, (theirs, mark) in self._clashes.items()
        )

    def words(self, question_id: str, value: Any) -> str:
        """Return an answer as a person reads it."""
        return conflicts.words(self._workspace.forms, question_id, value)

    def resolve(self, question_id: str, keep: Keep) -> None:
        """Settle a conflict: save what stands here over theirs, or take theirs in its place.

        Raises:
            KeyError: there is no such conflict.
            WorkspaceError: as :meth:`save`.
        """
        theirs, _mark = self._clashes.pop(question_id)
        if keep == "theirs":
            self.interview.merge({question_id: theirs})
            self._refused.pop(question_id, None)
        try:
            self._persist("answer", ())
        finally:
            self._notify()

    def refresh(self) -> tuple[str, ...]:
        """Take over what others have written since; return the questions whose answers changed here.

        What was edited here and not saved stays; where others changed the same, see :attr:`conflicts`.

        Raises:
            SystemMissing: the system was removed meanwhile.
        """
        before = (self._stored.status, self._stored.code, self._stored.pins, len(self._clashes))
        changed = self._take_others()
        if changed or before != (
            self._stored.status,
            self._stored.code,
            self._stored.pins,
            len(self._clashes),
        ):
            self._notify()
        return changed

    def subscribe(self, callback: Callable[[SystemSession], None]) -> Callable[[], None]:
        """Call back after every change; returns the function that ends it."""
        self._observers.append(callback)
        return lambda: self._observers.remove(callback)

    # What follows

    @property
    def classification(self) -> Classification:
        """The explained classification of the answers as they stand."""
        facts = self.interview.facts()
        if self._explained is None or self._explained[0] != facts:
            self._explained = (facts, classify(self.library, facts, explain=True))
        return self._explained[1]

    def findings(self, stage: Stage = "appraisal") -> tuple[Finding, ...]:
        """What is missing or wrong, as it counts at ``stage``."""
        forms_state = (self.library, self.interview.state)
        state = (forms_state, self.interview.row_state, self.shared.state)
        if self._findings is None or self._findings[0] != state:
            found = self._appraiser.check(self.proposal(), self._workspace.forms, self.library, forms_state)
            self._findings = (state, found)
        refused = checks.refused(self.interview, self._refused, self.label_of)
        return refused + checks.at_stage(self._findings[1], stage)

    def counts(self, section_id: str) -> SectionCounts:
        """Filled, met and approved of one section: three different things."""
        counts = checks.section_counts(self.interview, section_id, self.findings("approval"), self.status)
        if self.interview.forms.section(section_id).rows is None:
            return counts
        return checks.with_rows(counts, self.plan.counts(), self.plan.standing, self.status)

    def proposal(self) -> ProposalDossier:
        """Freeze everything a dossier is made from at this revision."""
        return proposals.build(
            proposals.Source(
                self.code, self.name, self._revision, self.interview, self.library, self.plan.frozen()
            ),
            self._judged(),
            self.classification,
        )

    # Files

    def keep_documents(self, revision: int, entries: Sequence[Mapping[str, Any]]) -> None:
        """Record the documents of a manifest, with their hashes; nothing where nothing can be saved."""
        if not self.readonly:
            self._workspace.keep_documents(self.code, revision, entries)

    def attach(self, question_id: str, path: Path) -> Change | None:
        """Read a file, keep it in the workspace and answer the question with it.

        Raises:
            UserError: it cannot be read, is too large, or is not of the kind the question takes.
        """
        self._workspace.require_writable()
        name, media_type, data = attachments.read(question_id, path)
        meta = self._workspace.keep_file(data, name, media_type)
        return self.set(question_id, meta.model_dump())

    def attachment_bytes(self, sha256: str) -> bytes:
        """Return an attached file, checked against its hash."""
        return self._workspace.file_bytes(sha256)

    # Rulesets

    @property
    def ruleset_state(self) -> rulesets.RulesetState:
        """The ruleset in use, and what a newer one of this program would change."""
        return rulesets.state(
            self._workspace.library, self.library.get(self._judged().classification.ruleset)
        )

    def rebase(self) -> None:
        """Move to the program's rulesets; recorded in the journal, never done silently."""
        self._workspace.require_writable()
        self._workspace.keep_packages()
        before = dict(self._pins)
        self._pins = rulesets.pins_of(self._workspace.library)
        self._library = self._workspace.library
        self._derived = self._explained = self._findings = None
        self.interview.load(self.interview.answers)  # judge anew; the history refers to the old rules
        self._persist("answer", (("rebase", {"from": before, "to": self._pins}),))
        self._notify()

    # Inside

    def _refuse(self, question_id: str, message: str | None) -> None:
        # What was typed and not taken stays on the screen: until it is mended, the old answer must not print.
        before = self._refused.get(question_id)
        if message is None:
            self._refused.pop(question_id, None)
        else:
            self._refused[question_id] = message
        if before != message:
            self._notify()

    def _derive(self, facts: FactSet, answers: Mapping[str, Any]) -> Mapping[str, Any]:
        found = derived.derive(self.library, facts, answers)
        self._derived = (facts, found)
        return found.for_forms()

    def _judged(self) -> derived.Derived:
        _ = self.interview.derived
        assert self._derived is not None
        return self._derived[1]

    def _after(self, change: Change | None) -> Change | None:
        if change is None:
            return None
        for part in change.all:
            self._refused.pop(part.question_id, None)
        try:
            self._persist("answer", ())
        finally:
            self._notify()
        return change

    def _diff(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        self._kept = {key: value for key, value in self._kept.items() if key not in answers}
        now = {**self._kept, **answers}
        changed = {key: value for key, value in now.items() if self._saved.get(key) != value}
        return changed | dict.fromkeys(key for key in self._saved if key not in now)

    def _persist(self, what: str, events: tuple[tuple[str, Any], ...]) -> None:
        for _ in range(_TRIES):
            try:
                self._write(what, events)
                break
            except WorkspaceConflict:
                self._take_others()
        else:
            raise WorkspaceConflict(
                "Hệ thống này đang được sửa liên tục ở nơi khác. Hãy lưu lại sau ít giây."
            )
        if self._clashes:
            raise conflicts.refusal([self.label_of(one) for one in self._clashes], self.conflicts[0])

    def _write(self, what: str, events: tuple[tuple[str, Any], ...]) -> None:
        answers = self.interview.view
        for question_id in [one for one, (theirs, _) in self._clashes.items() if theirs == answers.get(one)]:
            del self._clashes[question_id]  # typed the same
        changed = {key: value for key, value in self._diff(answers).items() if key not in self._clashes}
        if not changed and not events:
            return
        judged = self._judged()
        ruleset = self.library.get(judged.classification.ruleset)
        change = StoredChange(
            answers=changed,
            levels=self._levels(judged, answers),
            ruleset=rulesets.pin_of(ruleset),
            name=self.name,
            folded=fold(self.name),
            what=what,
            events=events,
            pins=self._pins,
        )
        mark = Mark(clock.now(), self._workspace.user)
        self._revision = self._workspace.save(self._stored.id, self._revision, change, mark)
        self._note_saved(changed)
        log.info("saved %s revision %d: %s", self.code, self._revision, ", ".join(changed))

    def _note_saved(self, answers: Mapping[str, Any]) -> None:
        for question_id, value in answers.items():
            if value is None:
                self._saved.pop(question_id, None)
            else:
                self._saved[question_id] = value

    def _take_others(self) -> tuple[str, ...]:
        """Bring in what others wrote since this session's revision; return the questions changed here."""
        with self._workspace.reading() as session:
            stored = repository.get_system(session, self._stored.id)
            changed = repository.changed_since(session, stored.id, self._revision)
            now = repository.load_answers(session, stored.id) if changed else {}
        moved, self._stored, self._revision = stored.pins != self._stored.pins, stored, stored.revision
        here = {**self._kept, **self.interview.view}
        found = conflicts.sort_incoming(self._workspace.forms, changed, now, saved=self._saved, here=here)
        self._clashes = {key: value for key, value in self._clashes.items() if key not in found.taken}
        self._clashes |= found.clashes
        if moved:
            self._pins = dict(stored.pins)
            self._library = self._workspace.library_of(stored)
            self._derived = self._explained = self._findings = None
        fresh = {key: value for key, value in found.taken.items() if here.get(key) != value}
        self.interview.merge(fresh)
        self._kept = self.interview.set_aside
        self._note_saved({**found.taken, **{key: theirs for key, (theirs, _) in found.clashes.items()}})
        return tuple(fresh)

    def _levels(self, judged: derived.Derived, answers: Mapping[str, Any]) -> Levels:
        found = judged.classification
        return Levels(
            found.level,
            found.at_least,
            found.at_most,
            judged.proposed_level,
            answers.get("previous.level"),
            deadlines(self.library, self.interview.facts(), answers),
        )

    def _notify(self) -> None:
        for callback in tuple(self._observers):
            callback(self)


def deadlines(
    library: RuleLibrary, facts: FactSet, answers: Mapping[str, Any]
) -> tuple[tuple[str, str], ...]:
    """Return the transition's deadlines of a system: ISO date (the safe one) and what falls due."""
    found = transition_deadlines(library, facts, answers)
    return tuple((item.safe.isoformat(), item.name_vi) for item in found)
