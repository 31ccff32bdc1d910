"""The plan matrix: every requirement of the level with its answer, in groups, beside the row's detail.

``board`` knows rows, answers, filters and gaps without Qt; ``model``, ``delegate`` and ``view`` show them;
``detail`` and ``bulk`` edit one row or many; ``page`` puts them together.
"""
