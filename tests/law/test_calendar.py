"""Working days of 2026 and 2027, beyond them what the statute fixes, and the days of the yearly report."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelkit.law import RuleLibrary, calendar
from levelkit.law.calendar import add_working_days, is_certain, is_working_day, working_days_between
from levelkit.law.review import review_rules

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-01-01", False),  # Tết Dương lịch
        ("2026-01-10", True),  # a Saturday worked instead of 2 January
        ("2026-01-02", False),
        ("2026-02-13", True),  # the Friday before Tết
        ("2026-02-16", False),
        ("2026-02-20", False),
        ("2026-02-23", True),
        ("2026-04-27", False),  # Giỗ Tổ on a Sunday: the Monday instead
        ("2026-04-30", False),
        ("2026-05-01", False),
        ("2026-08-22", True),  # a Saturday worked instead of 31 August
        ("2026-08-31", False),
        ("2026-09-01", False),
        ("2026-09-02", False),
        ("2026-09-03", True),
        ("2026-11-24", False),  # Ngày Văn hóa Việt Nam, since 2026
        ("2025-11-24", True),
        ("2027-02-05", False),
        ("2027-02-09", False),
        ("2027-04-16", False),
        ("2027-05-03", False),  # 1 May 2027 is a Saturday
        ("2028-09-04", False),  # 2 September 2028 is a Saturday
        ("2026-11-28", False),
    ],
)
def test_days_off_and_days_worked_instead(day: str, *, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("received", "limit", "due", "certain"),
    [
        ("2026-12-01", 15, "2026-12-22", True),
        ("2026-11-23", 5, "2026-12-01", True),  # 24/11 is a holiday
        ("2026-08-21", 7, "2026-09-03", True),  # a worked Saturday, then 31/08–02/09 off
        ("2026-12-01", 25, "2027-01-06", False),  # 2027 was not announced
        ("2027-02-04", 1, "2027-02-10", False),
        ("2026-11-28", 0, "2026-11-28", True),
    ],
)
def test_time_limits_become_days(received: str, limit: int, due: str, *, certain: bool) -> None:
    found = add_working_days(date.fromisoformat(received), limit)
    assert (found.day.isoformat(), found.certain) == (due, certain)


@given(DAYS, st.integers(1, 60))
def test_the_last_day_is_worked_and_lies_that_many_working_days_ahead(start: date, count: int) -> None:
    found = add_working_days(start, count)
    assert is_working_day(found.day)
    assert working_days_between(start, found.day) == count
    assert add_working_days(start, count - 1).day < found.day
    assert found.certain is all(
        is_certain(start + timedelta(days=offset)) for offset in range(1, (found.day - start).days + 1)
    )


@given(DAYS, DAYS)
def test_counting_back_is_counting_forward_negated(one: date, other: date) -> None:
    assert working_days_between(one, other) == -working_days_between(other, one)


@given(DAYS, st.integers(0, 40), st.integers(0, 40))
def test_two_limits_after_each_other_are_their_sum(start: date, first: int, second: int) -> None:
    parts = add_working_days(add_working_days(start, first).day, second).day
    assert parts == add_working_days(start, first + second).day


def test_a_negative_limit_is_a_bug() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 12, 1), -1)


def test_a_year_of_2026_has_the_twelve_holidays_of_the_statute() -> None:
    off = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    weekdays_off = [day for day in off if day.isoweekday() < 6 and not is_working_day(day)]
    worked = [day for day in off if day.isoweekday() > 5 and is_working_day(day)]
    assert len(weekdays_off) - len(worked) == 12


def test_the_yearly_report_is_due_before_the_day_named() -> None:
    to_owner, to_ministry = calendar.yearly_reports()
    assert to_owner.following(date(2026, 12, 2)) == date(2026, 12, 19)
    assert to_owner.following(date(2026, 12, 19)) == date(2026, 12, 19)
    assert to_owner.following(date(2026, 12, 20)) == date(2027, 12, 19)
    assert to_ministry.following(date(2026, 12, 20)) == date(2026, 12, 24)
    assert to_ministry.following(date(2025, 3, 1)) == date(2026, 12, 24)


def test_everything_cited_is_there() -> None:
    library, rules, days = RuleLibrary.load(), review_rules(), calendar._days()
    refs = [rules.cite, rules.raised_cite, rules.forecast_cite, rules.lines_cite]
    refs += [rules.scope_cite, rules.scope_grounds_cite]
    refs += [one.cite for one in rules.changes] + [one.cite for one in calendar.yearly_reports()]
    for ref in [*refs, days.cite, days.substitute_cite]:
        assert library.citation(ref).text_vi


def test_what_approval_settles_names_rows_of_the_transition() -> None:
    known = {row.id for ruleset in RuleLibrary.load().rulesets for row in ruleset.transition}
    assert set(review_rules().settled_by_approval) <= known
