post-title = Расписание и почта
post-text = Здесь видно, что и когда бот делает сам и как идут письма.
post-look = Обратите внимание
post-well = Все в порядке
post-open = Расписание и почта
post-needs-look = Расписание и почта
post-jobs = Расписание
post-jobs-title = Расписание: { $count }
post-jobs-bad = Не идет как надо: { $count }
post-jobs-well = все идет как надо
post-jobs-text = Это бот делает сам. Нажмите на дело, чтобы увидеть, когда оно было и что сделано.
post-page = Страница
post-waiting = Ждут отправки
post-waiting-title = Ждут отправки: { $count }
post-waiting-text = Чего ждут письма. Делать ничего не нужно: каждое уйдет само, когда придет его время.
post-waiting-none = Сейчас ни одно письмо не ждет.
post-doubtful = Под вопросом
post-doubtful-title = Письма под вопросом: { $count }
post-doubtful-text = Когда эти письма отправлялись, бот внезапно выключился, и неизвестно, дошли ли они. Напоминания и подтверждения в таком случае уходят еще раз сами, объявления — нет: решаете вы.
post-doubtful-none = Писем под вопросом нет.
post-undelivered = Не дошли
post-undelivered-title = Не дошло писем: { $count }
post-undelivered-text = Это письма, которые бот пытался отправить несколько раз и перестал. Тому, кто остановил бота, бот не пишет, пока он сам не напишет снова.
post-undelivered-none = Все письма дошли.
post-in-days =
    { $count ->
        [one] { $shown } за { $count } день
        [few] { $shown } за { $count } дня
       *[many] { $shown } за { $count } дней
    }
post-days =
    { $count ->
        [one] За последний { $count } день
        [few] За последние { $count } дня
       *[many] За последние { $count } дней
    }
post-stopped = Остановили бота
post-stopped-telegram = Остановили бота, Telegram
post-stopped-whatsapp = Остановили бота, WhatsApp
post-gone = Читателя уже нет
post-failed-connection = Не было связи с мессенджером
post-failed-messenger = Мессенджер не принял
post-failed-program = Ошибка программы

post-waits-now = Уходят сейчас
post-waits-in-hand = В пути
post-waits-quiet = Ждут конца тихих часов
post-waits-planned = Ждут своего времени
post-waits-again = Не дошли, отправятся еще раз
post-waits-daily = Ждут сводки за день
post-waits-weekly = Ждут сводки за неделю
post-later-message = WhatsApp: ждут, пока напишет читатель
post-later-knocked = WhatsApp: сказано «есть новость», читатель еще не нажал
post-later-template = WhatsApp не принял готовый текст
post-later-full = WhatsApp: на сегодня число людей исчерпано
post-later-rate = Мессенджер просит подождать
post-waits-paused = Приостановленные объявления
post-broadcasts = Объявления, письма которых еще пишутся

post-letter-announcements = Объявление
post-letter-issues = О вопросе
post-letter-meetings = О собрании
post-letter-petitions = О петиции
post-letter-proposals = О предложении
post-letter-polls = О голосовании
post-letter-plan = О плане
post-letter-outcomes = О результатах
post-letter-work = Служебное письмо
post-letter-account = О регистрации
post-letter-correction = Исправление
post-letter-digest = Сводка
post-letter-post = Сообщение в канале
post-letter-about = Какое
post-letter-posted = Написано
post-letter-since = Под вопросом
post-letter-text = Неизвестно, дошло ли это письмо до читателя. Если отправить еще раз, оно может прийти дважды. Если оставить, может не прийти вовсе.
post-send-all = Отправить все снова
post-leave-all = Оставить все
post-send-one = Отправить еще раз
post-leave-one = Оставить как есть
post-send-title = Отправить еще раз? Писем: { $count }
post-send-text = Если письмо уже дошло, читатель получит его второй раз. Тем, кто отключил такие сообщения, и по отмененному объявлению ничего не уйдет.
post-send-yes = Да, отправить
post-leave-title = Оставить как есть? Писем: { $count }
post-leave-text = Если письмо не дошло, читатель его не получит. В этом списке писем больше не будет.
post-leave-yes = Да, оставить
post-sent-again = Отправляются еще раз: { $count }
post-left = Оставлено как есть: { $count }

post-job-is-never = Еще ни разу не было
post-job-is-runs = Идет сейчас
post-job-is-well = В порядке
post-job-is-failed = В последний раз не получилось
post-job-is-broken-off = Прервалось на середине
post-job-is-late = Опаздывает
post-job-rhythm = Как часто
post-job-last = В последний раз
post-job-took = Заняло
post-job-did = Сделано
post-job-next = Следующий раз
post-job-quick = меньше секунды
post-job-seconds =
    { $count ->
        [one] { $count } секунда
        [few] { $count } секунды
       *[many] { $count } секунд
    }
