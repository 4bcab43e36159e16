"""Follow-up (督办): a person pursues a gap with a deadline and a named recipient, without pestering."""
