"""Responsibility lists (责任清单): what each tier and post answers for in a year, split downwards from one origin."""
