from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from levelkit.dossier import document_ids
from levelkit.dossier.renderer import render_html

from .examples import context, empty, proposal
from .plans import with_plan
from .texts import html_lines

if TYPE_CHECKING:
    from levelkit.domain.proposal import ProposalDossier

_REDETERMINED = {
    "redetermination": True,
    "previous.level": 1,
    "previous.decision": "12/QĐ-SM",
    "previous.decision_date": "2024-01-05",
    "previous.issuer": "Tổng Giám đốc",
    "redetermination.reasons": ["b", "c"],
    "redetermination.text": "Bổ sung nhận diện khuôn mặt khi chấm công.",
}

CASES: dict[str, ProposalDossier] = {
    "cap-1": proposal(1),
    "cap-2-xac-dinh-lai": proposal(2, changes=_REDETERMINED),
    "cap-3": proposal(3),
    "cap-4": proposal(4),
    "cap-5": proposal(5, listed=True),
    "cap-3-danh-muc": proposal(3, listed=True),
    "cap-3-xay-moi": proposal(3, stage="new_build", preparer="investor"),
    "cap-2-thue": proposal(2, stage="hired_service", preparer="investor"),
    "cap-3-phuong-an": with_plan(),
    "trong": empty(),
    "trong-cap-3": empty(3),
}


@pytest.mark.parametrize("name", CASES)
def test_words_of_every_document(name, golden):
    found = context(CASES[name])
    parts = []
    for document in document_ids(found):
        if found.entry(document).attachment is None:
            parts.append(f"=== {document} ===")
            parts.extend(html_lines(render_html(found, document)))
    golden(name, "\n".join(parts) + "\n")
