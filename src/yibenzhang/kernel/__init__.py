"""Periods, quantities, text keys and the error base: plain Python, no framework."""
