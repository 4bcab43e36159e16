"""Reports: list, desk (outline, page, trace), issue, download, comparison."""
