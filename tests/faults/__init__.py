"""Faults: processes killed in the middle of their work, full disks, foreign locks, clocks set back.

``python -m tests.faults --rounds 100`` kills a hundred times per kind; the tests beside do a few of each.
"""
