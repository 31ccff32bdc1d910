"""Dialogs over many rows: take answers from another system, a change of level, marks of checking."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QVBoxLayout, QWidget

from levelkit.domain.plan import KEY
from levelkit.domain.requirement import KEEP_VI
from levelkit.gui import kit
from levelkit.gui.fields.rows import CheckRow, RadioRow
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from levelkit.domain.requirement import BaselineRequirement
    from levelkit.law import CarryOver
    from levelkit.services import SystemSession


class TakeOverDialog(QDialog):
    """Choose a system, see how many rows it would fill, take them; they stay marked until confirmed."""

    def __init__(
        self,
        session: SystemSession,
        chosen: Sequence[str],
        take: Callable[[str, Sequence[str] | None, bool], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._chosen = tuple(chosen)
        self._take_them = take
        self._sources = session.plan.sources()
        self._group = QButtonGroup(self)
        self._only = CheckRow(f"Chỉ {len(chosen)} yêu cầu đang chọn")
        self._overwrite = CheckRow("Ghi đè cả câu trả lời đã có")
        self._preview = kit.label("", "name", name="take_preview")
        self._take = kit.button("Lấy câu trả lời", self._on_take, kind="primary", name="take_rows")

        self.setWindowTitle("Lấy câu trả lời từ hệ thống khác")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        systems = kit.column(margins=(6, 6, 6, 6))  # room for the focus ring
        for number, (code, name, level, answered) in enumerate(self._sources):
            words = f"cấp {level}" if level else "chưa chốt cấp độ"
            radio = RadioRow(f"{code} {name}", f"{words}, đã trả lời {answered} yêu cầu")
            radio.setObjectName(f"take_from_{code}")
            self._group.addButton(radio, number)
            systems.addWidget(radio)
        systems.addStretch(1)
        self._only.setVisible(len(chosen) > 1)
        area = kit.ColumnArea(systems)
        layout = kit.column(
            kit.label("Lấy câu trả lời từ hệ thống khác", "page_title"),
            kit.label(
                "Câu trả lời lấy về mang dấu «lấy từ» cho đến khi được xác nhận cho hệ thống này.", "help"
            ),
            area,
            self._only,
            self._overwrite,
            self._preview,
            kit.row(None, kit.button("Thôi", self.reject), self._take, spacing=8),
            margins=(24, 20, 24, 16),
            spacing=10,
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.resize(theme().px(620), theme().px(480))
        for signal in (self._group.idClicked, self._only.toggled, self._overwrite.toggled):
            signal.connect(lambda *_: self._show_preview())
        if self._sources:
            self._group.button(0).setChecked(True)
        self._show_preview()

    @property
    def _ids(self) -> tuple[str, ...] | None:
        return self._chosen if self._only.isChecked() and len(self._chosen) > 1 else None

    def preview(self) -> tuple[int, int, int]:
        """Rows that would be filled, those answered here already, those that the other has no answer to."""
        plan = self._session.plan
        theirs = self._session.plan_answers(self._sources[self._group.checkedId()][0])
        taken = kept = without = 0
        for row_id in self._ids or [row.id for row in plan.rows]:
            if KEY + row_id not in theirs:
                without += 1
            elif plan.answer(row_id).empty or self._overwrite.isChecked():
                taken += 1
            else:
                kept += 1
        return taken, kept, without

    def _show_preview(self) -> None:
        if self._group.checkedId() < 0:
            self._preview.setText("Chọn một hệ thống.")
            self._take.setEnabled(False)
            return
        taken, kept, without = self.preview()
        parts = [f"Sẽ lấy {taken} yêu cầu"]
        if kept:
            parts.append(f"giữ nguyên {kept} yêu cầu đã trả lời ở đây")
        if without:
            parts.append(f"{without} yêu cầu hệ thống kia chưa trả lời")
        self._preview.setText("; ".join(parts) + ".")
        self._take.setEnabled(taken > 0)

    def _on_take(self) -> None:
        code, ids, overwrite = (
            self._sources[self._group.checkedId()][0],
            self._ids,
            self._overwrite.isChecked(),
        )
        self.accept()
        self._take_them(code, ids, overwrite)


class LevelChangeDialog(QDialog):
    """New, stricter, eased and gone requirements; each row that is asked now is a jump."""

    jump_asked = Signal(str)

    def __init__(
        self,
        found: CarryOver,
        *,
        waiting: int,
        settle: Callable[[], object] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        title = f"Cấp {found.new_level} so với cấp {found.old_level}"
        column = kit.column(margins=(6, 6, 6, 6), spacing=4)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, help_vi, rows in (
            ("Mới", "cấp trước không yêu cầu", found.new),
            ("Chặt hơn", "xác nhận lại câu trả lời", tuple(pair.new for pair in found.stricter)),
            ("Nhẹ hơn", "câu trả lời cũ vẫn dùng được", tuple(pair.new for pair in found.eased)),
        ):
            self._section(column, words, help_vi, rows)
        if found.gone:
            self._head(column, f"Không còn yêu cầu: {len(found.gone)}", KEEP_VI.lower())
            for row in found.gone:
                goes_on = found.continued.get(row.id, ())
                tail = f", nội dung tiếp ở {', '.join(goes_on)}" if goes_on else ""
                column.addWidget(kit.label(f"{row.name_vi}{tail}"))
        self._head(column, f"Giữ nguyên: {len(found.same)}", "câu trả lời đi theo, không phải làm lại")
        column.addStretch(1)
        area = kit.ColumnArea(column, title)
        foot = kit.row(spacing=8)
        foot.addStretch(1)
        if settle is not None:
            foot.addWidget(
                kit.button("Giữ câu trả lời không đổi", lambda: self._on_settle(settle), name="settle")
            )
        foot.addWidget(kit.button("Đóng", self.accept, kind="primary"))
        note = f"{waiting} câu trả lời chờ xác nhận lại vì yêu cầu chặt hơn." if waiting else ""
        layout = kit.column(
            kit.label(title, "page_title"),
            kit.label(note or "Câu trả lời đi theo từng yêu cầu, không theo số điều khoản.", "help"),
            area,
            foot,
            margins=(24, 20, 24, 16),
            spacing=12,
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.resize(theme().px(640), theme().px(560))

    def _section(
        self, column: QVBoxLayout, words: str, help_vi: str, rows: tuple[BaselineRequirement, ...]
    ) -> None:
        if not rows:
            return
        self._head(column, f"{words}: {len(rows)}", help_vi)
        for row in rows:
            column.addWidget(kit.jump(row.name_vi, partial(self._jump, row.id), says=f"Tới {row.name_vi}"))
            column.addWidget(kit.label(row.summary_vi, "secondary"))

    @staticmethod
    def _head(column: QVBoxLayout, words: str, help_vi: str) -> None:
        if column.count():
            column.addSpacing(theme().px(10))
        head = kit.rich(f'<span style="font-weight:600">{escape(words)}</span> · {escape(help_vi)}', "help")
        column.addWidget(head)

    def _jump(self, row_id: str) -> None:
        self.accept()
        self.jump_asked.emit(row_id)

    def _on_settle(self, settle: Callable[[], object]) -> None:
        self.accept()
        settle()


class CheckedDialog(QDialog):
    """Say that rows were compared with the official text: who, when, which edition is recorded."""

    def __init__(
        self, names: Sequence[str], edition_vi: str, mark: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._mark = mark
        listed = "\n".join(names[:8])
        more = f"\nvà {len(names) - 8} yêu cầu khác" if len(names) > 8 else ""
        self.setWindowTitle("Đánh dấu đã đối chiếu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._box = CheckRow(f"Đã đọc bản chính thức {edition_vi} và thấy khớp")
        self._use = kit.button("Đánh dấu đã đối chiếu", self._on_use, kind="primary", name="mark_checked")
        self._use.setEnabled(False)
        self._box.toggled.connect(self._use.setEnabled)
        self.setLayout(
            kit.column(
                kit.label("Đánh dấu đã đối chiếu", "page_title"),
                kit.label(listed + more),
                kit.label(
                    "Tên người dùng máy này, ngày hôm nay và tên văn bản được ghi lại, "
                    "có hiệu lực cho mọi hệ thống cùng cấp trong tệp.",
                    "help",
                ),
                self._box,
                kit.row(None, kit.button("Thôi", self.reject), self._use, spacing=8),
                margins=(24, 20, 24, 16),
                spacing=12,
            )
        )
        self.resize(theme().px(560), self.sizeHint().height())

    def _on_use(self) -> None:
        self.accept()
        self._mark()
