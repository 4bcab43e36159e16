"""Programmes: window, plan, figures across kinds, vouchers."""
