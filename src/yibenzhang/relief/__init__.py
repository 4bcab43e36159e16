"""The relief account (减负账) and the suggestion box: what the grass roots were asked, and what they say of it."""
