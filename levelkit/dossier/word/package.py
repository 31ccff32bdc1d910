"""Word: the parts of a .docx, and the file: the same bytes for the same parts."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from levelkit.dossier.word.looks import FONT, LANGUAGE
from levelkit.dossier.word.xml import HEAD, el, root, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES = {
    "word/document.xml": f"{_WORD}document.main+xml",
    "word/styles.xml": f"{_WORD}styles+xml",
    "word/settings.xml": f"{_WORD}settings+xml",
    "word/fontTable.xml": f"{_WORD}fontTable+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}
_DATE = (1980, 1, 1, 0, 0, 0)


def relations(found: Sequence[tuple[str, str, str]], outside: Mapping[str, str] | None = None) -> bytes:
    """Return a part of relations.

    Args:
        found: id, kind, target of each.
        outside: address to id, for those that lead out of the file.
    """
    rows = [
        el("Relationship", {"Id": key, "Type": kind if "/" in kind else _KIND + kind, "Target": target})
        for key, kind, target in found
    ]
    rows += [
        el(
            "Relationship",
            {"Id": key, "Type": f"{_KIND}hyperlink", "Target": target, "TargetMode": "External"},
        )
        for target, key in (outside or {}).items()
    ]
    return (HEAD + el("Relationships", {"xmlns": f"{_PACKAGE}relationships"}, *rows)).encode()


def package(parts: Mapping[str, bytes], *, title: str, author: str) -> bytes:
    """Return the file.

    Args:
        parts: the parts below ``word/`` that differ from document to document, with their relations.
        title: of the document.
        author: who issues it.
    """
    whole = {
        "_rels/.rels": relations(
            [
                ("rId1", "officeDocument", "word/document.xml"),
                ("rId2", f"{_PACKAGE}relationships/metadata/core-properties", "docProps/core.xml"),
                ("rId3", "extended-properties", "docProps/app.xml"),
            ]
        ),
        "docProps/core.xml": _core(title, author),
        "docProps/app.xml": _app(author),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/theme/theme1.xml": _theme(),
        **parts,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name, data in (("[Content_Types].xml", _types(whole)), *whole.items()):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            file.writestr(entry, data)
    return out.getvalue()


def _types(parts: Mapping[str, bytes]) -> bytes:
    rows = [
        el(
            "Default",
            {"Extension": "rels", "ContentType": "application/vnd.openxmlformats-package.relationships+xml"},
        ),
        el("Default", {"Extension": "xml", "ContentType": "application/xml"}),
        el("Default", {"Extension": "png", "ContentType": "image/png"}),
    ]
    for name in parts:
        kind = _TYPES.get(name)
        if name.startswith("word/header"):
            kind = f"{_WORD}header+xml"
        elif name.startswith("word/footer"):
            kind = f"{_WORD}footer+xml"
        if kind:
            rows.append(el("Override", {"PartName": f"/{name}", "ContentType": kind}))
    return (HEAD + el("Types", {"xmlns": f"{_PACKAGE}content-types"}, *rows)).encode()


def _core(title: str, author: str) -> bytes:
    spaces = {
        "xmlns:cp": f"{_PACKAGE}metadata/core-properties",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    }
    made = el(
        "cp:coreProperties",
        spaces,
        el("dc:title", None, words(title)),
        el("dc:creator", None, words(author)),
        el("dc:language", None, LANGUAGE),
        el("cp:lastModifiedBy", None, words(author)),
    )
    return (HEAD + made).encode()


def _app(author: str) -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    made = el(
        "Properties",
        {"xmlns": space},
        el("Application", None, "levelkit"),
        el("Company", None, words(author)),
    )
    return (HEAD + made).encode()


def _settings() -> bytes:
    """Return the settings; no fields are updated on opening, which would ask the reader first."""
    uri = "http://schemas.microsoft.com/office/word"
    modes = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
    }
    return root(
        "w:settings",
        ("w",),
        el("w:zoom", {"w:percent": 100}),
        el("w:bordersDoNotSurroundHeader"),
        el("w:bordersDoNotSurroundFooter"),
        el("w:defaultTabStop", {"w:val": 567}),
        el("w:characterSpacingControl", {"w:val": "doNotCompress"}),
        el(
            "w:compat",
            None,
            *(
                el("w:compatSetting", {"w:name": name, "w:uri": uri, "w:val": value})
                for name, value in modes.items()
            ),
        ),
        el("w:themeFontLang", {"w:val": LANGUAGE, "w:eastAsia": LANGUAGE, "w:bidi": LANGUAGE}),
        el("w:decimalSymbol", {"w:val": ","}),
        el("w:listSeparator", {"w:val": ";"}),
    )


def _fonts() -> bytes:
    return root(
        "w:fonts",
        ("w",),
        el(
            "w:font",
            {"w:name": FONT},
            el("w:altName", {"w:val": "Liberation Serif"}),
            el("w:panose1", {"w:val": "02020603050405020304"}),
            el("w:charset", {"w:val": "00"}),
            el("w:family", {"w:val": "roman"}),
            el("w:pitch", {"w:val": "variable"}),
        ),
    )


def _theme() -> bytes:
    """Return a theme of black, white and greys, whose fonts are the documents' own."""
    colors = {
        "dk1": "000000",
        "lt1": "FFFFFF",
        "dk2": "1F1F1F",
        "lt2": "F2F2F2",
        "accent1": "1F4E9E",
        "accent2": "404040",
        "accent3": "595959",
        "accent4": "7F7F7F",
        "accent5": "A6A6A6",
        "accent6": "BFBFBF",
        "hlink": "000000",
        "folHlink": "000000",
    }
    scheme = (el(f"a:{name}", None, el("a:srgbClr", {"val": value})) for name, value in colors.items())
    face = "".join(el(f"a:{script}", {"typeface": FONT}) for script in ("latin", "ea", "cs"))
    solid = el("a:solidFill", None, el("a:schemeClr", {"val": "phClr"}))
    line = el("a:ln", {"w": 6350}, solid)
    effect = el("a:effectStyle", None, el("a:effectLst"))
    return root(
        "a:theme",
        ("a",),
        el(
            "a:themeElements",
            None,
            el("a:clrScheme", {"name": "levelkit"}, *scheme),
            el(
                "a:fontScheme",
                {"name": "levelkit"},
                el("a:majorFont", None, face),
                el("a:minorFont", None, face),
            ),
            el(
                "a:fmtScheme",
                {"name": "levelkit"},
                el("a:fillStyleLst", None, solid * 3),
                el("a:lnStyleLst", None, line * 3),
                el("a:effectStyleLst", None, effect * 3),
                el("a:bgFillStyleLst", None, solid * 3),
            ),
        ),
    ).replace(b"<a:theme ", b'<a:theme name="levelkit" ', 1)
