"""Measurements, run by one command each; figures are ratios against something named in the same run."""
