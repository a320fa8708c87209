"""What is said: one module per feature, from a turn to a screen."""
