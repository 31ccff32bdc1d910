"""A dossier stays under the rules it was made under until somebody moves it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from levelkit.errors import RulesetError
from levelkit.law import RuleLibrary, read_package
from levelkit.law.ruleset import RuleSet
from levelkit.services import Workspace
from levelkit.services.rulesets import embedded_library

if TYPE_CHECKING:
    from collections.abc import Callable


def changed_package(change: Callable[[str], str], version: str = "2099.1.1") -> bytes:
    """The program's newer decree with another version and a changed parameter file."""
    own = embedded_library().get("nd331-2026")
    files = dict(own.files)
    files["instrument.yaml"] = files["instrument.yaml"].replace(own.version, version)
    files["parameters.yaml"] = change(files["parameters.yaml"])
    return RuleSet(files, "test").to_package()


def ten_times(text: str) -> str:
    assert "10000" in text
    return text.replace("10000", "100000")


def start(workspace: Workspace) -> str:
    code = workspace.add_system("Cổng")
    workspace.session(code).set_many(
        {
            "kinds": ["citizen_business"],
            "information": ["personal"],
            "basic_data_subjects": 50_000,
            "sensitive_data_subjects": 20_000,
            "conditional_business_lines": [],
            "as_of": "2026-11-24",
        }
    )
    return code


def test_package_says_what_it_changes_and_moves_nobody(workspace: Workspace) -> None:
    code = start(workspace)
    assert workspace.session(code).classification.at_least == 3
    package = changed_package(ten_times)
    preview = workspace.preview_package(package)
    assert preview.pin.version == "2099.1.1"
    assert preview.changes_vi
    workspace.add_package(package)
    session = workspace.session(code)
    assert session.classification.at_least == 3
    assert session.ruleset_state.newer
    assert session.ruleset_state.newer_version == "2099.1.1"
    assert session.ruleset_state.changes_vi == preview.changes_vi
    assert workspace.outdated() == [code]
    session.rebase()
    assert workspace.outdated() == []


def test_moving_is_an_act_that_stays(workspace: Workspace) -> None:
    code = start(workspace)
    workspace.add_package(changed_package(ten_times))
    session = workspace.session(code)
    session.rebase()
    assert session.classification.at_least == 2
    assert not session.ruleset_state.newer
    assert workspace.systems()[0].at_least == 2
    with Workspace.open(workspace.path, readonly=True) as again:
        moved = again.session(code)
        assert moved.classification.at_least == 2
        assert moved.proposal().ruleset.version == "2099.1.1"


def test_new_systems_use_the_newest(workspace: Workspace) -> None:
    workspace.add_package(changed_package(ten_times))
    assert workspace.session(start(workspace)).classification.at_least == 2


def test_newer_program_judges_old_dossier_by_its_old_rules(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = start(workspace)
    newer = RuleLibrary.load([changed_package(ten_times)])
    monkeypatch.setattr("levelkit.services.rulesets.embedded_library", lambda: newer)
    with Workspace.open(workspace.path, readonly=True) as again:
        session = again.session(code)
        assert session.classification.at_least == 3
        assert session.ruleset_state.newer


def test_altered_package_is_refused(workspace: Workspace) -> None:
    data = changed_package(ten_times)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content + b"\n# x" if name.endswith("criteria.yaml") else content)
    with pytest.raises(RulesetError):
        workspace.add_package(broken.getvalue())
    assert workspace.library.get("nd331-2026").sha256 == embedded_library().get("nd331-2026").sha256


def test_own_rulesets_go_through_a_package() -> None:
    for ruleset in embedded_library().rulesets:
        assert read_package(ruleset.to_package()).sha256 == ruleset.sha256
