"""The relief account (减负账), computed from what was asked and recorded, and the suggestion box (意见箱)."""
