"""From words to an indicator: which figure a sentence speaks of, with reasons and rivals. Checking and reports share it."""
