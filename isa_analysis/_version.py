"""The version, in one place: the build reads it and the reports print it."""

__version__ = "0.1.0"
