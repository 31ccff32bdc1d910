"""The preparer's checks."""
