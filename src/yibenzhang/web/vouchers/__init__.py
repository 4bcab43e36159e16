"""Pages of vouchers (凭证): lists, the voucher's face, review, reversal, correction, evidence."""
