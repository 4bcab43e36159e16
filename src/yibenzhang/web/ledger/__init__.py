"""The ledger: postings, exports, periods."""
