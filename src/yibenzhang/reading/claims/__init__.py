"""Clean text in, claims out: names and dates set aside, numbers read, units, qualifiers and what is counted found."""
