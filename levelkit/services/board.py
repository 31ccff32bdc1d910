"""Services: the whole inventory on one board: levels, deadlines, what is missing, what to determine again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from levelkit.services import board_dues, board_reviews
from levelkit.services.board_dues import Due, find_dues, merged
from levelkit.services.board_reviews import Review, Reviews
from levelkit.services.workspace import Workspace
from levelkit.store import overview, repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from levelkit.domain.proposal import Stage
    from levelkit.store import StoredSystem

Progress = Literal["approved", "working", "none"]
"""Approved; a dossier at work or handed in; nothing of a dossier yet."""

_OWNER = "owner.name"
_DOSSIER_SECTIONS = ("rui-ro", "phuong-an", "van-ban")
_ROWS = "req."
_HANDED_IN = {"submitted", "appraised"}


@dataclass(frozen=True)
class BoardLine:
    """One system of the board.

    Attributes:
        level: proposed, else computed, else the approved one while it may stand; None while open.
        at_least, at_most: bounds of the computed level.
        status: of the dossier, as stored; ``progress`` as the chart tells it.
        due: what is late or next for this very system, None where nothing is.
        todo_vi: what is left to do, in a few words.
    """

    code: str
    name: str
    level: int | None
    at_least: int
    at_most: int
    approved: int | None
    status: str
    progress: Progress
    ruleset: str
    revision: int
    due: Due | None
    reviews: tuple[Review, ...]
    todo_vi: str

    @property
    def open(self) -> bool:
        """Whether the level is not settled."""
        return self.level is None


@dataclass(frozen=True)
class Bar:
    """How many systems of one level are how far; ``level`` is None for those not settled."""

    level: int | None
    approved: int
    working: int
    none: int

    @property
    def total(self) -> int:
        """All systems of the level."""
        return self.approved + self.working + self.none


@dataclass(frozen=True)
class Board:
    """The inventory on one day; systems no longer run stand among the lines alone."""

    today: date
    owners: tuple[str, ...]
    lines: tuple[BoardLine, ...]
    bars: tuple[Bar, ...]
    dues: tuple[Due, ...]
    reviews: tuple[Review, ...]

    @property
    def in_use(self) -> int:
        """How many systems are run."""
        return sum(bar.total for bar in self.bars)


@dataclass(frozen=True)
class Gaps:
    """What the appraisal of one system found at a revision."""

    revision: int
    errors: int
    warnings: int


def board(workspace: Workspace, today: date) -> Board:
    """Read the inventory; nothing is classified but the few counts that cross a threshold."""
    questions = board_reviews.watched_questions() | board_dues.watched_questions() | {_OWNER}
    forms = workspace.forms
    dossier = {question.id for key in _DOSSIER_SECTIONS for question in forms.section(key).questions}
    dossier -= {question.id for question in forms.questions if question.facts}
    with workspace.reading() as session:
        systems = repository.list_systems(session)
        answers = overview.answers_to(session, questions)
        statuses = overview.status_changes(session)
        begun = overview.begun(session, dossier, _ROWS)
    run = [one for one in systems if one.status != "retired"]
    dues = find_dues(workspace, today, run, answers, statuses)
    reviews = Reviews(workspace, today, answers, statuses).find(run)
    by_code: dict[str, list[Review]] = {}
    for review in reviews:
        by_code.setdefault(review.code, []).append(review)
    due_by_code: dict[str, list[Due]] = {}
    for due in dues:
        for code in due.codes:
            due_by_code.setdefault(code, []).append(due)
    lines = [
        _line(one, due_by_code.get(one.code, ()), by_code.get(one.code, ()), begun=one.id in begun)
        for one in systems
    ]
    owners = Counter(name for one in run if (name := answers.get(one.id, {}).get(_OWNER)))
    return Board(
        today=today,
        owners=tuple(name for name, _count in owners.most_common()),
        lines=tuple(lines),
        bars=tuple(_bars(lines)),
        dues=tuple(merged(dues)),
        reviews=tuple(reviews),
    )


def count_gaps(
    workspace: Workspace,
    codes: Sequence[str],
    told: Callable[[int, int, str, Gaps], None],
) -> None:
    """Appraise systems one by one: a second each for large ones, so never on the thread of a window.

    The workspace is opened a second time, read only. ``told`` is called with done, all, code and what was
    found; it may raise ``Cancelled``.
    """
    with Workspace.open(workspace.path, readonly=True, backup=False) as opened:
        for done, code in enumerate(codes, 1):
            session = opened.session(code)
            stage: Stage = "approval" if session.status == "appraised" else "appraisal"
            found = Counter(finding.severity for finding in session.findings(stage))
            told(done, len(codes), code, Gaps(session.revision, found["error"], found["warning"]))


def _line(one: StoredSystem, dues: Sequence[Due], reviews: Sequence[Review], *, begun: bool) -> BoardLine:
    progress: Progress = "none"
    if one.status == "approved":
        progress = "approved"
    elif one.status in _HANDED_IN or begun:
        progress = "working"
    return BoardLine(
        code=one.code,
        name=one.name,
        level=_level(one),
        at_least=one.levels.at_least,
        at_most=one.levels.at_most,
        approved=one.levels.approved,
        status=one.status,
        progress=progress,
        ruleset=one.ruleset.id,
        revision=one.revision,
        due=dues[0] if dues else None,
        reviews=tuple(reviews),
        todo_vi=_todo(one, dues, reviews),
    )


def _level(one: StoredSystem) -> int | None:
    """Return the level: proposed, else computed, else the approved one, which is kept. 116:45.1."""
    levels = one.levels
    found = levels.proposed or levels.computed
    if found is None and levels.approved is not None and levels.approved >= levels.at_least:
        return levels.approved
    return found


def _todo(one: StoredSystem, dues: Sequence[Due], reviews: Sequence[Review]) -> str:
    if one.status == "retired":
        return ""
    parts = [
        f"{due.what_vi}: đã dùng {due.used}/{due.limit} {'ngày làm việc' if due.working else 'ngày'}"
        for due in dues
        if due.kind == "clock"
    ]
    if not parts:
        parts += [due.what_vi for due in dues[:1] if due.urgent]
    if (one.levels.proposed or one.levels.computed) is None:
        parts.append("Còn câu chốt cấp độ")
    if reviews:
        parts.append("Phải xác định lại")
    return " · ".join(parts)


def _bars(lines: Iterable[BoardLine]) -> list[Bar]:
    """Return a bar per level that occurs, the highest first, then what is not settled."""
    counted: dict[int | None, Counter[str]] = {}
    for line in lines:
        if line.status != "retired":
            counted.setdefault(line.level, Counter())[line.progress] += 1
    order = sorted(counted, key=lambda level: -(level or 0))
    return [
        Bar(key, counted[key]["approved"], counted[key]["working"], counted[key]["none"]) for key in order
    ]
