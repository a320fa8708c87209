"""What is true: rules of participation as pure functions of the standard library."""
