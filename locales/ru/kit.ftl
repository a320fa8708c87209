kit-language-name = Русский

kit-choose = Выбрать
kit-choose-more = Ещё выбор
kit-choose-how = Если список не открывается, напишите номер или название
kit-back = Назад
kit-cancel = Отмена
kit-main-menu = Главное меню
kit-next = Далее
kit-previous = Предыдущая
kit-send = Отправить
kit-send-contact = Отправить номер
kit-send-location = Отправить место
kit-skip = Пропустить
kit-undo = Вернуть
kit-change = Изменить: { $what }

kit-check-answers = Проверьте перед отправкой
kit-skipped = без ответа
kit-photo = фото
kit-voice = голосовое сообщение
kit-received = Получено.
kit-page-offer = Все ответы можно написать на одной странице. Или просто ответьте здесь.
kit-page-open = Открыть страницу
kit-page-answer = Ваш ответ
kit-page-wrong = { $what }: { $why }
kit-cancelled = Остановлено. Ответы сохранены: нажмите «Вернуть», чтобы продолжить с того же места.
kit-goes-on = Начатое раньше сохранено: продолжайте с этого места. Чтобы начать заново, нажмите «Отмена».
kit-nothing-to-cancel = Отменять нечего.
kit-crashed =
    Простите, у нас что-то пошло не так. Вы ничего не испортили.
    Попробуйте еще раз чуть позже. Если повторится, назовите этот код в айыл окмоту или мэрии: { $code }
