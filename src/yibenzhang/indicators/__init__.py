"""Indicators (指标): one definition, two readings. The only place with analytic SQL."""
