"""Domain: frozen models and the fact catalogue. No I/O, no clock, no Qt."""
