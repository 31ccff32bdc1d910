"""The questionnaire: loader, types, interview, and the shipped forms."""
