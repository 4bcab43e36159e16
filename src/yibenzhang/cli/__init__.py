"""The terminal interface: one module a command, each with `SUMMARY`, `configure(parser)` and `run(args)`."""
