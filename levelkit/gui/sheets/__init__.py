"""Tables and reports of the whole inventory: bringing in, giving out, the yearly report."""
