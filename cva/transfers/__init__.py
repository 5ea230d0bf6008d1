"""Cash paid to people."""
