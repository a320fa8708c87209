"""The list of issues of local importance, as a resident reads it."""
