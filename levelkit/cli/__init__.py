"""Command line: thin commands over the services, in Vietnamese."""
