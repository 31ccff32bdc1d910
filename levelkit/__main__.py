"""Entry points: ``levelkit`` and ``python -m levelkit``."""
