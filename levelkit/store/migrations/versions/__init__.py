"""Store: one module per workspace format, in order."""
