"""Reports (报告): a person's text, the ledger's figures; frozen at issue, and what has moved since."""
