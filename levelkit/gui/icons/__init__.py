"""Icons: Lucide drawings and our own, in token colours."""

from levelkit.gui.icons.engine import icon, pixmap, with_icon

__all__ = ["icon", "pixmap", "with_icon"]
