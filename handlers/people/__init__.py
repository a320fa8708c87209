"""People and what they tell the municipality about themselves."""
