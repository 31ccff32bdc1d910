"""The board: the whole inventory on one page."""
