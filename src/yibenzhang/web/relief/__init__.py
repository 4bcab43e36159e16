"""The relief account, looking at a text before it is issued, and the suggestion box."""
