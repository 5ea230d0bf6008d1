"""What is read out of the ledger: monthly figures, totals, proof."""
