"""What is killed: for each kind its material, its work, and what can be seen of it afterwards."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from abc import ABC, abstractmethod
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from levelkit.domain.plan import SharedMeasure
from levelkit.resources import package_dir
from levelkit.services import backups, importing, render
from levelkit.services.exporting import export_inventory
from levelkit.services.report import prepare_report, write_report
from levelkit.services.sample_workspace import write_sample
from levelkit.services.workspace import Workspace, default_forms
from levelkit.store import FORMAT, repository
from levelkit.store import shared as stored

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = package_dir("samples") / "kiem-ke-sao-mai.xlsx"
OLD = Path(__file__).parents[1] / "data" / "old-versions"
FILE = "Hồ sơ Sao Mai.levelkit"
CODE = "CU-01"
SYSTEMS = 300
SAVES = 2


def whole(path: Path) -> dict[str, Any] | None:
    """Return all that a workspace holds, times apart; None where there is none.

    It is opened to read, then to write as people do it: whatever the last process left must not hinder that.
    """
    if not path.exists():
        return None
    with Workspace.open(path, readonly=True) as workspace:
        looked = [(one.code, one.name, one.revision) for one in workspace.systems()]
    content = _content(path)
    assert looked == [(code, *content[code][:1], content[code][2]) for code, _name, _revision in looked]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return content


def _content(path: Path) -> dict[str, Any]:
    with Workspace.open(path) as workspace:
        assert not workspace.readonly, workspace.why_readonly
        found: dict[str, Any] = {"removed": [name for _id, _code, name in workspace.removed()]}
        with workspace.reading() as session:
            for one in repository.list_systems(session):
                answers = repository.load_answers(session, one.id)
                found[one.code] = [one.name, one.status, one.revision, one.levels.computed, answers]
        found["measures"] = [measure.model_dump(mode="json") for measure in workspace.shared.measures]
        with workspace.reading() as session:
            found["rows"] = stored.read_records(session, importing.SHEET_ROW)
            found["runs"] = list(stored.read_records(session, importing.IMPORT_RUN).values())
        for value in [value for one in found.values() if isinstance(one, list) for value in _files(one)]:
            assert hashlib.sha256(workspace.file_bytes(value)).hexdigest() == value
    content: dict[str, Any] = json.loads(json.dumps(found))
    return content


def _files(system: list[Any]) -> list[str]:
    answers = system[-1] if system and isinstance(system[-1], dict) else {}
    return [value["sha256"] for value in answers.values() if isinstance(value, dict) and "sha256" in value]


def _begun(place: Path) -> Path:
    """Make a workspace with something confirmed in it."""
    path = place / FILE
    with Workspace.create(path) as workspace:
        workspace.add_system("Cổng khách hàng", CODE)
        workspace.session(CODE).set_many({"proposed_level": 3, "devices": [{"name": "Tường lửa"}]})
    return path


class Kind(ABC):
    """A kind of work; ``again`` does it once more over whatever the death left."""

    title = ""

    def prepare(self, place: Path) -> None:
        """Lay out what is there before."""
        _begun(place)

    @abstractmethod
    def work(self, place: Path, say: Callable[[], None]) -> None:
        """Do it; say after everything that is confirmed."""

    def state(self, place: Path) -> Any:
        """Return what people find there afterwards."""
        return whole(place / FILE)

    def again(self, place: Path) -> None:
        """Do the next thing that people do there: open it and save something."""
        with Workspace.open(place / FILE) as workspace:
            workspace.set_status(workspace.systems()[0].code, "submitted")


class ImportSheet(Kind):
    """An inventory taken in: all of it or nothing."""

    def __init__(self, title: str, *, systems: int = 0, fresh: bool = False) -> None:
        self.title = title
        self._systems = systems
        self._fresh = fresh

    def prepare(self, place: Path) -> None:
        if not self._fresh:
            _begun(place)
        if self._systems:
            _sheet(place / "kiem-ke.xlsx", self._systems)
        else:
            shutil.copy(SAMPLE, place / "kiem-ke.xlsx")

    def work(self, place: Path, say: Callable[[], None]) -> None:
        with importing.opened(place / FILE) as workspace:
            if self._fresh:
                say()
            plan = importing.plan_import(workspace, place / "kiem-ke.xlsx", forms=default_forms())
            importing.apply_import(workspace, plan)
            say()

    def again(self, place: Path) -> None:
        if self._systems:
            super().again(place)
        else:
            self.work(place, lambda: None)
            assert len(whole(place / FILE) or ()) >= 12


def _sheet(path: Path, systems: int) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Hệ thống")
        sheet.write_row(0, 0, ["Mã", "Tên hệ thống", "Đơn vị vận hành", "Số chủ thể dữ liệu cơ bản"])
        devices = book.add_worksheet("Thiết bị")
        devices.write_row(0, 0, ["Mã hệ thống", "Tên thiết bị"])
        for number in range(1, systems + 1):
            sheet.write_row(number, 0, [f"HT-{number}", f"Hệ thống {number}", "Ban Tài chính", number * 900])
            devices.write_row(2 * number - 1, 0, [f"HT-{number}", f"Máy chủ {number}"])
            devices.write_row(2 * number, 0, [f"HT-{number}", f"Tường lửa {number}"])


class Saves(Kind):
    """Answers, tables, files, rows of the plan, measures, statuses, one confirmed after the other."""

    title = "ghi câu trả lời, bảng, tệp, phương án"

    def work(self, place: Path, say: Callable[[], None]) -> None:
        proof = place.parent / "thiết kế.pdf"
        with Workspace.open(place / FILE) as workspace:
            session = workspace.session(CODE)
            rows = [row.id for row in session.plan.rows]
            for number in range(1, SAVES + 1):
                session.set("system.name", f"Cổng khách hàng {number}")
                say()
                devices = [{"name": f"máy {row}", "purpose": f"{number} " * 60} for row in range(40)]
                session.set_many({"devices": devices, "basic_data_subjects": number})
                say()
                session.plan.update(rows[:90], status="met", how=f"Lần {number}. " * 20)
                say()
                session.undo()
                say()
                session.plan.update(rows[number : number + 40], status="not_met", todo=f"Việc {number}")
                say()
                proof.write_bytes(b"%PDF-1.7 " + bytes([number]) * 300_000)
                workspace.keep_file(proof.read_bytes(), proof.name, "application/pdf")
                session.attach("design.file", proof)
                say()
                workspace.shared.save_measure(
                    SharedMeasure(id="", title=f"Sao lưu {number}", text="Hằng ngày")
                )
                say()
                added = workspace.add_system(f"Thêm {number}")
                say()
                workspace.set_status(added, "submitted")
                say()
                workspace.remove_system(added)
                say()


class Migrate(Kind):
    """A file of an older format, opened so that it becomes one of this."""

    def __init__(self, number: int) -> None:
        self._number = number
        self.title = f"nâng cấp tệp định dạng {number}"

    def prepare(self, place: Path) -> None:
        shutil.copy(OLD / f"{self._number:04d}.levelkit", place / FILE)
        lines = [("2026-01-05 01:02:03.000000", "lan", 1, 1, "answer", "x", f'"{n}"') for n in range(4_000)]
        with closing(sqlite3.connect(place / FILE)) as connection, connection:
            names = "(at, who, system_id, revision, what, subject, value)"
            connection.executemany(f"INSERT INTO event {names} VALUES (?, ?, ?, ?, ?, ?, ?)", lines)

    def work(self, place: Path, say: Callable[[], None]) -> None:
        Workspace.open(place / FILE).close()
        say()

    def state(self, place: Path) -> Any:
        with Workspace.open(place / FILE, readonly=True) as workspace:
            assert [one.code for one in workspace.systems()] == ["HT-03"]
        with Workspace.open(place / FILE) as workspace:
            assert not workspace.readonly, workspace.why_readonly
        with closing(sqlite3.connect(place / FILE)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)
            tables = ("system", "answer", "table_row", "attachment", "ruleset_package", "event", "meta")
            return {
                name: hashlib.sha256(
                    repr(connection.execute(f"SELECT * FROM {name}").fetchall()).encode()
                ).hexdigest()
                for name in tables
            }


class Create(Kind):
    """A workspace that was not there."""

    title = "tạo tệp mẫu"

    def prepare(self, place: Path) -> None:
        """Nothing is there."""

    def work(self, place: Path, say: Callable[[], None]) -> None:
        write_sample(place / FILE)
        say()

    def again(self, place: Path) -> None:
        if not (place / FILE).exists():
            Workspace.create(place / FILE).close()
        with Workspace.open(place / FILE) as workspace:
            workspace.add_system("Sau đó")


class Restore(Kind):
    """An earlier state put back: the one that stands there is kept first."""

    title = "khôi phục bản sao lưu"

    def prepare(self, place: Path) -> None:
        path = _begun(place)
        with Workspace.open(path) as workspace:
            workspace.session(CODE).set("system.name", "Tên mới")

    def work(self, place: Path, say: Callable[[], None]) -> None:
        path = place / FILE
        backups.restore(path, backups.listed(path)[0])
        say()

    def state(self, place: Path) -> Any:
        found = whole(place / FILE)
        assert found is not None
        names = {found[CODE][0]}
        for one in backups.listed(place / FILE):
            with Workspace.open(one.path, readonly=True) as workspace:
                names |= {summary.name for summary in workspace.systems()}
        assert {"Cổng khách hàng", "Tên mới"} <= names
        return found


class Outputs(Kind):
    """Files written over older ones: the older or the new, never a part."""

    title = "xuất danh mục, báo cáo đè lên tệp cũ"
    names = ("danh-muc.xlsx", "mau-08.xlsx", "mau-08.docx", "mau-08.pdf")

    def prepare(self, place: Path) -> None:
        path = _begun(place)
        with Workspace.open(path) as workspace:
            importing.apply_import(workspace, importing.plan_import(workspace, SAMPLE, forms=default_forms()))
        for name in self.names:
            (place / name).write_bytes(f"bản cũ của {name}".encode())

    def work(self, place: Path, say: Callable[[], None]) -> None:
        with Workspace.open(place / FILE, readonly=True) as workspace:
            export_inventory(workspace, place / self.names[0])
            say()
            report = prepare_report(workspace, 2026)
            for name in self.names[1:]:
                write_report(report, place / name)
                say()

    def state(self, place: Path) -> Any:
        return {name: hashlib.sha256((place / name).read_bytes()).hexdigest() for name in self.names}


class Render(Kind):
    """A dossier made anew over an older one that holds a file of somebody's own."""

    title = "dựng hồ sơ PDF và Word đè lên bản cũ"
    code = "HT-12"

    def prepare(self, place: Path) -> None:
        path = _begun(place)
        with Workspace.open(path) as workspace:
            importing.apply_import(workspace, importing.plan_import(workspace, SAMPLE, forms=default_forms()))
        folder = place / "ra" / self.code
        folder.mkdir(parents=True)
        old = b"an older one"
        (folder / "thuyet-minh.pdf").write_bytes(old)
        (folder / "ghi chú.txt").write_text("của tôi", encoding="utf-8")
        entry = {"document": "thuyet-minh", "path": f"{self.code}/thuyet-minh.pdf", "pages": 1, "draft": True}
        entry["sha256"] = hashlib.sha256(old).hexdigest()
        (folder / render.MANIFEST).write_text(json.dumps({"documents": [entry]}), encoding="utf-8")

    def work(self, place: Path, say: Callable[[], None]) -> None:
        with Workspace.open(place / FILE, readonly=True) as workspace:
            job = render.prepare_job(workspace, [self.code], place / "ra", ("pdf", "docx"), draft=True)
        render.run_job(job)
        job.discard()
        say()

    def state(self, place: Path) -> Any:
        folder = place / "ra" / self.code
        assert (folder / "ghi chú.txt").read_text(encoding="utf-8") == "của tôi"
        entries = render.read_manifest(place / "ra", self.code)
        for entry in entries:
            data = (place / "ra" / entry["path"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == entry["sha256"]
        return sorted(item.name for item in folder.iterdir())


KINDS: dict[str, Kind] = {
    "import-sample": ImportSheet("nhập bảng kiểm kê mẫu"),
    "import-new": ImportSheet("nhập vào tệp chưa có", fresh=True),
    "import-300": ImportSheet(f"nhập {SYSTEMS} hệ thống", systems=SYSTEMS),
    "saves": Saves(),
    "migrate-1": Migrate(1),
    "migrate-2": Migrate(2),
    "create": Create(),
    "restore": Restore(),
    "outputs": Outputs(),
    "render": Render(),
}
