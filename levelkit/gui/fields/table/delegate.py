"""How a cell is drawn and edited: wrapped text, wrong cells marked, the message drawn below by the view."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from levelkit.domain.text import fold
from levelkit.gui.fields.measure import laid_out, text_height
from levelkit.gui.fields.table.model import PROBLEM_ROLE, SEVERITY_ROLE, TableModel
from levelkit.gui.fields.text import LineEdit
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QFont

    from levelkit.questionnaire import Column

Index = QModelIndex | QPersistentModelIndex
ROW, BAND, PAD = 36, 30, 8


class CellDelegate(QStyledItemDelegate):
    """Draws with tokens; opens a line, a line with choices, or a small text."""

    moved_on = Signal(int)  # the key that ended the editing

    def __init__(
        self, choices: Callable[[Column], Sequence[str] | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._choices = choices

    @staticmethod
    def column_of(index: Index) -> Column:
        """The column of a cell."""
        return cast("TableModel", index.model()).columns[index.column()]

    @staticmethod
    def font_of(index: Index) -> QFont:
        """Names 600, models and addresses in Mono, the rest 400."""
        column = CellDelegate.column_of(index)
        if column.mono or column.type in {"ip_private", "ip_public", "vlan"}:
            return theme().font(13, mono=True)
        return theme().font(14, 600 if index.column() == 0 else 400)

    @staticmethod
    def band_of(index: Index) -> int:
        """Height of the message row under a row: 0 where nothing is wrong."""
        model = cast("TableModel", index.model())
        return theme().px(BAND) * len(model.row_problems(index.row()))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As many lines as the width asks for, and room for the messages."""
        px = theme().px
        view = option.widget
        width = view.columnWidth(index.column()) if hasattr(view, "columnWidth") else 160
        words = laid_out(str(index.data() or ""), self.font_of(index), width - 2 * px(PAD))
        spare = px(10) if words.lineCount() > 1 else 0
        return QSize(width, max(px(ROW), text_height(words) + spare) + self.band_of(index))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, text, line below; a wrong cell filled and edged."""
        color = theme().color
        cell = QRect(option.rect)
        cell.setHeight(cell.height() - self.band_of(index))
        wrong = index.data(PROBLEM_ROLE) is not None
        tone = "err" if index.data(SEVERITY_ROLE) == "error" else "warn"
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        ground = f"{tone}_soft" if wrong else ("sel" if selected else "surface")
        painter.fillRect(cell, color(ground))
        painter.setPen(color("border"))
        painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        painter.setPen(color("text"))
        side = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        place = cell.adjusted(theme().px(PAD), 0, -theme().px(PAD), -1)
        words = laid_out(str(index.data() or ""), self.font_of(index), place.width(), side)
        painter.setClipRect(cell)
        words.draw(painter, QPointF(place.left(), place.top() + (place.height() - text_height(words)) / 2))
        painter.setClipping(False)
        if wrong:
            self._edge(painter, cell, tone)
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._edge(painter, cell, "focus")
        painter.restore()

    @staticmethod
    def _edge(painter: QPainter, cell: QRect, token: str) -> None:
        pen = QPen(theme().color(token), 2)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(cell.adjusted(1, 1, -1, -1))

    # Editing

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line; with a list to choose from where the column has one."""
        column = self.column_of(index)
        editor: QWidget
        if column.type == "long_text":
            text = QPlainTextEdit(parent)
            text.setTabChangesFocus(True)
            editor = text
        else:
            line = LineEdit(parent)
            line.setAlignment(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)))
            choices = self._choices(column)
            if choices:
                line.setCompleter(_completer(choices, line))
            editor = line
        editor.setProperty("in_cell", True)
        editor.setProperty("no_ring", True)
        editor.setFont(self.font_of(index))
        row, label = index.row() + 1, column.label
        editor.setAccessibleName(f"Dòng {row}, {label}")
        editor.setAccessibleDescription(str(index.data(PROBLEM_ROLE) or column.help or ""))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what stands there."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Store what was typed."""
        text = (
            editor.toPlainText() if isinstance(editor, QPlainTextEdit) else cast("QLineEdit", editor).text()
        )
        model.setData(cast("QModelIndex", index), text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the cell, not over its message."""
        cell = QRect(option.rect)
        cell.setHeight(cell.height() - self.band_of(index) - 1)
        if isinstance(editor, QPlainTextEdit):
            cell.setHeight(max(cell.height(), theme().px(96)))
        editor.setGeometry(cell)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter goes down, Tab right, Esc back; Enter makes a line only with Shift or Alt."""
        if event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            key = cast("QKeyEvent", event)
            enter = key.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            tab = key.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
            breaks = key.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier)
            if (enter and not breaks) or tab:
                _take_completion(editor)
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                self.moved_on.emit(key.key())
                return True
        return super().eventFilter(editor, event)


def _completer(choices: Sequence[str], line: QLineEdit) -> QCompleter:
    completer = QCompleter(list(choices), line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    popup = completer.popup()
    if popup is not None:
        popup.setAccessibleName("Mục có sẵn")
    return completer


def _take_completion(editor: QWidget) -> None:
    """Typed without accents or case, a choice is still that choice."""
    if isinstance(editor, QLineEdit) and editor.completer() is not None:
        model = editor.completer().model()
        for row in range(model.rowCount()):
            choice = str(model.index(row, 0).data())
            if fold(choice) == fold(editor.text()):
                editor.setText(choice)
