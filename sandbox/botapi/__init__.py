"""What can the bot ask of Telegram? The methods of the Bot API, grouped by meaning, over HTTP."""
