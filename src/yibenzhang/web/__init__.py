"""Server-rendered pages: thin doors on the domain."""
