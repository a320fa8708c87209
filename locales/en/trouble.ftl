trouble-whatsapp-token = WhatsApp does not accept the bot’s token (WHATSAPP_TOKEN) any more, code { $code }. Take a new one from Meta Business, put it into the file .env and start the bot again. Until then answers and letters wait; nothing is lost.
trouble-whatsapp-account = WhatsApp does not let our number send, code { $code }. See in the WhatsApp Manager whether account, number, registration and payment are in order.
trouble-whatsapp-template = WhatsApp did not take the template of a letter, code { $code }. How the templates stand is told by: python -m bot templates. Letters go by Telegram meanwhile, or wait until the reader writes; nothing is lost.
trouble-whatsapp-unreachable = WhatsApp cannot be reached, so the bot does not answer there now. It opens by itself when it can be; what people write waits until then.
trouble-whatsapp-unknown = WhatsApp does not know our number (WHATSAPP_PHONE_ID), or the token has no right to it, code { $code }. Check the number in the file .env and start the bot again.
trouble-whatsapp-opened = WhatsApp is open: the bot answers there too.
