"""Pages of 减负账 and 意见箱."""
