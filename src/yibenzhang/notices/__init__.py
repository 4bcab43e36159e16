"""Notices (通知): written, looked at, issued by a second person, received with one tap; no reply, no reminder."""
