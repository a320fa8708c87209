"""What the municipality announces, how it goes out, and what people read of it."""
