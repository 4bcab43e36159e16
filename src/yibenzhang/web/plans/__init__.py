"""Pages of 工作计划."""
