"""Pages of 上级报表."""
