"""Whom education and inspection reached (覆盖面): read from the ledger's vouchers, nothing stored, no rates, no ranks."""
