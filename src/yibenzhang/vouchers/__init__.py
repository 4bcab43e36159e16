"""Vouchers (凭证), matters (事项) and evidence (佐证材料): what happened, what lasts, what proves it."""