post-job-fault =
    { $count ->
        [one] Причина: { $why } ({ $kind }). Так было { $count } раз подряд.
        [few] Причина: { $why } ({ $kind }). Так было { $count } раза подряд.
       *[many] Причина: { $why } ({ $kind }). Так было { $count } раз подряд.
    }
post-job-heals = Наполовину ничего не сделано. Дело начнется снова само и наверстает пропущенное. Если это повторяется, скажите тому, кто смотрит за программой: остальное — в ее журнале.
post-job-late = Время прошло. Возможно, бот был выключен: теперь он наверстает сам. Если это повторяется, скажите тому, кто смотрит за программой.
post-fault-database = база данных не ответила
post-fault-time = ушло слишком много времени
post-fault-program = ошибка программы
post-every-day =
    { $count ->
        [one] раз в { $count } день
        [few] раз в { $count } дня
       *[many] раз в { $count } дней
    }
post-every-hour =
    { $count ->
        [one] раз в { $count } час
        [few] раз в { $count } часа
       *[many] раз в { $count } часов
    }
post-every-minute =
    { $count ->
        [one] раз в { $count } минуту
        [few] раз в { $count } минуты
       *[many] раз в { $count } минут
    }
post-every-second =
    { $count ->
        [one] раз в { $count } секунду
        [few] раз в { $count } секунды
       *[many] раз в { $count } секунд
    }

job-empty-inbox = Чистка входящих
job-about-empty-inbox = Удаляет отметки о сообщениях, на которые три дня назад ответили.
job-drop-drafts = Незаконченные ответы
job-about-drop-drafts = Удаляет ответы, отмененные неделю назад или оставленные на девяносто дней.
job-drop-files = Ненужные файлы
job-about-drop-files = Через день удаляет фото, бумаги и голос, которые нигде не понадобились.
job-drop-invitations = Старые приглашения
job-about-drop-invitations = Через девяносто дней удаляет приглашения, по которым никто не пришел.
job-drop-letters = Старые сообщения
job-about-drop-letters = Через пятьдесят шесть дней удаляет доставленные людям сообщения. Цифры объявлений остаются.
job-let-guests-go = Гости без согласия
job-about-let-guests-go = Удаляет данные тех, кто полгода назад пришел и не дал согласия.
job-remind-renewals = Обновление перечня
job-about-remind-renewals = Пишет сотрудникам, когда подходит срок обновить сведения в перечне.
job-change-posts = Закрепленные посты
job-about-change-posts = Когда меняется перечень, обновляет закрепленное сообщение в канале и группах.
job-end-group-requests = Заявки групп
job-about-end-group-requests = Закрывает заявки групп, по которым четырнадцать дней не решали, и сообщает тому, кто просил.
job-post-heads = Отпечаток журнала
job-about-post-heads = Публикует отпечаток журнала в канале: незаметно изменить журнал после этого нельзя.
job-send-digests = Рассылка сводок
job-about-send-digests = Тем, кто хочет новости раз в день или раз в неделю, отправляет их вместе.
job-close-opinions = Опросы
job-about-close-opinions = Закрывает опрос, срок которого вышел, считает ответы и пишет итог там же.
job-follow-cards = Карточки в группах
job-about-follow-cards = Обновляет счет на карточках в группах и каналах, не чаще раза в 3 секунды.
job-settle-announcements = Ход объявлений
job-about-settle-announcements = Отмечает, что объявление начало уходить и ушло всем, и сообщает цифры тому, кто его написал.
job-close-petitions = Закрытие петиций
job-about-close-petitions = Закрывает петиции, срок которых вышел.
job-watch-hand-overs = Срок передачи
job-about-watch-hand-overs = Напоминает группам, собравшим подписи, и закрывает петиции, которые не передали.
job-warn-deadlines = Сроки по петициям
job-warn-proposals = Сроки предложений
job-about-warn-deadlines = Предупреждает сотрудников, когда подходит срок проверить, зарегистрировать петицию или ответить на нее.
job-about-warn-proposals = Предупреждает сотрудников, когда подходит или прошел срок зарегистрировать предложение или ответить на обращение.
job-take-signatures-out = Исключение подписей
job-about-take-signatures-out = Когда из счета исключают много подписей, делает это по частям.
job-take-names-off = Удаление имен
job-about-take-names-off = Удаляет имена подписавших, когда они больше не нужны для ответа.

people-event-post-sent-again = Вы отправили еще раз письма под вопросом
people-event-post-left = Вы оставили как есть письма под вопросом
