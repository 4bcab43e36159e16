"""What a check can be taken away as: a page of its own, or a Word document with comments."""
