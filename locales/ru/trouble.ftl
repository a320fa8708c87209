trouble-whatsapp-token = WhatsApp больше не принимает ключ бота (WHATSAPP_TOKEN), код { $code }. Возьмите новый ключ в Meta Business, впишите его в файл .env и перезапустите бота. Ответы и письма до этого ждут, ничего не пропадет.
trouble-whatsapp-account = WhatsApp не дает нашему номеру отправлять, код { $code }. Посмотрите в WhatsApp Manager, все ли в порядке с аккаунтом, номером, регистрацией и оплатой.
trouble-whatsapp-template = WhatsApp не принял шаблон письма, код { $code }. Что с шаблонами, покажет команда: python -m bot templates. Письма пока идут через Telegram или ждут, когда читатель напишет сам; ничего не пропадет.
trouble-whatsapp-unreachable = Нет связи с WhatsApp, поэтому бот там сейчас не отвечает. Он откроется сам, когда связь появится; написанное до этого ждет.
trouble-whatsapp-unknown = WhatsApp не знает нашего номера (WHATSAPP_PHONE_ID), или у ключа нет на него права, код { $code }. Проверьте номер в файле .env и перезапустите бота.
trouble-whatsapp-opened = WhatsApp открыт: бот отвечает и там.
