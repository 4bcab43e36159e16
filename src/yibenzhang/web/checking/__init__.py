"""核稿: bring a text, see its figures beside the ledger, decide, check again."""
