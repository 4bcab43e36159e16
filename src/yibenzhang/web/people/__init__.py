"""People: lists within scope, a person's dated facts, registering them."""
