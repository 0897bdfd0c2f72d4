"""What is kept on disk: files that appear whole or not at all, and the program text that they come from."""
