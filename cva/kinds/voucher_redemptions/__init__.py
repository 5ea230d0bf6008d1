"""Vendors' claims for vouchers."""
