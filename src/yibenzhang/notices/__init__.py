"""Notices (通知): told once, received with one tap, no reply forced."""
