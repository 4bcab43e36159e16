"""What leaves and enters the book as files."""
