"""Pages of 责任清单."""
