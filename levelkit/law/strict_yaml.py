"""Law: strict reading of YAML text, for rulesets and facts files alike.

Core schema alone: ``true`` and ``false`` are the only booleans, dates are YYYY-MM-DD, no foreign tags,
no duplicate keys, one document. Aliases are taken, as long as they neither loop nor swell.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

MAX_DEPTH = 40
MAX_VALUES = 200_000

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOLEAN = {"true": True, "false": False}
_WHOLE = re.compile(r"[-+]?[0-9]{1,400}", re.ASCII)
_DECIMAL = re.compile(r"[-+]?[0-9]{1,400}\.[0-9]{1,400}", re.ASCII)
_EXPONENT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)[eE][-+]?[0-9]+", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CORE = "tag:yaml.org,2002:"


class StrictYamlError(ValueError):
    """The text cannot be taken; the message is Vietnamese and names line, rule and remedy."""


class EmptyDocument:
    """The text holds no document at all: nothing, or comments alone."""


EMPTY = EmptyDocument()


class OddScalar:
    """A plain scalar that other YAML readers take for a number, and that is none here (1e5, 0x1F, .inf)."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


_ODD = re.compile(
    r"[-+]?(0x[0-9a-fA-F]+|0o[0-7]+|\.(inf|Inf|INF)|[0-9]+\.|\.[0-9]+)|\.(nan|NaN|NAN)", re.ASCII
)


def read_yaml(text: str) -> Any:
    """Return plain data: dict, list, str, int, float, bool, ``date``, None; ``EMPTY`` without a document.

    Raises:
        StrictYamlError: broken YAML, several documents, duplicate keys, foreign tags, too deep, too large.
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.allow_duplicate_keys = True  # found below, where the message can name the key
    try:
        documents = list(yaml.compose_all(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"dòng {mark.line + 1}" if mark is not None else "không rõ dòng"
        raise StrictYamlError(f"YAML hỏng ở {line}: {error.problem or error.context}.") from None
    except YAMLError as error:
        raise StrictYamlError(f"YAML hỏng: {str(error).splitlines()[0]}.") from None
    except RecursionError:
        raise StrictYamlError("các mục lồng nhau quá sâu; viết lại phẳng hơn.") from None
    if len(documents) > 1:
        raise StrictYamlError("tệp có nhiều tài liệu YAML (dấu ---); mỗi tệp chỉ giữ một tài liệu.")
    if not documents or _is_nothing(documents[0]):
        return EMPTY
    return _Builder().build(documents[0], 0)


def _is_nothing(node: Node | None) -> bool:
    return node is None or (isinstance(node, ScalarNode) and not node.value and node.style is None)


class _Builder:
    """Turns nodes into data, counting what aliases unfold to."""

    def __init__(self) -> None:
        self._values = 0

    def build(self, node: Node, depth: int) -> Any:
        self._values += 1
        if depth > MAX_DEPTH:
            raise StrictYamlError(
                f"{_line(node)}: các mục lồng nhau quá {MAX_DEPTH} tầng; viết lại phẳng hơn."
            )
        if self._values > MAX_VALUES:
            raise StrictYamlError(
                f"{_line(node)}: tệp bung ra quá {MAX_VALUES} giá trị; bỏ bớt tham chiếu *."
            )
        if isinstance(node, ScalarNode):
            return _scalar(node)
        if isinstance(node, SequenceNode):
            _check_tag(node, "seq")
            return [self.build(item, depth + 1) for item in node.value]
        if isinstance(node, MappingNode):
            _check_tag(node, "map")
            return self._mapping(node, depth)
        raise StrictYamlError(f"{_line(node)}: phần tử YAML này không được nhận.")

    def _mapping(self, node: MappingNode, depth: int) -> dict[Any, Any]:
        built: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.build(key_node, depth + 1)
            if isinstance(key, dict | list):
                raise StrictYamlError(
                    f"{_line(key_node)}: khóa phải là chữ hoặc số, không phải danh sách hay bảng."
                )
            if key in built:
                raise StrictYamlError(f"{_line(key_node)}: khóa «{key}» lặp lại; chỉ giữ một lần.")
            built[key] = self.build(value_node, depth + 1)
        return built


def _line(node: Node) -> str:
    return f"dòng {node.start_mark.line + 1}" if node.start_mark is not None else "không rõ dòng"


def _tag_of(node: Node) -> str:
    tag = node.tag
    return str(tag.value if hasattr(tag, "value") else tag) if tag is not None else ""


def _check_tag(node: Node, expected: str) -> None:
    if _tag_of(node) not in {"", "!", _CORE + expected}:
        raise StrictYamlError(f"{_line(node)}: thẻ {_tag_of(node)} không được nhận; bỏ thẻ này.")


def _scalar(node: ScalarNode) -> Any:
    text: str = node.value
    if node.style is not None:  # quoted or block: text, unless a core tag says otherwise
        return _tagged(node, text) if _explicit(node) else text
    if _explicit(node):
        return _tagged(node, text)
    return _plain(text)


def _explicit(node: ScalarNode) -> bool:
    # The resolver gives plain scalars the tag of its own schema; the source says whether one was written.
    buffer = node.start_mark.buffer if node.start_mark is not None else None
    if buffer is None:
        return not _tag_of(node).startswith(_CORE)
    return bool(buffer[node.start_mark.index : node.start_mark.index + 1] == "!")


def _plain(text: str) -> Any:
    if text in _NULL:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _EXPONENT.fullmatch(text) or _ODD.fullmatch(text):
        return OddScalar(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _tagged(node: ScalarNode, text: str) -> Any:
    tag = _tag_of(node)
    if tag in {"!", f"{_CORE}str"}:
        return text
    value = _plain(text)
    wanted = {"int": int, "float": float, "bool": bool, "null": type(None), "timestamp": date}
    kind = wanted.get(tag.removeprefix(_CORE)) if tag.startswith(_CORE) else None
    if kind is None or type(value) is not kind:
        raise StrictYamlError(
            f"{_line(node)}: thẻ {tag} với giá trị «{text[:40]}» không được nhận; bỏ thẻ này."
        )
    return value
