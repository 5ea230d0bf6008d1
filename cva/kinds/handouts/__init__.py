"""What sheets of things handed to people have in common: cash and vouchers."""
