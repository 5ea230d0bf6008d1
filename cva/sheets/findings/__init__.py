"""What is wrong where: codes, texts, and how each is shown."""
