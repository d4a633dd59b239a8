"""The job that tidies up, and how often. Knows not what it does."""

from datetime import timedelta

TIDY = "housekeeping.tidy"
EVERY = timedelta(hours=6)
