"""Pages of coverage (覆盖面): which education reached which members, which units an inspection round reached."""
