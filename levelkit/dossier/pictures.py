"""Dossier: pictures made plain, whatever they come as."""

from __future__ import annotations

import io


def plain_png(data: bytes, most: int | None = None) -> bytes:
    """Return a picture as PNG in RGB on white.

    PDF/A knows no CMYK beside an sRGB intent, nor broken profiles.

    Args:
        data: a picture of any kind that Pillow reads.
        most: its longest side in dots is no longer than this.

    Raises:
        ValueError: it cannot be read.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            flat = image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")
            page = Image.new("RGB", flat.size, "white")
            page.paste(flat, mask=flat.getchannel("A") if flat.mode == "RGBA" else None)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise ValueError("no picture") from error
    if most is not None:
        page.thumbnail((most, most))
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()
