"""Users and what they may do where (权限)."""
