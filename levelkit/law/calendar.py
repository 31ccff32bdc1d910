"""Law: working days, and the days of the year on which reports fall due. Đ23, Đ24.2, Đ35.4; blld45-2019."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import Field

from levelkit.domain.base import Model
from levelkit.law.ruleset import read_model
from levelkit.resources import package_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDER = "calendar"
_DAY = r"[0-1][0-9]-[0-3][0-9]"


class FixedHoliday(Model):
    """A holiday on the same day of every year (``MM-DD``), from a year on."""

    day: str = Field(pattern=_DAY)
    name_vi: str
    since: int = Field(alias="from")

    def on(self, year: int) -> date:
        """Return the day in a year."""
        return date.fromisoformat(f"{year:04d}-{self.day}")


class CalendarYear(Model):
    """What one year adds to the fixed holidays.

    Attributes:
        known: whether it was announced; if not, days counted through it are expected only.
        checked_on: when the days were compared with the announcement itself.
        off: further days off, with their names.
        worked: days of the weekly rest that are worked instead of another day.
    """

    known: bool
    checked_on: date | None
    source_vi: str
    off: dict[date, str]
    worked: tuple[date, ...]


class WorkingDays(Model):
    """``working-days.yaml``: ``weekly`` are days of rest, 1 Monday to 7 Sunday."""

    cite: str
    substitute_cite: str
    weekly: tuple[int, ...]
    fixed: tuple[FixedHoliday, ...]
    years: dict[int, CalendarYear]


class YearlyReport(Model):
    """A report due every year before a day (``MM-DD``), first in the year ``first``."""

    id: str
    name_vi: str
    before: str = Field(pattern=_DAY)
    first: int
    cite: str

    def last_good_day(self, year: int) -> date:
        """Return the last day that is still before the day named. Đ35.4."""
        return date.fromisoformat(f"{year:04d}-{self.before}") - timedelta(days=1)

    def following(self, today: date) -> date:
        """Return the next last good day, today included."""
        year = max(today.year, self.first)
        found = self.last_good_day(year)
        return found if found >= today else self.last_good_day(year + 1)


@dataclass(frozen=True)
class Counted:
    """A day counted out; ``certain`` unless a year without an announcement was passed."""

    day: date
    certain: bool


def yearly_reports() -> tuple[YearlyReport, ...]:
    """Return the reports due every year.

    Raises:
        RulesetError: the file is broken; names file, key, remedy.
    """
    return _reports()


def is_certain(day: date) -> bool:
    """Whether the holidays of the day's year were announced."""
    year = _days().years.get(day.year)
    return year is not None and year.known


def is_working_day(day: date) -> bool:
    """Whether offices work on a day; where :func:`is_certain` is false, as far as the statute fixes it."""
    year = _days().years.get(day.year)
    if year is not None and day in year.worked:
        return True
    return day.isoweekday() not in _days().weekly and day not in _off(day.year)


def holiday_name(day: date) -> str:
    """Return why a day is off, empty for a working day and for the weekly rest."""
    return _off(day.year).get(day, "")


def add_working_days(start: date, count: int) -> Counted:
    """Return the last of ``count`` working days after a day; the day itself (of receipt) is not counted.

    Raises:
        ValueError: the count is negative.
    """
    if count < 0:
        raise ValueError("a time limit is never negative")
    day, certain, left = start, True, count
    while left:
        day += timedelta(days=1)
        certain = certain and is_certain(day)
        left -= is_working_day(day)
    return Counted(day, certain)


def working_days_between(start: date, end: date) -> int:
    """Return how many working days lie after ``start`` up to ``end``; negative when ``end`` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(day) for day in _days_after(start, end))


def _days_after(start: date, end: date) -> Iterator[date]:
    for offset in range(1, (end - start).days + 1):
        yield start + timedelta(days=offset)


@lru_cache(maxsize=64)
def _off(year: int) -> dict[date, str]:
    """Return the days off of a year: fixed ones, what the year adds, and what stands in for a weekly rest."""
    data = _days()
    own = data.years.get(year)
    found = {one.on(year): one.name_vi for one in data.fixed if year >= one.since}
    fixed = sorted(found)
    if own is not None:
        found |= own.off
    for day in fixed:
        if day.isoweekday() in data.weekly:
            following = day
            while following.isoweekday() in data.weekly or following in found:
                following += timedelta(days=1)
            found[following] = f"Nghỉ bù {found[day]}"
    return found


@lru_cache(maxsize=1)
def _days() -> WorkingDays:
    return read_model(_read("working-days"), WorkingDays, f"{_FOLDER}/working-days.yaml")


@lru_cache(maxsize=1)
def _reports() -> tuple[YearlyReport, ...]:
    return read_model(_read("reports"), tuple[YearlyReport, ...], f"{_FOLDER}/reports.yaml")


def _read(name: str) -> str:
    return (package_dir("law", "rulesets", _FOLDER) / f"{name}.yaml").read_text(encoding="utf-8")
