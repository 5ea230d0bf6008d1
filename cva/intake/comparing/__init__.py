"""A staged sheet held against the ledger: people, hand-outs, vouchers, lists, payments."""
