"""What financial service providers answer of payments."""
