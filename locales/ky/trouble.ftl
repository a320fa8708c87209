trouble-whatsapp-token = WhatsApp боттун ачкычын (WHATSAPP_TOKEN) кабыл албай койду, код { $code }. Жаңы ачкычты Meta Business аркылуу алып, .env файлына жазыңыз да, ботту кайра иштетиңиз. Жооптор менен каттар ошого чейин күтөт, эч нерсе жоголбойт.
trouble-whatsapp-account = WhatsApp биздин номерден кат жөнөттүрбөй жатат, код { $code }. WhatsApp Manager барагынан эсеп, номер, каттоо жана төлөм жайында экенин караңыз.
trouble-whatsapp-template = WhatsApp даяр каттын үлгүсүн кабыл алган жок, код { $code }. Үлгүлөр кандай турганын бул буйрук көрсөтөт: python -m bot templates. Каттар азырынча Telegram аркылуу барат же окурман өзү жазганча күтөт, эч нерсе жоголбойт.
trouble-whatsapp-unreachable = WhatsApp менен байланыш жок, ошондуктан бот анда азыр жооп бербейт. Байланыш чыкканда өзү ачылат, жазылгандар ошого чейин күтөт.
trouble-whatsapp-unknown = WhatsApp биздин номерди (WHATSAPP_PHONE_ID) тааныган жок, же ачкычтын ага укугу жок, код { $code }. .env файлындагы номерди текшерип, ботту кайра иштетиңиз.
trouble-whatsapp-opened = WhatsApp ачылды: бот анда да жооп берип жатат.
