"""Recording (记一笔): choose a kind, answer only what it asks, see what it will post."""
