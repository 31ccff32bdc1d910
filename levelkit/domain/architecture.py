"""Domain: the architecture of a system as its tables tell it: zones, devices, services, connections. Đ22.3.d.

Tables are written by hand: a device may name a zone that no row bears, a service a server that is no device,
a connection anything at all. Nothing is refused; what cannot be placed stays in its row, without a place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from levelkit.domain.base import Model
from levelkit.domain.text import fold, legible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EndKind = Literal["system", "zone", "service", "device", "outside"]
_BRACKETS = re.compile(r"\([^)]*\)")
_SERVER_MARKS = re.compile(r"[,;/+\n]|…|\.\.\.")
_WORD = re.compile(r"[0-9a-z]+")


class Zone(Model):
    """One network zone; ``row`` counts the table's rows from 1. Absent texts are empty."""

    row: int
    name: str
    private_ip: str
    public_ip: str
    vlan: str
    purpose: str


class Device(Model):
    """One row of devices.

    Attributes:
        quantity: at least 1.
        zone: index into the zones, None where the row names none that is there.
        zone_named: as the row has it.
        place: index into the places, None where the row names none.
    """

    row: int
    name: str
    model: str
    quantity: int
    location: str
    purpose: str
    zone_named: str
    zone: int | None
    place: int | None


class Service(Model):
    """One application or service.

    Attributes:
        servers: where it runs, as written.
        zone, place: indexes, None where nothing tells.
    """

    row: int
    name: str
    servers: str
    os: str
    location: str
    purpose: str
    zone: int | None
    place: int | None


class End(Model):
    """One end of a connection; ``index`` into zones, services, devices or outside (0 for the system)."""

    kind: EndKind
    index: int


class Connection(Model):
    """One row of connections; an end is None where its cell is empty."""

    row: int
    source: End | None
    target: End | None
    content: str
    frequency: str


class Place(Model):
    """One place of deployment; ``site`` and ``part`` split «Trung tâm A, tủ 01», ``part`` may be empty."""

    name: str
    site: str
    part: str


class Architecture(Model):
    """What the tables say.

    Attributes:
        outside: names of what connections reach beyond the system, in the order of the rows.
        hosting: values of the question on hosting: ``self``, ``hired_dc``, ``cloud``.
        kinds: values of the question on the kinds of system.
        has_users: somebody wrote down who is served.
    """

    code: str
    name: str
    zones: tuple[Zone, ...]
    devices: tuple[Device, ...]
    services: tuple[Service, ...]
    connections: tuple[Connection, ...]
    places: tuple[Place, ...]
    outside: tuple[str, ...]
    hosting: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    has_users: bool = False

    def zone_of(self, end: End) -> int | None:
        """Return the zone in which an end lies; None for the system as a whole, outside, or unknown."""
        if end.kind == "zone":
            return end.index
        if end.kind == "device":
            return self.devices[end.index].zone
        return self.services[end.index].zone if end.kind == "service" else None

    def place_of(self, end: End) -> int | None:
        """Return the one place in which an end lies; a zone spread over several lies in none."""
        if end.kind == "device":
            return self.devices[end.index].place
        if end.kind == "service":
            return self.services[end.index].place
        if end.kind != "zone":
            return None
        return _only(device.place for device in self.devices if device.zone == end.index)

    def end_name(self, end: End) -> str:
        """Return how the tables name an end; the system by its code."""
        if end.kind == "system":
            return self.code
        if end.kind == "outside":
            return self.outside[end.index]
        if end.kind == "zone":
            return self.zones[end.index].name
        return (self.services if end.kind == "service" else self.devices)[end.index].name


def plain(name: str) -> str:
    """Return a name as it is compared: without accents, case, marks and double blanks."""
    folded = fold(name)
    return " ".join(_WORD.findall(folded)) or " ".join(folded.split())


def read_architecture(answers: Mapping[str, Any], code: str, name: str) -> Architecture:
    """Return the architecture that the answers describe.

    Args:
        answers: question id → stored value; rows of tables may lack any cell.
        code: of the system, by which connections may name it.
        name: of the system.
    """
    zones = tuple(
        Zone(
            row=row,
            name=_cell(cells, "name"),
            private_ip=_cell(cells, "private_ip"),
            public_ip=_cell(cells, "public_ip"),
            vlan=_cell(cells, "vlan"),
            purpose=_cell(cells, "purpose"),
        )
        for row, cells in _rows(answers, "zones")
        if _cell(cells, "name")
    )
    places = _places(answers)
    zone_names = _Names(zone.name for zone in zones)
    place_names = _Names(place.name for place in places)
    devices = tuple(
        Device(
            row=row,
            name=_cell(cells, "name"),
            model=_cell(cells, "model"),
            quantity=_quantity(cells),
            location=_cell(cells, "location"),
            purpose=_cell(cells, "purpose"),
            zone_named=_cell(cells, "zone"),
            zone=zone_names.find(_cell(cells, "zone")),
            place=place_names.find(_cell(cells, "location")),
        )
        for row, cells in _rows(answers, "devices")
        if _cell(cells, "name")
    )
    services = tuple(
        _service(row, cells, zones, devices, (zone_names, place_names))
        for row, cells in _rows(answers, "services")
        if _cell(cells, "name")
    )
    finder = _Ends(code, name, zone_names, services, devices)
    connections = tuple(
        Connection(
            row=row,
            source=finder.find(_cell(cells, "from")),
            target=finder.find(_cell(cells, "to")),
            content=_cell(cells, "content"),
            frequency=_cell(cells, "frequency"),
        )
        for row, cells in _rows(answers, "connections")
    )
    return Architecture(
        code=code,
        name=name,
        zones=zones,
        devices=devices,
        services=services,
        connections=connections,
        places=places,
        outside=finder.outside,
        hosting=_values(answers, "system.hosting"),
        kinds=_values(answers, "kinds"),
        has_users=bool(answers.get("system.users")),
    )


