"""How risks are scored, and the catalogue of threats to start from: ``forms/risk/*.yaml``."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from levelkit.domain.base import Model
from levelkit.domain.risk import CatalogueEntry, CatalogueKind, RiskMethod
from levelkit.errors import FormError
from levelkit.questionnaire.source import explain, read_yaml
from levelkit.resources import data_dir

if TYPE_CHECKING:
    from pathlib import Path

_M = TypeVar("_M", bound=Model)
METHOD = "method.yaml"
CATALOGUE = "catalogue.yaml"


class RiskCatalogue(Model):
    """Threats to start from, by kind of system, in the order of the file."""

    kinds: tuple[CatalogueKind, ...]
    entries: tuple[CatalogueEntry, ...]

    def entry(self, entry_id: str) -> CatalogueEntry:
        """Return an entry by id; raises KeyError."""
        for entry in self.entries:
            if entry.id == entry_id:
                return entry
        raise KeyError(entry_id)


@lru_cache(maxsize=1)
def risk_method() -> RiskMethod:
    """Return the shipped method. Raises FormError where its file is wrong."""
    return load_method(data_dir("forms") / "risk" / METHOD)


@lru_cache(maxsize=1)
def risk_catalogue() -> RiskCatalogue:
    """Return the shipped catalogue. Raises FormError where its file is wrong."""
    return load_catalogue(data_dir("forms") / "risk" / CATALOGUE)


def load_method(path: Path) -> RiskMethod:
    """Read one method file strictly; raises FormError naming file and key."""
    return _build(path, RiskMethod)


def load_catalogue(path: Path) -> RiskCatalogue:
    """Read one catalogue strictly; raises FormError for ids twice and kinds that the file does not name."""
    found = _build(path, RiskCatalogue)
    kinds = {kind.id for kind in found.kinds}
    seen: set[str] = set()
    for entry in found.entries:
        if entry.id in seen:
            raise FormError(f"{path.name}: nguy cơ «{entry.id}» có hai lần. Đổi tên một trong hai.")
        seen.add(entry.id)
        unknown = sorted(set(entry.kinds) - kinds)
        if unknown or not entry.kinds:
            named = unknown[0] if unknown else ""
            raise FormError(f"{path.name}, «{entry.id}»: không có loại hệ thống «{named}». Sửa khóa «kinds».")
    return found


def _build(path: Path, model: type[_M]) -> _M:
    try:
        return model.model_validate(read_yaml(path))
    except ValidationError as error:
        raise FormError(f"{path.name}: {explain(error)}") from error
