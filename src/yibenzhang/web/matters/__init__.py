"""Matters: what lasts, its life and its links."""
