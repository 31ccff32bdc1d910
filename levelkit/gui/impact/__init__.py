"""Two laws side by side: every system under the old decree and the new."""
