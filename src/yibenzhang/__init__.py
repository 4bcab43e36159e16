"""党建一本账 (yibenzhang): one ledger for the records of Party-building work."""
