"""Tests of the dossier: contexts in, documents out."""
