"""Services: which program, contract, file format and rulesets these are."""

from __future__ import annotations

from levelkit import __version__
from levelkit.services.rulesets import embedded_library
from levelkit.store import FORMAT


def lines(contract: int) -> list[str]:
    """Return one line per version, in Vietnamese."""
    return [
        f"levelkit {__version__}",
        f"hợp đồng dòng lệnh {contract}",
        f"định dạng tệp làm việc {FORMAT}",
        *(f"bộ luật {ruleset.id} {ruleset.version}" for ruleset in embedded_library().rulesets),
    ]
