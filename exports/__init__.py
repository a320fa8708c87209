"""What can be taken away: pure functions from data to bytes and plain text."""
