"""What happened in the demo years: plans of records by theme. Every figure follows from how many records stand here."""
