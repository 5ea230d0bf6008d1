"""Vouchers handed out to people."""
