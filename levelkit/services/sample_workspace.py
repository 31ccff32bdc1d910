"""Services: write the sample workspace, complete or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.services import attachments, leftovers
from levelkit.services.sample import sample_answers
from levelkit.services.sample_plan import sample_shared
from levelkit.services.workspace import Workspace
from levelkit.store import Server, WorkspaceStore, staged

if TYPE_CHECKING:
    from levelkit.store import Place


def write_sample(place: Place) -> None:
    """Make the sample workspace.

    Raises:
        WorkspaceExists: something is there already.
        WorkspaceError: the folder is missing or cannot be written; the server cannot be reached or refuses.
    """
    if isinstance(place, Server):
        with Workspace.making(place) as workspace:
            _fill(workspace)
        return
    with leftovers.noted_making(place), staged(place) as part:
        WorkspaceStore.build(part)
        with Workspace.open(part, backup=False) as workspace:
            _fill(workspace)


def _fill(workspace: Workspace) -> None:
    shared = sample_shared()
    for one in shared.evidence:
        if one.file is not None:
            workspace.keep_file(shared.contents[one.file.sha256], one.file.name, one.file.media_type)
    workspace.shared.fill(shared.measures, shared.evidence)
    for code, sample in sample_answers().items():
        workspace.add_system(sample.name, code)
        for question_id, value in sample.answers.items():
            if attachments.is_attachment(value):
                data = sample.attachments[value["sha256"]]
                media_type = attachments.check_kind(question_id, value["name"], data)
                workspace.keep_file(data, value["name"], media_type)
        workspace.session(code).set_many(sample.answers)
        workspace.set_status(code, sample.status)
