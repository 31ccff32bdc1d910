"""The start page: four ways in, what was open before, what went wrong the last time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QBoxLayout,
    QLineEdit,
    QListView,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from levelkit import __version__
from levelkit.domain.text import fold
from levelkit.gui import kit
from levelkit.gui.icons import icon
from levelkit.gui.settings import when_vi
from levelkit.gui.stairs import paint_stairs, short_level
from levelkit.gui.theme import theme
from levelkit.gui.wizard.bars import BannerStack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from levelkit.gui.settings import Recent

ROLE = int(Qt.ItemDataRole.UserRole)
ROW = 55
WIDE_FROM = 1100
_ROWS = (
    ("new", "file-plus", "Lập hồ sơ mới", "Trả lời từng câu, cấp độ hiện ra ngay", "Ctrl+N"),
    ("open", "folder-open", "Mở hồ sơ", "Tệp .levelkit có sẵn", "Ctrl+O"),
    ("list", "table-properties", "Mở danh mục hệ thống", "Mọi hệ thống trong tệp mở gần nhất", "Ctrl+I"),
    ("sample", "book-open", "Mở hồ sơ mẫu", "Bưu chính Sao Mai, ba hệ thống đã điền đủ", "Ctrl+M"),
)
_MARKS = {
    "error": ("octagon-alert", "err"),
    "warning": ("triangle-alert", "warn"),
    "ok": ("circle-check", "ok"),
}


class WayIn(kit.PushButton):
    """A card that is one button: icon, title, line, key."""

    def __init__(self, mark: str, title: str, line: str, key: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{line}. Phím {key}")
        texts = kit.column(kit.label(title, "name"), kit.label(line, "secondary"), spacing=1)
        layout = kit.row(
            kit.picture(mark, "link", 24),
            texts,
            kit.label(key, "key", wrap=False),
            margins=(16, 8, 14, 8),
            spacing=14,
        )
        layout.setStretch(1, 1)
        self.setLayout(layout)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class StartPage(QWidget):
    """Asks for one of the four ways in, or for a recent file."""

    asked = Signal(str)
    recent_asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ways: dict[str, WayIn] = {}
        self._both: QBoxLayout
        self._notes = BannerStack(side=0)
        self._filter = QLineEdit()
        self._model = QStandardItemModel(self)
        self._recents = _RecentList()
        self._empty = kit.label("Chưa mở tệp nào. Hồ sơ mở lần tới sẽ nằm ở đây.", "help")

        self._build()
        self._filter.textChanged.connect(self._apply_filter)
        self._recents.chosen.connect(self._on_chosen)

    def _build(self) -> None:
        self.setObjectName("start_page")
        left = kit.column(
            kit.label("levelkit", "page_title"),
            6,
            kit.label("Xác định cấp độ và lập hồ sơ đề xuất cấp độ an ninh mạng hệ thống thông tin.", "help"),
            10,
            spacing=6,
        )
        for key, mark, title, line, shortcut in _ROWS:
            way = WayIn(mark, title, line, shortcut)
            way.setObjectName(f"way_{key}")
            way.clicked.connect(lambda _checked=False, what=key: self.asked.emit(what))
            self._ways[key] = way
            left.addWidget(way)
            left.addSpacing(theme().px(4))
        left.addStretch(1)
        left.addWidget(kit.label(f"Chạy trên máy này, không cần mạng. Bản {__version__}.", "hint"))

        self._filter.setPlaceholderText("Lọc theo tên, gõ không dấu")
        self._filter.setAccessibleName("Lọc các tệp gần đây")
        self._filter.setProperty("iconed", True)
        self._filter.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self._filter.setFixedWidth(theme().px(250))
        self._recents.setModel(self._model)
        self._recents.setItemDelegate(_RecentDelegate(self._recents))
        head = kit.row(kit.label("Gần đây", "question"), None, self._filter)
        right = kit.column(self._notes, head, self._recents, self._empty, spacing=10)
        right.addStretch(1)

        body = QWidget()
        body.setObjectName("scrolled")
        self._both = kit.row(left, right)
        body.setLayout(self._both)
        self._arrange()
        area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(kit.column(area))

    def show_recents(self, recents: Sequence[Recent]) -> None:
        """List the recent files, newest first."""
        self._model.clear()
        now = datetime.now()
        for recent in recents:
            item = QStandardItem()
            item.setData(recent, ROLE)
            item.setEditable(False)
            item.setText(_says(recent, now))
            self._model.appendRow(item)
        self._apply_filter(self._filter.text())

    def show_note(self, tone: str, text: str, action: str = "", path: str = "") -> None:
        """Show what has to be known before starting: a crash, a file held elsewhere."""
        actions = ((action, lambda: self.recent_asked.emit(path, "")),) if action else ()
        self._notes.show_bar("start", tone, text, actions)

    def drop_note(self) -> None:
        """Take that note away."""
        self._notes.drop("start")

    def show_bar(
        self, key: str, tone: str, text: str, actions: tuple[tuple[str, Callable[[], object]], ...] = ()
    ) -> None:
        """Show a bar over the page."""
        self._notes.show_bar(key, tone, text, actions)

    def drop_bar(self, key: str) -> None:
        """Take a bar away."""
        self._notes.drop(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each width what fits into it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        look = theme()
        wide = self.width() * 100 // look.percent >= WIDE_FROM
        sides, top, gap, left = (84, 44, 48, 38) if wide else (28, 16, 28, 50)
        self._both.setContentsMargins(look.px(sides), look.px(top), look.px(sides), look.px(12))
        self._both.setSpacing(look.px(gap))
        self._both.setStretch(0, left)
        self._both.setStretch(1, 100 - left)

    def focus_first(self) -> None:
        """Put the focus on the first way in."""
        self._ways["new"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _apply_filter(self, text: str) -> None:
        wanted = fold(text).split()
        shown = 0
        for place in range(self._model.rowCount()):
            recent: Recent = self._model.item(place).data(ROLE)
            hay = fold(f"{recent.code} {recent.name} {recent.shown}")
            hidden = not all(word in hay for word in wanted)
            self._recents.setRowHidden(place, hidden)
            shown += not hidden
        self._recents.show_rows(shown)
        has_any = self._model.rowCount() > 0
        self._recents.setVisible(shown > 0)
        self._filter.setVisible(has_any)
        nothing = "Chưa mở tệp nào. Hồ sơ mở lần tới sẽ nằm ở đây."
        self._empty.setText(f"Không có tệp nào khớp «{text.strip()}»." if has_any else nothing)
        self._empty.setVisible(shown == 0)

    def _on_chosen(self, index: QModelIndex) -> None:
        recent: Recent = index.data(ROLE)
        self.recent_asked.emit(recent.path, recent.code)


class _RecentList(QListView):
    """As high as its rows; Enter and a click open."""

    chosen = Signal(QModelIndex)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("recent_list")
        self.setProperty("surface", "card")
        self.setAccessibleName("Các tệp mở gần đây")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self.chosen)

    def show_rows(self, rows: int) -> None:
        """Fit the height to the rows shown, up to seven."""
        self.setFixedHeight(theme().px(ROW) * min(rows, 7) + theme().px(10))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class _RecentDelegate(QStyledItemDelegate):
    """One recent file in two lines: stairs and level, name over path, day over state."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines and their air."""
        return QSize(theme().px(300), theme().px(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        look, recent = theme(), index.data(ROLE)
        rect = option.rect
        painter.save()
        state = option.state
        chosen = bool(state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver))
        if chosen:
            painter.fillRect(rect.adjusted(2, 1, -2, -1), look.color("hover"))
        painter.setPen(look.color("border"))
        if index.row() > 0:
            painter.drawLine(rect.topLeft(), rect.topRight())
        self._draw_level(painter, recent, rect.left() + look.px(16), rect.center().y())
        right = look.px(190)
        texts = rect.adjusted(look.px(122), look.px(8), -right, -look.px(8))
        top_left, bottom_left = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        title = recent.title
        _line(painter, texts, title, font=(14, 600), tint="text", align=top_left)
        _line(painter, texts, recent.shown, font=(13, 400), tint="text3", align=bottom_left)
        ends = rect.adjusted(rect.width() - right + look.px(8), look.px(8), -look.px(16), -look.px(8))
        now = datetime.now()
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        _line(painter, ends, when_vi(recent.opened, now), font=(13, 400), tint="text2", align=top)
        if recent.state:
            bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
            width = _line(painter, ends, recent.state, font=(13, 400), tint="text2", align=bottom)
            name, tint = _MARKS.get(recent.gravity, ("circle-dashed", "text3"))
            side = look.px(16)
            place = QRectF(ends.right() - width - side - look.px(6), ends.bottom() - side, side, side)
            icon(name, tint).paint(painter, place.toRect())
        if state & QStyle.StateFlag.State_HasFocus:
            option.rect = rect.adjusted(2, 1, -2, -1)
            option.widget.style().drawPrimitive(
                QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, option.widget
            )
        painter.restore()

    @staticmethod
    def _draw_level(painter: QPainter, recent: Recent, left: int, middle: int) -> None:
        look = theme()
        width, height = look.px(24), look.px(16)
        known = recent.level is not None or (recent.at_least, recent.at_most) != (1, 5)
        reached = recent.level or (recent.at_least if known else 0)
        possible = reached if recent.level else (recent.at_most if known else 0)
        paint_stairs(painter, QRectF(left, middle - height / 2, width, height), reached, possible)
        painter.setFont(look.font(14, 600))
        painter.setPen(look.color("text"))
        word = short_level(recent.at_least, recent.at_most, recent.level)
        place = QRectF(left + width + look.px(8), middle - look.px(12), look.px(78), look.px(24))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), word)


def _line(
    painter: QPainter, rect: QRect, text: str, *, font: tuple[int, int], tint: str, align: Qt.AlignmentFlag
) -> int:
    """Draw one line, shortened in its middle where it must be; return its width."""
    painter.setFont(theme().font(*font))
    painter.setPen(theme().color(tint))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, rect.width())
    painter.drawText(rect, int(align), shown)
    return metrics.horizontalAdvance(shown)


def _says(recent: Recent, now: datetime) -> str:
    level = short_level(recent.at_least, recent.at_most, recent.level)
    parts = (
        level,
        recent.title,
        recent.shown,
        when_vi(recent.opened, now),
        recent.state,
    )
    return ", ".join(part for part in parts if part)
