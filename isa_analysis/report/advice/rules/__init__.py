"""One module per rule; each docstring says what it looks for and what its bound supposes."""
