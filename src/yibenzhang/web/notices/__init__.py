"""Pages of 通知."""
