"""Indicators: lists of figures, and the page of one."""
