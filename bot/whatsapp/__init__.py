"""The WhatsApp side: intake of webhooks, drawing, delivery."""
