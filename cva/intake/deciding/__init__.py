"""What people do with a sheet: submit, approve, send back, except, take back."""
