"""The wizard: one system, its sections, and what the law says about it beside every question."""
