"""Facts worth a second look before a voucher is approved (如实记录): each with its source, none a verdict."""
