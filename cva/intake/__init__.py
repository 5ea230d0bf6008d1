"""A sheet's way into the ledger: received, checked, submitted, approved, posted."""
