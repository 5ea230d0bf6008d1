"""People in need, and the registration numbers they are known by."""
