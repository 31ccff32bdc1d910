"""Appraisal: what a dossier still lacks, with the rule that asks for it."""
