"""The append-only ledger (台账): posting, reversal, closing, and the proof that nothing was altered."""
