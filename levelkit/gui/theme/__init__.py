"""Theme: colours, type, style sheet, focus ring. One sheet for the application, none in widgets.

Widgets say what they are by dynamic properties, and the sheet does the rest:

``role`` on QLabel
    ``page_title`` 22/600, ``question`` 16/600 (also card titles), ``name`` 14/600, ``help`` 14 text2,
    ``secondary`` 13 text2, ``hint`` 13 text3, ``group`` 13/600 text2, ``level`` 26/600,
    ``level_open`` 16/600, ``mono`` 13, ``error`` 14/500 err, ``saved`` 13, ``key`` (key cap, Mono 12).
``kind`` on QPushButton and QToolButton
    none (outlined), ``primary``, ``quiet`` (no edge), ``link`` (underlined), ``icon`` (icon alone),
    ``segment`` (part of a row of filters; checkable).
``surface`` on QWidget and QFrame
    ``bg``, ``surface``, ``sunken``, ``sel``, ``card`` (edge and radius 8), ``desk``, ``line`` (a 1 px rule),
    ``bar_top``, ``bar_bottom`` (with a rule at that side's page).
``tone`` on a QFrame (a banner) or QLabel (a chip with ``chip`` true)
    ``err``, ``warn``, ``ok``, ``hint``, ``sel``.
``invalid`` on fields
    true: edge 2 px ``err``.

After a property changes, call `restyle`. Sizes in code go through `Theme.px`.
"""

from levelkit.gui.theme.theme import Theme, restyle, theme

__all__ = ["Theme", "restyle", "theme"]
