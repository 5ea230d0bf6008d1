"""What one person asks for and another one confirms: corrections, changed lists, money moved."""
