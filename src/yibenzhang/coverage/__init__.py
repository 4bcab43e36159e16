"""Coverage (覆盖): which education reached which group of members, which inspection reached which unit."""
