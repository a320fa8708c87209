"""The local WhatsApp: the Graph API's part for one business number, and the phones of the people who write to it."""
