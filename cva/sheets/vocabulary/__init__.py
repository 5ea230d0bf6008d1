"""What sheets may say in each language, and what each kind of sheet may hold."""
