"""Import and export pages."""
