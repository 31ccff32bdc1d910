"""Dossier: an architecture as three scenes: logical, physical, network zones. Đ22.3.d.

Nothing is invented: boxes and lines come from rows of the tables. Two dashed lines alone are inferred: from
the Internet to zones with a public address, from users to the system.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from levelkit.domain.architecture import plain
from levelkit.dossier.drawings.scene import FRAME, Band, Box, Card, Link, Scene
from levelkit.dossier.drawings.words import device_kind, drawing_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from levelkit.domain.architecture import Architecture, Connection, Device, End, Zone

PictureKey = Literal["logical", "physical", "zones"]
KEYS: tuple[PictureKey, ...] = ("logical", "physical", "zones")
_INTERNET, _USERS, _NOWHERE = "internet", "users", "nowhere"


@dataclass(frozen=True)
class DrawingNote:
    """What a picture cannot show as the tables have it: table, row (from 1; 0: all of it), a sentence."""

    table: str
    row: int
    text: str


@dataclass(frozen=True)
class Plan:
    """A scene and what goes with it.

    Attributes:
        symbols: ids in the legend, in its order.
        entries: number and text of every connection drawn.
        joined: what the scene leaves together when things of a kind are joined; None: nothing could be.
    """

    scene: Scene
    symbols: tuple[tuple[str, str], ...]
    entries: tuple[tuple[str, str], ...]
    description: str
    notes: tuple[DrawingNote, ...]
    joined: str | None = None


def plan(architecture: Architecture, key: PictureKey, *, joined: bool = False) -> Plan | None:
    """Return the scene of one picture; None where its table is empty.

    Args:
        architecture: as the tables tell it.
        key: which picture.
        joined: things of one kind in one box become one card.
    """
    if key == "zones":
        return _Zones(architecture, joined=joined).plan()
    if key == "logical":
        return _Logical(architecture, joined=joined).plan()
    return _Physical(architecture, joined=joined).plan()


class _Builder:
    """What the three pictures have in common."""

    def __init__(self, architecture: Architecture, *, joined: bool) -> None:
        self.a = architecture
        self.joined = joined
        self.w = drawing_words()
        self.notes: list[DrawingNote] = []
        self.was_joined = False
        self.left_out: list[int] = []

    # Cards

    def cards(self, devices: Sequence[Device]) -> tuple[Card, ...]:
        if not self.joined:
            return tuple(Card(device_kind(one.name), one.name, one.model, one.quantity) for one in devices)
        kinds: dict[str, list[Device]] = {}
        for device in devices:
            kinds.setdefault(device_kind(device.name), []).append(device)
        found: list[Card] = []
        for kind, rows in kinds.items():
            count = sum(row.quantity for row in rows)
            name = rows[0].name
            if len(rows) > 1:
                self.was_joined = True
                name = self.w.words["joined"].format(name=self.w.kind_name(kind), rows=len(rows), count=count)
                count = 1
            found.append(Card(kind, name, "", count))
        return tuple(found)

    # Links

    def links(self, key_of: Callable[[End], str | None]) -> tuple[list[Link], list[Connection]]:
        """Return one line for each pair of boxes, labelled with its rows, and the rows drawn."""
        pairs: dict[tuple[str, str], dict[str, list[int]]] = {}
        drawn: list[Connection] = []
        for row in self.a.connections:
            if row.source is None or row.target is None:
                self.note("connections", row.row, "connection_no_end")
                continue
            ends = self._ends(row, key_of)
            if ends is None:
                continue
            drawn.append(row)
            one, other = sorted(ends)
            way = "forward" if (one, other) == ends else "backward"
            pairs.setdefault((one, other), {}).setdefault(way, []).append(row.row)
        links = [
            Link(
                ends=pair,
                label=numbers(sorted(row for rows in ways.values() for row in rows)),
                forward="forward" in ways,
                backward="backward" in ways,
            )
            for pair, ways in pairs.items()
        ]
        return links, drawn

    def _ends(self, row: Connection, key_of: Callable[[End], str | None]) -> tuple[str, str] | None:
        """Return the boxes at both ends; None where one box, or one no box of this picture, is at both."""
        assert row.source is not None
        assert row.target is not None
        source, target = key_of(row.source), key_of(row.target)
        beyond = "outside" in {row.source.kind, row.target.kind}
        if not beyond and (source is None or target is None or FRAME in {source, target}):
            self.left_out.append(row.row)
            return None
        ends = source or FRAME, target or FRAME
        return None if ends[0] == ends[1] else ends

    def outside_key(self, end: End) -> str:
        name = plain(self.a.outside[end.index])
        return _INTERNET if name in {plain(word) for word in self.w.internet} else f"outside:{end.index}"

    def outside(self, drawn: Sequence[Connection]) -> list[Box]:
        boxes: dict[str, Box] = {}
        for row in drawn:
            for end in (row.source, row.target):
                if end is not None and end.kind == "outside":
                    key = self.outside_key(end)
                    kind = "internet" if key == _INTERNET else None
                    boxes.setdefault(key, Box(key, self.a.outside[end.index], kind=kind))
        return list(boxes.values())

    def entries(self, drawn: Sequence[Connection]) -> tuple[tuple[str, str], ...]:
        return tuple((f"{row.row}.", self.told(row)) for row in drawn)

    def told(self, row: Connection) -> str:
        w = self.w.words
        text = (
            w["connection"]
            .format(
                source=self.a.end_name(row.source) if row.source else "",
                arrow=w["one_way"],
                target=self.a.end_name(row.target) if row.target else "",
                content=row.content,
            )
            .rstrip(" :")
        )
        return w["with_frequency"].format(text=text, frequency=row.frequency) if row.frequency else text

    # Words

    def note(self, table: str, row: int, key: str, **values: str) -> None:
        self.notes.append(DrawingNote(table, row, self.w.notes[key].format(row=row, **values)))

    def frame(self) -> str:
        return self.w.words["frame"].format(code=self.a.code, name=self.a.name).rstrip(" –")

    def names(self, names: Iterable[str]) -> str:
        """List names for a description: not more than anybody listens to."""
        listed = list(dict.fromkeys(names))
        text = ", ".join(listed[:12])
        rest = len(listed) - 12
        return self.w.descriptions["more"].format(names=text, count=rest) if rest > 0 else text

    def devices_told(self) -> str:
        return self.w.descriptions["device_count"].format(
            rows=len(self.a.devices), count=sum(device.quantity for device in self.a.devices)
        )

    def links_told(self, drawn: Sequence[Connection]) -> str:
        d = self.w.descriptions
        if not drawn:
            if not self.a.connections:
                self.note("connections", 0, "no_links")
            return d["no_links"]
        return d["links"].format(count=len(drawn), links=self.names(self.told(row) for row in drawn))

    def kind_symbols(self, bands: Sequence[Band]) -> list[tuple[str, str]]:
        used = {card.kind for band in bands for box in band.boxes for card in box.cards}
        return [(kind.id, kind.name) for kind in self.w.kinds if kind.id in used]


class _Zones(_Builder):
    def plan(self) -> Plan | None:
        if not self.a.zones and not self.a.devices:
            return None
        w = self.w.words
        boxes = [
            Box(
                f"zone:{index}",
                zone.name,
                self._addresses(zone),
                self.cards([device for device in self.a.devices if device.zone == index]),
            )
            for index, zone in enumerate(self.a.zones)
        ]
        stray = [device for device in self.a.devices if device.zone is None]
        if stray:
            boxes.append(Box(_NOWHERE, w["no_zone"], (), self.cards(stray), loose=True))
            for device in stray:
                key = "device_unknown_zone" if device.zone_named else "device_no_zone"
                self.note("devices", device.row, key, name=device.name, zone=device.zone_named)
        links, drawn = self.links(self._key)
        outside = self.outside(drawn)
        public = [index for index, zone in enumerate(self.a.zones) if zone.public_ip]
        linked = {end for link in links for end in link.ends if _INTERNET in link.ends}
        dashed = [index for index in public if f"zone:{index}" not in linked]
        if dashed and not any(box.key == _INTERNET for box in outside):
            outside.insert(0, Box(_INTERNET, w["internet"], kind="internet"))
        links += [Link((_INTERNET, f"zone:{index}"), forward=False, dashed=True) for index in dashed]
        bands = (Band("", tuple(boxes)),)
        symbols = self.kind_symbols(bands)
        symbols += [("link", w["link"])] if drawn else []
        symbols += [("dashed", w["dashed_public"])] if dashed else []
        d = self.w.descriptions
        zones = (
            d["zone_count"].format(
                count=len(self.a.zones), names=self.names(zone.name for zone in self.a.zones)
            )
            if self.a.zones
            else d["no_zones"]
        )
        description = d["zones"].format(
            zones=zones, devices=self.devices_told(), links=self.links_told(drawn)
        )
        return Plan(
            Scene(self.frame(), bands, tuple(outside), tuple(links)),
            tuple(symbols),
            self.entries(drawn),
            description,
            tuple(self.notes),
            w["kinds_joined"] if self.was_joined else None,
        )

    def _addresses(self, zone: Zone) -> tuple[str, ...]:
        told = (("vlan", zone.vlan), ("private_ip", zone.private_ip), ("public_ip", zone.public_ip))
        return tuple(self.w.words[key].format(value=value) for key, value in told if value)

    def _key(self, end: End) -> str | None:
        if end.kind == "outside":
            return self.outside_key(end)
        zone = self.a.zone_of(end)
        if zone is not None:
            return f"zone:{zone}"
        return _NOWHERE if end.kind == "device" else FRAME


class _Logical(_Builder):
    def plan(self) -> Plan | None:
        if not self.a.services:
            return None
        w = self.w.words
        groups: dict[int | None, list[int]] = {}
        for index, service in enumerate(self.a.services):
            groups.setdefault(service.zone, []).append(index)
            if service.zone is None and self.a.zones:
                self.note("services", service.row, "service_no_zone", name=service.name)
        order = [zone for zone in (*range(len(self.a.zones)), None) if zone in groups]
        marked = order != [None]
        bands = tuple(
            Band(
                (w["no_zone"] if zone is None else self.a.zones[zone].name) if marked else "",
                self._boxes(groups[zone], f"group:{zone}"),
            )
            for zone in order
        )
        links, drawn = self.links(self._key)
        outside = self.outside(drawn)
        users = self._users()
        if users:
            outside.insert(0, Box(_USERS, users, kind="users"))
            links.insert(0, Link((_USERS, FRAME), forward=False, dashed=True))
        symbols = [("link", w["link"])] if drawn else []
        symbols += [("dashed", w["dashed_users"])] if users else []
        d = self.w.descriptions
        description = d["logical"].format(
            services=d["service_count"].format(
                count=len(self.a.services), names=self.names(one.name for one in self.a.services)
            ),
            groups=d["group_count"].format(
                count=len(bands), names=self.names(band.title or w["no_zone"] for band in bands)
            ),
            links=self.links_told(drawn),
        )
        return Plan(
            Scene(self.frame(), bands, tuple(outside), tuple(links)),
            tuple(symbols),
            self.entries(drawn),
            description,
            tuple(self.notes),
            w["services_joined"] if self.was_joined else None,
        )

    def _boxes(self, services: Sequence[int], group: str) -> tuple[Box, ...]:
        w = self.w.words
        if self.joined and len(services) > 1:
            self.was_joined = True
            names = tuple(Card("application", self.a.services[index].name) for index in services)
            return (Box(group, "", cards=names),)
        return tuple(
            Box(
                f"service:{index}",
                self.a.services[index].name,
                (w["servers"].format(servers=self.a.services[index].servers),)
                if self.a.services[index].servers
                else (),
                kind="application",
            )
            for index in services
        )

    def _users(self) -> str:
        users = self.w.users
        if "internal" in self.a.kinds and len(self.a.kinds) == 1:
            return users["internal"]
        if "citizen_business" in self.a.kinds:
            return users["citizen_business"]
        return users["other"] if self.a.has_users else ""

    def _key(self, end: End) -> str | None:
        if end.kind == "outside":
            return self.outside_key(end)
        if end.kind == "service":
            return self._service_key(end.index)
        zone = self.a.zone_of(end)
        inside = [at for at, service in enumerate(self.a.services) if service.zone == zone]
        # A zone or device with one service alone stands for that service.
        return self._service_key(inside[0]) if zone is not None and len(inside) == 1 else FRAME

    def _service_key(self, index: int) -> str:
        zone = self.a.services[index].zone
        mates = sum(service.zone == zone for service in self.a.services)
        return f"group:{zone}" if self.joined and mates > 1 else f"service:{index}"


class _Physical(_Builder):
    def plan(self) -> Plan | None:
        if not self.a.devices:
            return None
        w = self.w.words
        held = {device.place for device in self.a.devices} | {one.place for one in self.a.services}
        used = [index for index in range(len(self.a.places)) if index in held]
        sites: dict[str, list[int]] = {}
        for index in used:
            sites.setdefault(plain(self.a.places[index].site), []).append(index)
        several = any(len(places) > 1 for places in sites.values())
        bands = [
            Band(
                self.a.places[places[0]].site if several else "",
                tuple(self._box(index, short=several) for index in places),
            )
            for places in sites.values()
        ]
        if not several:
            bands = [Band("", tuple(box for band in bands for box in band.boxes))]
        stray = [device for device in self.a.devices if device.place is None]
        if stray:
            box = Box(_NOWHERE, w["no_place"], (), self.cards(stray), loose=True)
            bands.append(Band("", (box,)))
            for device in stray:
                self.note("devices", device.row, "device_no_place", name=device.name)
        links, drawn = self.links(self._key)
        if self.left_out:
            self.note("connections", self.left_out[0], "connection_no_place", rows=numbers(self.left_out))
        outside = self.outside(drawn)
        symbols = self.kind_symbols(bands)
        symbols += [("link", w["link"])] if drawn else []
        d = self.w.descriptions
        hosting = [self.w.hosting[one] for one in self.a.hosting if one in self.w.hosting]
        description = d["physical"].format(
            places=d["place_count"].format(
                count=len(used), names=self.names(self.a.places[index].name for index in used)
            ),
            devices=self.devices_told(),
            hosting=d["hosting"].format(names=", ".join(hosting)) if hosting else "",
            links=self.links_told(drawn),
        )
        return Plan(
            Scene(self.frame(), tuple(bands), tuple(outside), tuple(links)),
            tuple(symbols),
            self.entries(drawn),
            description,
            tuple(self.notes),
            w["kinds_joined"] if self.was_joined else None,
        )

    def _box(self, index: int, *, short: bool) -> Box:
        place = self.a.places[index]
        devices = [device for device in self.a.devices if device.place == index]
        return Box(f"place:{index}", (short and place.part) or place.name, (), self.cards(devices))

    def _key(self, end: End) -> str | None:
        if end.kind == "outside":
            return self.outside_key(end)
        place = self.a.place_of(end)
        if place is not None:
            return f"place:{place}"
        return FRAME if end.kind == "system" else None


def numbers(rows: Sequence[int]) -> str:
    """Write row numbers short: «1, 3–5»."""
    parts: list[str] = []
    for row in rows:
        if parts and row - 1 == _last(parts[-1]):
            first = parts[-1].split("–")[0]
            parts[-1] = f"{first}–{row}"
        else:
            parts.append(str(row))
    return ", ".join(parts)


def _last(part: str) -> int:
    return int(part.rsplit("–", maxsplit=1)[-1])
