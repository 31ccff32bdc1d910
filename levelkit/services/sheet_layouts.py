"""Services: how sheets looked that came in, kept over several imports, so that an export gives all back.

Layouts are ``{"sheets": [{"name", "kind", "headings", "columns"}], "units": [...]}``.
"""

from __future__ import annotations

from typing import Any


def merged(before: dict[str, Any] | None, now: dict[str, Any]) -> dict[str, Any]:
    """Return the sheets of this import, and those of former ones that it does not replace.

    A sheet that comes again keeps the columns that it had before and lacks now.
    """
    if before is None:
        return now
    former = {one["name"]: one for one in before["sheets"]}
    sheets = [_widened(former.get(one["name"]), one) for one in now["sheets"]]
    names = {one["name"] for one in sheets}
    sheets += [one for one in before["sheets"] if one["name"] not in names]
    return {"sheets": sheets, "units": now["units"] or before["units"]}


def kept(
    came: dict[str, Any] | None, now: dict[str, Any], before: dict[str, Any], layouts: dict[str, Any]
) -> dict[str, Any]:
    """Return what is kept of a row: its place in the fuller sheet, cells of columns that are not there now.

    Args:
        came: what was kept of it; of a table, of all its rows. Rows that did not come again stay.
        now: what came this time.
        before: the layouts of former imports.
        layouts: those of this one.
    """
    if came is None:
        return now
    if "rows" in now:
        rest = list(came["rows"])
        for row in now["rows"]:
            same = next((one for one in rest if one["values"] == row["values"]), None)
            if same is not None:
                rest.remove(same)
        return {"rows": [*now["rows"], *rest]}
    headings = _headings(layouts)[now["sheet"]]
    if came["sheet"] != now["sheet"]:
        return came if len(_headings(before).get(came["sheet"], ())) > len(headings) else now
    more = {heading: text for heading, text in came["cells"].items() if heading not in headings}
    return {**now, "cells": {**more, **now["cells"]}}


def _headings(layouts: dict[str, Any]) -> dict[str, list[str]]:
    return {one["name"]: one["headings"] for one in layouts["sheets"]}


def _widened(before: dict[str, Any] | None, now: dict[str, Any]) -> dict[str, Any]:
    if before is None or before["kind"] != now["kind"]:
        return now
    answered = set(now["columns"].values())
    more = [
        heading
        for heading in before["headings"]
        if heading not in now["headings"] and before["columns"].get(heading) not in answered
    ]
    columns = {heading: before["columns"][heading] for heading in more if heading in before["columns"]}
    return {**now, "headings": [*now["headings"], *more], "columns": {**now["columns"], **columns}}
