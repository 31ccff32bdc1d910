"""The command line's contract: keys, their order, exit codes, and what is left on the disk."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from levelkit.cli import main
from levelkit.services import paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended

    Call = Callable[..., Ended]

SYSTEM_KEYS = [
    "code",
    "name",
    "computed_level",
    "at_least",
    "at_most",
    "proposed_level",
    "approved_level",
    "status",
    "next_deadline",
    "next_deadline_for",
]
COMPLETE = ("HT-03", "HT-06", "HT-11")


def everything(folder: Path) -> dict[str, bytes]:
    return {str(item.relative_to(folder)): item.read_bytes() for item in folder.rglob("*") if item.is_file()}


class TestSystems:
    def test_json(self, levelkit: Call, sample: Path) -> None:
        ended = levelkit("systems", "--workspace", sample, "--json")
        assert ended.code == 0
        found = json.loads(ended.out)
        assert list(found) == ["systems"]
        assert len(found["systems"]) == 12
        assert all(list(line) == SYSTEM_KEYS for line in found["systems"])
        assert {line["status"] for line in found["systems"]} <= {
            "draft",
            "submitted",
            "appraised",
            "approved",
            "retired",
        }
        levels = {line["code"]: line["computed_level"] for line in found["systems"]}
        assert [levels[code] for code in COMPLETE] == [3, 2, 1]

    def test_plain(self, levelkit: Call, sample: Path) -> None:
        ended = levelkit("systems", "-w", sample)
        assert ended.code == 0
        assert len(ended.out.splitlines()) == 13
        assert "HT-11" in ended.out

    def test_reading_leaves_the_folder_as_it_was(self, levelkit: Call, sample: Path) -> None:
        before = everything(sample.parent)
        levelkit("systems", "-w", sample)
        levelkit("check", "HT-03", "-w", sample)
        assert everything(sample.parent) == before


class TestCheck:
    @pytest.mark.parametrize("code", COMPLETE)
    def test_complete_systems_pass(self, levelkit: Call, sample: Path, code: str) -> None:
        ended = levelkit("check", code, "--workspace", sample, "--json")
        findings = json.loads(ended.out)["findings"]
        assert ended.code == 0
        assert all(list(item) == ["severity", "where", "rule", "message"] for item in findings)
        assert "error" not in {item["severity"] for item in findings}
        assert all(item["where"].count("/") == 1 and ":" in item["rule"] for item in findings)

    def test_gaps_give_one(self, levelkit: Call, sample: Path) -> None:
        ended = levelkit("check", "HT-01", "--workspace", sample, "--json")
        assert ended.code == 1
        assert "error" in {item["severity"] for item in json.loads(ended.out)["findings"]}

    def test_plain_text_names_the_article(self, levelkit: Call, sample: Path) -> None:
        ended = levelkit("check", "HT-01", "--workspace", sample)
        assert ended.code == 1
        assert "Lỗi: " in ended.out
        assert "Nghị định số 331/2026/NĐ-CP" in ended.out

    def test_stage(self, levelkit: Call, sample: Path) -> None:
        default = levelkit("check", "HT-11", "-w", sample, "--json")
        appraisal = levelkit("check", "HT-11", "-w", sample, "--json", "--stage", "appraisal")
        approval = levelkit("check", "HT-11", "-w", sample, "--json", "--stage", "approval")
        assert default.out == appraisal.out
        assert approval.code in {0, 1}
        assert (approval.code == 1) == (
            "error" in {item["severity"] for item in json.loads(approval.out)["findings"]}
        )


class TestBadInput:
    @pytest.mark.parametrize(
        "words",
        [
            ("systems", "--workspace", "{missing}"),
            ("check", "HT-03", "--workspace", "{missing}"),
            ("render", "HT-03", "--workspace", "{missing}", "--out", "{out}"),
            ("check", "HT-99", "--workspace", "{sample}"),
            ("check", "--workspace", "{sample}"),
            ("check", "HT-03", "--workspace", "{sample}", "--stage", "later"),
            ("systems", "--workspace", "postgresql://server/base"),
            ("sample", "--workspace", "postgresql://server/base"),
            ("systems", "--workspace", ""),
            ("sample", "--workspace", " "),
            ("systems", "--workspace", "{long}"),
            ("sample", "--workspace", "{long}"),
            ("{long}",),
            ("systems", "--workspace", "{foreign}/a.levelkit"),
            ("systems", "--workspace", "{foreign}"),
            ("systems", "--workspace", "{newer}"),
            ("systems", "--workspace", "{folder}"),
            ("render", "HT-11", "--workspace", "{sample}"),
            ("render", "--workspace", "{sample}", "--out", "{out}"),
            ("render", "HT-11", "--all", "--workspace", "{sample}", "--out", "{out}"),
            ("render", "HT-11", "--workspace", "{sample}", "--out", "{out}", "--format", "odt"),
            ("render", "HT-11", "--workspace", "{sample}", "--out", "{out}", "--format", "pdf,"),
            ("render", "HT-11", "--workspace", "{sample}", "--out", "{foreign}"),
            ("render", "--all", "--workspace", "{sample}", "--out", "{out}", "--jobs", "0"),
            ("render", "HT-99", "--workspace", "{sample}", "--out", "{out}"),
            ("render", "..", "--workspace", "{sample}", "--out", "{out}"),
            ("render", "HT/01", "--workspace", "{sample}", "--out", "{out}"),
            ("render", "HT-11", "--workspace", "{sample}", "--out", "{long}"),
            ("render", "HT-11", "--workspace", "{sample}", "--out", "{foreign}/ra"),
            ("sample", "--workspace", "{foreign}"),
            ("sample", "--workspace", "{missing}/a.levelkit"),
            ("render-worker", "{missing}"),
            ("import", "x.xlsx"),
            ("--nonsense",),
            ("systems", "--nonsense"),
            ("{missing}.levelkit",),
            ("{foreign_pdf}",),
        ],
    )
    def test_two_and_nothing_made(
        self, levelkit: Call, sample: Path, tmp_path: Path, words: tuple[str, ...]
    ) -> None:
        foreign, newer = tmp_path / "ghi chú.levelkit", tmp_path / "mới.levelkit"
        foreign.write_text("không phải", encoding="utf-8")
        (tmp_path / "a.pdf").write_bytes(b"%PDF")
        shutil.copy(sample, newer)
        connection = sqlite3.connect(newer)
        connection.execute("PRAGMA user_version = 99")
        connection.close()
        places = {
            "missing": tmp_path / "không có",
            "out": tmp_path / "ra",
            "sample": sample,
            "foreign": foreign,
            "newer": newer,
            "folder": tmp_path,
            "long": tmp_path / f"{'dài' * 100}.levelkit",
            "foreign_pdf": tmp_path / "a.pdf",
        }
        before = everything(tmp_path)
        ended = levelkit(*(word.format(**places) for word in words))
        assert ended.code == 2
        assert ended.out == ""
        assert "Lỗi: " in ended.err
        assert "Traceback" not in ended.err
        assert everything(tmp_path) == before
        assert not (tmp_path / "ra").exists()

    def test_message_names_what_there_is(self, levelkit: Call, sample: Path) -> None:
        ended = levelkit("check", "HT-99", "-w", sample, "--json")
        assert "«HT-99»" in ended.err
        assert "HT-03" in ended.err


class TestSample:
    def test_made_once(self, levelkit: Call, tmp_path: Path) -> None:
        place = tmp_path / "mẫu.levelkit"
        assert levelkit("sample", "--workspace", place).code == 0
        before = everything(tmp_path)
        assert list(before) == ["mẫu.levelkit"]
        ended = levelkit("sample", "--workspace", place)
        assert (ended.code, ended.out) == (2, "")
        assert everything(tmp_path) == before


class TestWhichWorkspace:
    def test_variable(self, levelkit: Call, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LEVELKIT_WORKSPACE", str(sample))
        assert levelkit("systems").code == 0

    def test_option_wins(self, levelkit: Call, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LEVELKIT_WORKSPACE", "/nowhere.levelkit")
        assert levelkit("systems", "-w", sample).code == 0

    def test_default_is_named_on_stderr(self, levelkit: Call, own_place: Path, sample: Path) -> None:
        default = paths.default_workspace()
        assert default.is_relative_to(own_place)
        ended = levelkit("systems", "--json")
        assert (ended.code, ended.out) == (2, "")
        assert str(default) in ended.err
        assert not default.exists()
        default.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(sample, default)
        ended = levelkit("systems", "--json")
        assert ended.code == 0
        assert str(default) in ended.err
        assert len(json.loads(ended.out)["systems"]) == 12


class TestRender:
    def test_final_and_manifest(self, levelkit: Call, sample: Path, tmp_path: Path) -> None:
        out = tmp_path / "hồ sơ"
        ended = levelkit("render", "HT-11", "-w", sample, "--out", out, "--format", "pdf,docx", "--json")
        assert ended.code == 0, ended.err
        found = json.loads(ended.out)
        assert list(found) == ["documents"]
        assert json.loads((out / "HT-11" / "manifest.json").read_text("utf-8")) == found
        paths = set()
        for entry in found["documents"]:
            assert list(entry) == ["document", "path", "sha256", "pages", "draft"]
            data = (out / entry["path"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == entry["sha256"]
            name, _, ending = entry["path"].rpartition(".")
            assert name == f"HT-11/{entry['document']}"
            assert data.startswith({"pdf": b"%PDF", "docx": b"PK"}[ending])
            assert entry["pages"] is None if ending == "docx" else entry["pages"] >= 1
            paths.add(entry["path"])
        given = {"HT-11/tai-lieu-thiet-ke.pdf"}
        made = {path.rpartition(".")[0] for path in paths - given}
        assert made >= {"HT-11/thuyet-minh", "HT-11/mau-01"}
        assert paths == given | {f"{name}.{ending}" for name in made for ending in ("pdf", "docx")}

    def test_errors_block(self, levelkit: Call, sample: Path, tmp_path: Path) -> None:
        ended = levelkit("render", "HT-01", "-w", sample, "--out", tmp_path / "ra", "--json")
        assert ended.code == 1
        assert json.loads(ended.out) == {"documents": []}
        assert "giai đoạn thẩm định" in ended.err
        assert list(tmp_path.iterdir()) == []

    def test_all_goes_on_past_the_refused(
        self, levelkit: Call, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ran: list[str] = []

        def make(job: object, *_rest: object) -> list[dict[str, object]]:
            ran.extend(job.codes)  # type: ignore[attr-defined]
            return [
                {"document": "thuyet-minh", "path": job.codes[0], "sha256": "", "pages": 1, "draft": False}
            ]  # type: ignore[attr-defined]

        monkeypatch.setattr("levelkit.cli.render._run_job", make)
        ended = levelkit("render", "--all", "--jobs", "2", "-w", sample, "--out", tmp_path / "ra", "--json")
        assert ended.code == 1
        assert [entry["path"] for entry in json.loads(ended.out)["documents"]] == list(COMPLETE)
        assert sorted(ran) == list(COMPLETE)
        assert "HT-01" in ended.err

    def test_worker_that_finds_bad_input_is_bad_input(
        self, levelkit: Call, sample: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "ra").mkdir()
        (tmp_path / "ra" / "HT-08").write_text("a file in the way", encoding="utf-8")
        before = everything(tmp_path)
        ended = levelkit("render", "HT-08", "-w", sample, "--out", tmp_path / "ra", "--draft", "--json")
        assert (ended.code, ended.out) == (2, "")
        assert "Không ghi được" in ended.err
        assert everything(tmp_path) == before


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_stopped_rendering_leaves_nothing(sample: Path, tmp_path: Path, stop: signal.Signals) -> None:
    out = tmp_path / "ra"
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    command = [
        sys.executable,
        "-m",
        "levelkit",
        "render",
        "HT-03",
        "-w",
        str(sample),
        "--out",
        str(out),
        "--json",
    ]
    env = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
        # A run of all tests in the background of a shell ignores the key, and so would this one.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread runs
    ) as process:
        while process.poll() is None and not (out.exists() and list(out.iterdir())):
            time.sleep(0.02)
        process.send_signal(stop)
        said, told = process.communicate()
    assert (process.returncode, said) == (2, b"")
    assert "Đã dừng" in told.decode()
    assert list(out.iterdir()) == []
    assert list(temporary.iterdir()) == []


class TestBug:
    @pytest.fixture
    def broken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(_given: object) -> object:
            raise ZeroDivisionError("Nguyễn Thị Kín")

        monkeypatch.setattr("levelkit.cli.systems.open_workspace", fail)

    @pytest.mark.usefixtures("broken")
    def test_three_and_a_report(self, levelkit: Call) -> None:
        ended = levelkit("systems", "--json")
        assert (ended.code, ended.out) == (3, "")
        assert "Traceback" not in ended.err
        assert "Kín" not in ended.err
        (report,) = paths.log_dir().glob("su-co-*.txt")
        assert str(report) in ended.err
        text = report.read_text(encoding="utf-8")
        assert "ZeroDivisionError" in text
        assert "Kín" not in text

    @pytest.mark.usefixtures("broken")
    def test_traceback_on_request(self, levelkit: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LEVELKIT_DEBUG", "1")
        ended = levelkit("systems")
        assert ended.code == 3
        assert "Traceback" in ended.err

    def test_bug_in_the_worker_is_a_bug(
        self, levelkit: Call, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        command = ["python", "-c", "import sys; sys.exit(3)"]
        monkeypatch.setattr("levelkit.services.render.worker_command", lambda _job: command)
        ended = levelkit("render", "HT-11", "-w", sample, "--out", tmp_path, "--json")
        assert (ended.code, ended.out) == (3, "")
        assert list(tmp_path.iterdir()) == []


def test_every_command_is_there_or_absent() -> None:
    shown = [name for name in main.COMMANDS if not main.cli.get_command(None, name).hidden]  # type: ignore[arg-type,union-attr]
    assert shown == [
        "classify",
        "sample",
        "import",
        "export",
        "systems",
        "impact",
        "report",
        "check",
        "render",
        "selfcheck",
    ]
