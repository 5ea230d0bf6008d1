"""CVA ledger: the book of record for cash and voucher assistance."""
