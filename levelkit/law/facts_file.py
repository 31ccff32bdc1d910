"""Law: a facts file, YAML or JSON, read strictly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from levelkit.domain.facts import FactSet
from levelkit.errors import FactsError
from levelkit.strict_yaml import EMPTY, OddScalar, StrictYamlError, WrittenDecimal, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 256 * 1024


def read_facts_file(path: Path) -> FactSet:
    """Read a facts file.

    Raises:
        FactsError: the file is missing, too large, not UTF-8, broken, or a value is not allowed.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise FactsError(f"Không có tệp «{path}»; kiểm tra đường dẫn.") from None
    except IsADirectoryError:
        raise FactsError(f"«{path}» là thư mục; ghi đường dẫn của một tệp dữ kiện.") from None
    except OSError as error:
        raise FactsError(f"Tệp «{path}» không đọc được (mã {error.errno}); kiểm tra quyền đọc.") from None
    except ValueError:
        raise FactsError(f"Đường dẫn {str(path)!r} có ký tự không dùng được; sửa đường dẫn.") from None
    return parse_facts(data)


def parse_facts(data: bytes) -> FactSet:
    """Read the bytes of a facts file; nothing, or comments alone, is a file without facts.

    Raises:
        FactsError: names the key, the value and what is allowed.
    """
    if len(data) > MAX_BYTES:
        raise FactsError(
            f"Tệp dữ kiện lớn hơn {MAX_BYTES // 1024} KB; chọn đúng tệp dữ kiện của một hệ thống."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FactsError(
            f"Tệp dữ kiện không phải UTF-8 (byte thứ {error.start + 1}); lưu lại bằng UTF-8."
        ) from None
    raw = _parse(text)
    if raw is EMPTY:
        return FactSet()
    if not isinstance(raw, dict):
        raise FactsError("Tệp dữ kiện phải là một bảng «khóa: giá trị», như «kinds: [internal]».")
    return FactSet.from_mapping(raw)


def _parse(text: str) -> Any:
    if text.lstrip().startswith("{"):
        try:
            return _json(text)
        except json.JSONDecodeError:
            pass  # a YAML mapping in braces
    try:
        return read_yaml(text)
    except StrictYamlError as error:
        raise FactsError(f"Tệp dữ kiện, {error}") from None


def _json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=OddScalar, parse_float=_decimal)
    except RecursionError:
        raise FactsError("Tệp dữ kiện: các mục lồng nhau quá sâu; viết lại phẳng hơn.") from None
    except json.JSONDecodeError:
        raise
    except ValueError:
        raise FactsError("Tệp dữ kiện: có số quá dài; sửa lại số đó.") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    built: dict[str, Any] = {}
    for key, value in pairs:
        if key in built:
            raise FactsError(f"Tệp dữ kiện: khóa «{key[:60]}» lặp lại; chỉ giữ một lần.")
        built[key] = value
    return built


def _decimal(text: str) -> Any:
    return OddScalar(text) if "e" in text.lower() else WrittenDecimal(text)
