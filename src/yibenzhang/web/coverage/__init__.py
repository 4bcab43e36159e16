"""Pages of 覆盖."""
