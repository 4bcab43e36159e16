"""Notices: list, writing, issue, receipt."""
