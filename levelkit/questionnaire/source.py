"""Read one form file strictly: duplicate keys, wrong shapes and ``for_each``, each error with its place."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from levelkit import strict_yaml
from levelkit.errors import FormError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic import ValidationError

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_REPEATED = ("groups", "questions")


def read_yaml(path: Path) -> dict[str, Any]:
    """Return the mapping that a form file holds. Raises FormError naming file, line and remedy."""
    try:
        data = strict_yaml.read_shipped(path.read_text(encoding="utf-8"))
    except strict_yaml.StrictYamlError as error:
        raise FormError(f"{path.name}, {error}") from error
    except UnicodeDecodeError as error:
        raise FormError(f"{path.name}: không đọc được chữ. Lưu lại tệp theo UTF-8.") from error
    if not isinstance(data, dict):
        raise FormError(f"{path.name}: tệp phải là một ánh xạ. Bắt đầu tệp bằng khóa «id» hoặc «banners».")
    checked: dict[str, Any] = _nfc(data)
    return checked


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_nfc(key): _nfc(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_nfc(item) for item in value]
    return value


def expand(file: str, value: Any) -> Any:
    """Replace every ``{for_each: [...], groups|questions: [...]}`` entry by its repetitions.

    ``{name}`` in any text of a repetition stands for that key of the item; an entry may name the items that
    it is left out for with ``not_for: [key, ...]``. Raises FormError for a placeholder that no item fills.
    """
    if isinstance(value, dict):
        return {key: expand(file, item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    result: list[Any] = []
    for entry in value:
        if isinstance(entry, dict) and "for_each" in entry:
            result.extend(expand(file, _repeat(file, entry)))
        else:
            result.append(expand(file, entry))
    return result


def _repeat(file: str, entry: Mapping[str, Any]) -> list[Any]:
    keys = [key for key in _REPEATED if key in entry]
    items = entry["for_each"]
    if len(keys) != 1 or set(entry) != {"for_each", keys[0]} or not isinstance(items, list):
        raise FormError(
            f"{file}, for_each: phải đi cùng đúng một khóa «groups» hoặc «questions». Bỏ khóa thừa."
        )
    result: list[Any] = []
    for item in items:
        if not isinstance(item, dict) or "key" not in item:
            raise FormError(f"{file}, for_each: mỗi mục phải có khóa «key». Thêm khóa này.")
        result.extend(_fill(file, part, item) for part in _without(entry[keys[0]], item["key"]))
    return result


def _without(parts: Any, key: str) -> list[Any]:
    kept: list[Any] = []
    for part in parts:
        if not isinstance(part, dict):
            kept.append(part)
            continue
        if key in part.get("not_for", ()):
            continue
        rest = {name: value for name, value in part.items() if name != "not_for"}
        if isinstance(rest.get("questions"), list):
            rest["questions"] = _without(rest["questions"], key)
        kept.append(rest)
    return kept


def _fill(file: str, value: Any, item: Mapping[str, Any]) -> Any:
    if isinstance(value, str):
        exact = _PLACEHOLDER.fullmatch(value)
        if exact and exact[1] in item:
            return item[exact[1]]

        def replace(found: re.Match[str]) -> str:
            if found[1] not in item:
                raise FormError(
                    f"{file}, for_each «{item['key']}»: chưa có khóa «{found[1]}». Thêm khóa này."
                )
            return str(item[found[1]])

        return _PLACEHOLDER.sub(replace, value)
    if isinstance(value, dict):
        return {key: _fill(file, inner, item) for key, inner in value.items()}
    if isinstance(value, list):
        return [_fill(file, inner, item) for inner in value]
    return value


def explain(error: ValidationError) -> str:
    """Return the first problem of a model as «khóa …: what, remedy»."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"]) or "gốc"
    kind = first["type"]
    if kind == "extra_forbidden":
        return f"khóa «{place}» không có trong lược đồ. Bỏ khóa này hoặc sửa chính tả."
    if kind == "missing":
        return f"thiếu khóa «{place}». Thêm khóa này."
    if kind in {"literal_error", "enum"}:
        allowed = first.get("ctx", {}).get("expected", "")
        return f"khóa «{place}» ghi «{first['input']}». Chọn một trong {allowed}."
    return f"khóa «{place}» ghi sai ({first['msg']}). Sửa giá trị này."
