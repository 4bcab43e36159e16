"""Reading (读稿): any page or draft in, clean text, metadata and claims out. No database, no web framework."""

from yibenzhang.reading.model import Claim, Inconsistency, NonClaim, ReadError, Reading
from yibenzhang.reading.reader import read_page

__all__ = ["Claim", "Inconsistency", "NonClaim", "ReadError", "Reading", "read_page"]
