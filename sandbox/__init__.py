"""How can the bot be tried without a token? With a Bot API and imaginary people on this very machine."""
