"""One module per kind of input; each turns bytes or text into a ``Page`` of lines with their layout."""