def _rows(answers: Mapping[str, Any], table: str) -> Iterable[tuple[int, Mapping[str, Any]]]:
    rows = answers.get(table)
    return enumerate(rows, start=1) if isinstance(rows, list) else ()


def _cell(cells: Mapping[str, Any], column: str) -> str:
    value = cells.get(column)
    return "" if value is None else " ".join(legible(str(value)).split())


def _quantity(cells: Mapping[str, Any]) -> int:
    value = cells.get("quantity")
    return value if isinstance(value, int) and value > 0 else 1


def _values(answers: Mapping[str, Any], question: str) -> tuple[str, ...]:
    value = answers.get(question)
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _places(answers: Mapping[str, Any]) -> tuple[Place, ...]:
    found: dict[str, Place] = {}
    for table in ("devices", "services"):
        for _, cells in _rows(answers, table):
            name = _cell(cells, "location")
            site, _, part = (half.strip() for half in name.partition(","))
            if plain(name) and _cell(cells, "name"):
                found.setdefault(plain(name), Place(name=name, site=site, part=part))
    return tuple(found.values())


def _only(found: Iterable[int | None]) -> int | None:
    """Return what all of them are; None where they differ."""
    kinds = set(found)
    return kinds.pop() if len(kinds) == 1 else None


class _Names:
    """Looks names up as people vary them: accents, case, a part in brackets, «Vùng» before it."""

    def __init__(self, names: Iterable[str]) -> None:
        self._exact: dict[str, int] = {}
        self._loose: dict[str, int | None] = {}
        for index, name in enumerate(names):
            self._exact.setdefault(plain(name), index)
            for form in {_bare(name), _short(name), _short(_BRACKETS.sub(" ", name))}:
                # Two names with the same short form: neither is meant for sure.
                self._loose[form] = None if form in self._loose else index

    def find(self, name: str) -> int | None:
        if not plain(name):
            return None
        exact = self._exact.get(plain(name))
        if exact is not None:
            return exact
        for form in (_bare(name), _short(name)):
            if form and self._loose.get(form) is not None:
                return self._loose[form]
        return None


def _bare(name: str) -> str:
    return plain(_BRACKETS.sub(" ", name))


def _short(name: str) -> str:
    words = plain(name).split()
    while len(words) > 1 and words[0] in {"vung", "zone", "mang"}:
        words = words[1:]
    return " ".join(words)


def _service(
    row: int,
    cells: Mapping[str, Any],
    zones: tuple[Zone, ...],
    devices: tuple[Device, ...],
    names: tuple[_Names, _Names],
) -> Service:
    zone_names, place_names = names
    service = Service(
        row=row,
        name=_cell(cells, "name"),
        servers=_cell(cells, "servers"),
        os=_cell(cells, "os"),
        location=_cell(cells, "location"),
        purpose=_cell(cells, "purpose"),
        zone=None,
        place=place_names.find(_cell(cells, "location")),
    )
    zone = zone_names.find(_cell(cells, "zone"))
    if zone is None:
        zone = _zone_of_service(service, zones, devices)
    return service.model_copy(update={"zone": zone})


def _zone_of_service(service: Service, zones: tuple[Zone, ...], devices: tuple[Device, ...]) -> int | None:
    """Find the zone by the server: a device of that name, a zone whose purpose names it, a device's purpose.

    The surest sign that points to one zone alone wins; where none does, the service has no zone.
    """
    servers = {plain(part) for part in _SERVER_MARKS.split(service.servers) if plain(part)}
    own = {plain(service.name)}
    signs = (
        (device.zone for device in devices if plain(device.name) in servers),
        (at for at, zone in enumerate(zones) if any(_holds(zone.purpose, server) for server in servers)),
        (device.zone for device in devices if any(_holds(device.purpose, server) for server in servers)),
        (device.zone for device in devices if {plain(device.purpose), plain(device.name)} & own),
        (at for at, zone in enumerate(zones) if plain(zone.name) in own),
    )
    for sign in signs:
        zone = _only(sign)
        if zone is not None:
            return zone
    return None


def _holds(text: str, words: str) -> bool:
    return f" {words} " in f" {plain(text)} "


class _Ends:
    """Says what the two cells of a connection mean; what nobody knows is outside."""

    def __init__(
        self,
        code: str,
        name: str,
        zones: _Names,
        services: tuple[Service, ...],
        devices: tuple[Device, ...],
    ) -> None:
        self._system = {plain(code), plain(name), plain(f"{code} {name}"), plain(f"{name} {code}")}
        self._known: tuple[tuple[EndKind, _Names], ...] = (
            ("zone", zones),
            ("service", _Names(service.name for service in services)),
            ("device", _Names(device.name for device in devices)),
        )
        self._servers: dict[str, int] = {}
        for index, service in enumerate(services):
            for part in _SERVER_MARKS.split(service.servers):
                self._servers.setdefault(plain(part), index)
        self._outside: dict[str, tuple[int, str]] = {}

    @property
    def outside(self) -> tuple[str, ...]:
        return tuple(name for _, name in self._outside.values())

    def find(self, name: str) -> End | None:
        if not name:
            return None
        key = plain(name)
        if key and key in self._system:
            return End(kind="system", index=0)
        for kind, names in self._known:
            index = names.find(name)
            if index is not None:
                return End(kind=kind, index=index)
        if key and key in self._servers:
            return End(kind="service", index=self._servers[key])
        index, _ = self._outside.setdefault(key or name, (len(self._outside), name))
        return End(kind="outside", index=index)
