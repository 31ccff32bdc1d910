"""Law: how long logs are kept. Several laws name a time; the highest that applies counts, with its reason."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import Field

from levelkit.domain.base import Model
from levelkit.domain.condition import Condition, Lookup, holds
from levelkit.domain.plan import LogRetention
from levelkit.errors import RulesetError
from levelkit.law.packs import read_pack_file
from levelkit.law.ruleset import read_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from levelkit.domain.requirement import RequirementSet

_FILE = "log-retention"


class StandardTime(Model):
    """The value of the baseline requirements that names the months; ``{level}`` stands in the reason."""

    parameter: str
    why_vi: str = Field(min_length=1)


class OtherTime(Model):
    """A time of another law.

    Attributes:
        open_vi: said instead of the reason where the answers do not tell whether it applies.
    """

    refs: tuple[str, ...] = Field(min_length=1)
    months: int = Field(ge=1)
    when: Condition
    why_vi: str = Field(min_length=1)
    open_vi: str = Field(min_length=1)


class RetentionFile(Model):
    """``log-retention.yaml``."""

    standard: StandardTime
    others: tuple[OtherTime, ...]


@lru_cache(maxsize=1)
def retention_file() -> RetentionFile:
    """Return the data that come with the program, read once.

    Raises:
        RulesetError: the file is broken; names file, key, remedy.
    """
    return read_model(read_pack_file(_FILE), RetentionFile, f"packs/{_FILE}.yaml")


def log_retention(asked: RequirementSet, cite: Callable[[str], str], lookup: Lookup) -> LogRetention:
    """Return what applies, the highest first, then what the answers leave open, not counted.

    ``cite`` returns the full wording of a ref. Months are whole; 0 where nothing names a time.
    """
    written = retention_file()
    counted = [
        (value.value, cite(row.ref), written.standard.why_vi.format(level=asked.level))
        for row in asked.requirements
        for value in row.values
        if value.name == written.standard.parameter and isinstance(value.value, int)
    ]
    open_ones = []
    for time in written.others:
        outcome = holds(time.when, lookup)
        words = "; ".join(cite(ref) for ref in time.refs)
        if outcome is True:
            counted.append((time.months, words, time.why_vi))
        elif outcome is None:
            open_ones.append((time.months, words, time.open_vi))
    counted.sort(key=lambda source: -source[0])
    return LogRetention(
        months=max((months for months, _, _ in counted), default=0),
        sources=(*counted, *open_ones),
    )


def check_retention(cited: Callable[[str], bool]) -> None:
    """Check that every place the data cite is in the index.

    Raises:
        RulesetError: names file, key, remedy.
    """
    for time in retention_file().others:
        for ref in time.refs:
            if not cited(ref):
                raise RulesetError(
                    f"packs/{_FILE}.yaml, khóa others: viện dẫn «{ref}» không có trong chỉ mục; "
                    "sửa viện dẫn, hoặc thêm vào sources."
                )
