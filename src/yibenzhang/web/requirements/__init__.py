"""Pages of the duties (规定动作): matrix, why, what is due, calendar."""
