"""Vouchers handed out."""
