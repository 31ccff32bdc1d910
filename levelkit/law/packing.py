"""Law: a ruleset as one file: a zip of YAML files and a manifest with their hashes."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from levelkit.errors import RulesetError

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
MANIFEST = "manifest.json"
MAX_PACKAGE = 8 * 1024 * 1024
MAX_FILE = 4 * 1024 * 1024
MAX_FILES = 40

_NAME = re.compile(r"(?:requirements/)?[a-z0-9][a-z0-9-]*\.yaml")
_KEYS = {"format", "id", "version", "sha256", "files"}
_DAY = (1980, 1, 1, 0, 0, 0)  # no clock in a package: the same ruleset gives the same bytes


def content_hash(files: Mapping[str, str]) -> str:
    """Return the SHA-256 (hex) over names and contents, in the order of the names."""
    digest = hashlib.sha256()
    for name in sorted(files):
        content = files[name].encode()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def pack(files: Mapping[str, str], ruleset_id: str, version: str) -> bytes:
    """Return the package of a ruleset's files; the same files give the same bytes."""
    manifest = {
        "format": FORMAT,
        "id": ruleset_id,
        "version": version,
        "sha256": content_hash(files),
        "files": {name: hashlib.sha256(files[name].encode()).hexdigest() for name in sorted(files)},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        for name, content in ((MANIFEST, text), *((name, files[name]) for name in sorted(files))):
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            package.writestr(info, content.encode())
    return buffer.getvalue()


def unpack(data: bytes) -> tuple[dict[str, str], str, str]:
    """Return the files of a package, its id and its version, every hash checked.

    Raises:
        RulesetError: no package, foreign or oversized files, a path, an altered file, another format.
    """
    if len(data) > MAX_PACKAGE:
        raise RulesetError(f"Gói quy định: lớn hơn {MAX_PACKAGE // 2**20} MB; chọn đúng tệp gói quy định.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            files = _read(package)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        EOFError,
        RuntimeError,
        ValueError,
        zlib.error,
    ) as error:
        raise RulesetError(f"Gói quy định: không đọc được tệp zip ({error}); tải lại gói.") from None
    manifest = _manifest(files.pop(MANIFEST, None))
    listed = manifest["files"]
    if set(listed) != set(files):
        different = sorted(set(listed) ^ set(files))
        raise RulesetError(
            f"Gói quy định: tệp {', '.join(different)} không khớp danh sách trong {MANIFEST}; tải lại gói."
        )
    for name, content in files.items():
        if hashlib.sha256(content.encode()).hexdigest() != listed[name]:
            raise RulesetError(f"Gói quy định: tệp {name} đã bị sửa (mã băm khác {MANIFEST}); tải lại gói.")
    if content_hash(files) != manifest["sha256"]:
        raise RulesetError(f"Gói quy định: mã băm của cả gói khác {MANIFEST}; tải lại gói.")
    return files, manifest["id"], manifest["version"]


def _read(package: zipfile.ZipFile) -> dict[str, str]:
    infos = package.infolist()
    if len(infos) > MAX_FILES:
        raise RulesetError(
            f"Gói quy định: có {len(infos)} tệp, nhiều hơn {MAX_FILES}; chọn đúng tệp gói quy định."
        )
    files: dict[str, str] = {}
    for info in infos:
        name = info.filename
        if name != MANIFEST and not _NAME.fullmatch(name):
            raise RulesetError(
                f"Gói quy định: tên tệp «{name[:60]}» không được nhận; "
                "gói chỉ chứa tệp .yaml ở gốc và ở requirements."
            )
        if name in files:
            raise RulesetError(f"Gói quy định: tệp {name} có hai lần; tạo lại gói.")
        with package.open(info) as stream:
            content = stream.read(MAX_FILE + 1)
        if len(content) > MAX_FILE:
            raise RulesetError(f"Gói quy định: tệp {name} lớn hơn {MAX_FILE // 2**20} MB; chọn đúng tệp.")
        try:
            files[name] = content.decode("utf-8")
        except UnicodeDecodeError:
            raise RulesetError(f"Gói quy định: tệp {name} không phải UTF-8; lưu lại bằng UTF-8.") from None
    return files


def _manifest(text: str | None) -> dict[str, Any]:
    if text is None:
        raise RulesetError(f"Gói quy định: thiếu {MANIFEST}; chọn đúng tệp gói quy định.")
    try:
        manifest: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise RulesetError(f"Gói quy định: {MANIFEST} không phải JSON; tải lại gói.") from None
    shaped = (
        isinstance(manifest, dict)
        and set(manifest) == _KEYS
        and isinstance(manifest["files"], dict)
        and all(isinstance(manifest[key], str) for key in ("id", "version", "sha256"))
    )
    if not shaped:
        raise RulesetError(
            f"Gói quy định: {MANIFEST} cần đúng các khóa {', '.join(sorted(_KEYS))}; tạo lại gói."
        )
    if manifest["format"] != FORMAT:
        raise RulesetError(
            f"Gói quy định: định dạng {manifest['format']} không phải {FORMAT} mà chương trình đọc; "
            "cập nhật chương trình."
        )
    return dict(manifest)
