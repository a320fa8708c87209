# Stands in three languages at once and is the same in every file: nobody's language is known yet.
people-ask-language =
    Саламатсызбы! Мен — «Ашар»: сизди айыл өкмөтү же мэрия менен байланыштырам. Тилди тандаңыз.

    Здравствуйте! Я — «Ашар»: помогаю вам быть на связи с айыл окмоту или мэрией. Выберите язык.

    Hello! I am “Ashar”: I keep you in touch with your local government. Choose a language.
people-ask-municipality = В каком айылном аймаке или городе вы живете? Выберите или напишите название.
people-ask-village-aimak = В каком селе вы живете? Выберите или напишите название. Это нужно, чтобы приходили новости именно вашего села.
people-ask-village-city = В каком микрорайоне вы живете? Выберите или напишите название. Это нужно, чтобы приходили новости именно вашего микрорайона.
people-village-elsewhere = Нет в списке

# When the substance changes, raise CONSENT_VERSION in actions/people.py.
people-consent-text =
    Вы согласны на хранение ваших данных? Согласие нужно, чтобы получать новости и участвовать. Чтобы читать, оно не нужно.

    Кто хранит: { $place }.
    Что: ваш номер в мессенджере (ID), язык, место жительства и то, что вы здесь пишете и выбираете. По желанию — телефон, в зашифрованном виде.
    Зачем: чтобы новости дошли до вас и один человек голосовал один раз.
    Паспорт и ПИН не спрашиваем никогда.

    Серверы Telegram и WhatsApp за границей: переписка идет через них.
    Удалить данные можно в любой момент: «Обо мне» → «Удалить мои данные».
    Закон «Об информации персонального характера», 14.04.2008, № 58.
people-consent-yes = Согласен(на)
people-consent-no = Только читать
people-welcome = Спасибо, согласие записано. Теперь вы на связи: { $place }.
people-welcome-guest = Хорошо. Читать можно все и без согласия. Если потом захотите участвовать: «Обо мне» → «Участвовать».

people-join = Участвовать
people-declare = Я член сообщества
people-prove-phone = Подтвердить номер
people-language = Язык
people-move = Где я живу
people-notifications = Уведомления
people-my-data = Мои данные
people-forget-me = Удалить мои данные
people-fact-language = Язык
people-fact-municipality = Айылный аймак или город
people-fact-village = Село
people-fact-microdistrict = Микрорайон
people-fact-street = Улица
people-street = Моя улица
people-street-ask = На какой улице вы живете? Выберите. Тогда придет и то, что касается только вашей улицы: например, когда не будет воды или света.
people-street-none = Не указывать
people-street-kept = Улица записана.
people-street-gone = Улица стерта.
people-fact-notify = Уведомления
people-fact-roles = Ваши роли
people-language-changed = Дальше пишу по-русски.
people-move-elsewhere = Новое место: { $place }. Прочтите, что изменится при переезде.
people-move-signatures = ✍️ Ваши подписи остаются в силе, всего: { $count }. До передачи списка в айыл окмоту или мэрию их можно отозвать в разделе «Мои петиции»; ответ вам тоже придет.
people-move-groups = 👥 Из инициативных групп на прежнем месте вы выходите, всего: { $count }.
people-move-membership = Что вы член местного сообщества, на новом месте нужно заявить заново.
people-move-roles = Ваша должность на прежнем месте здесь не действует.
people-move-yes = Да, переезжаю
people-moved = Место жительства изменено.

people-not-joined = Вы читаете, но пока не зарегистрированы
people-level-guest = Номер пока не подтвержден
people-level-phone = Номер подтвержден
people-level-resident = Член сообщества (по вашему заявлению)
people-level-confirmed = Член сообщества (подтверждено айыл окмоту или мэрией)

people-notify-at-once = Сразу
people-notify-daily = Раз в день
people-notify-weekly = Раз в неделю
people-notify-never = Не писать

people-phone-title = Подтверждение номера
people-ask-phone =
    Подтвердите номер, чтобы один человек голосовал один раз. Другие жители его не увидят.

    Нажмите кнопку ниже: мессенджер сам отправит ваш номер. Набирать не нужно.
people-ask-keep-phone =
    Хранить ли и сам номер?

    Если нет, останется только код, сделанный из номера: его хватает, чтобы один человек голосовал один раз. Если да, айыл окмоту или мэрия сможет при необходимости вам позвонить; номер хранится в зашифрованном виде.
people-keep-phone-no = Нет
people-keep-phone-yes = Да
people-phone-proven = Спасибо, номер подтвержден.

people-resident-title = Член сообщества
people-ask-resident =
    Член местного сообщества — это тот, кому исполнилось { $age ->
        [one] { $age } год
        [few] { $age } года
       *[many] { $age } лет
    } и кто здесь зарегистрирован или живет больше года. Подписывать и голосовать могут члены сообщества.

    Документы не нужны, вы заявляете об этом сами. Если это неправда, подпись и голос не засчитываются.

    Что подходит вам?
people-resident-registered = Зарегистрирован(а)
people-resident-over-a-year = Живу больше года
people-resident-neither = Не подходит
people-resident-declared = Спасибо, ваше заявление записано.

people-my-data-text = Все, что мы о вас храним, в этом файле.
people-data-title = Что мы о вас храним
people-data-number = Ваш номер внутри бота
people-data-since = Когда вы написали впервые
people-data-language = Язык
people-data-municipality = Айылный аймак или город
people-data-village = Село или микрорайон
people-data-street = Улица
people-data-notify = Уведомления
people-data-consent = Когда дано согласие
people-data-consent-version = Версия текста согласия
people-data-phone-hash = Код, сделанный из телефона
people-data-phone = Телефон
people-data-phone-proven = Когда подтвержден телефон
people-data-level = Ваше участие
people-data-declared = Когда вы заявили о членстве
people-data-confirmed = Когда подтвердили айыл окмоту или мэрия
people-data-roles = Ваши обязанности
people-data-staff-name = Ваше имя в роли сотрудника
people-data-accounts = Ваши номера в мессенджерах (ID):
people-data-follows = Вопросы, на которые вы подписаны:
people-data-proposals = Мои предложения
people-data-supports = Предложения, которые я поддерживаю
people-data-proposals-followed = Предложения, на которые я подписан(а)
people-data-reports = Мои жалобы на тексты
people-data-draft = Незаконченные ответы:
people-data-journal = Записи в журнале:

people-role-clerk = сотрудник айыл окмоту или мэрии
people-role-moderator = модератор
people-role-head = глава айыл окмоту или мэр
people-role-deputy = депутат кенеша
people-role-monitoring = член группы мониторинга
people-role-admin = администратор бота

people-forget-text =
    Сведения о вас будут удалены навсегда: номер в мессенджере, телефон, село, язык, подписки и незаконченные ответы. Вернуть их нельзя.

    В журнале останется только то, что произошло, без вашего имени. Саму переписку удалите в мессенджере сами.
people-forget-signatures = Ваших подписей будет снято (под еще не переданными петициями)
people-forget-yes = Да, удалить
people-forgotten = Сведения о вас удалены
people-forgotten-text = Если мы снова понадобимся, просто напишите: познакомимся заново.

# what happened, in the file of «my data»
people-event-person-settled = Указано место жительства
people-event-person-street-said = Указана улица
people-event-person-consented = Дано согласие на хранение данных
people-event-person-notify = Изменена частота уведомлений
people-event-person-phone-proven = Подтвержден номер
people-event-person-declared = Заявлено членство в сообществе
people-event-person-confirmed = Подтверждено членство жителя
people-event-person-unconfirmed = Вы отозвали подтверждение членства
people-event-person-accounts-joined = Мессенджеры объединены
people-event-person-accounts-parted = Подключенный мессенджер убран
people-event-person-office-confirmed = Служебная роль в мессенджере подтверждена
people-event-person-forgotten = Удалены данные
people-event-issue-followed = Подписка на вопрос
people-event-issue-unfollowed = Подписка на вопрос отменена
people-event-issue-changed = Изменен вопрос
people-event-role-invited = Приглашен сотрудник
people-event-role-invitation-withdrawn = Отозвано приглашение
people-event-role-taken-up = Принята роль
people-event-role-ended = Снята роль сотрудника
people-event-role-restored = Возвращена роль сотрудника
people-event-place-linked = Подключен канал или группа
people-event-place-unlinked = Отключен канал или группа
people-event-place-asked = Вы попросили подключить группу
people-event-place-declined = Вы отказали в подключении группы
people-event-place-village-set = Вы указали, какого села канал или группа
people-event-card-put = Вы поставили в группу или канал карточку со счетчиком
people-event-card-taken-down = Вы убрали карточку из группы или канала
people-event-opinion-asked = Вы провели опрос в группе или канале
people-event-opinion-closed = Вы закрыли опрос
people-event-list-published = Опубликован перечень
people-event-list-publication-withdrawn = Отозвана запись о публикации
people-event-municipality-founded = Добавлен айылный аймак или город
people-event-municipality-changed = Изменены сведения об айылном аймаке или городе
people-event-person-named = Вы назвали свое имя для подписи под петициями
people-event-petition-begun = Вы начали петицию
people-event-petition-edited = Вы изменили текст петиции
people-event-petition-sent = Вы отправили петицию
people-event-petition-decided = Вы приняли решение по петиции
people-event-petition-appealed = Вы попросили пересмотреть отклонение петиции
people-event-petition-sorted = Вы выбрали вопрос петиции
people-event-petition-withdrawn = Вы отозвали петицию
people-event-petition-taken-down = Вы сняли петицию с публикации
people-event-petition-extended = Вы продлили сбор подписей
people-event-petition-closed = Срок петиции истек
people-event-petition-followed = Вы подписались на новости петиции
people-event-petition-unfollowed = Вы отписались от новостей петиции
people-event-petition-group-joined = Вы вошли в инициативную группу
people-event-petition-group-left = Вы вышли из инициативной группы или вывели из нее кого-то
people-event-petition-group-led = Вы передали руководство группой
people-event-petition-news = Вы написали подписавшим
people-event-petition-signed = Вы подписали петицию
people-event-petition-signature-withdrawn = Вы отозвали подпись
people-event-petition-signatures-invalidated = Вы исключили подписи из счета
people-event-petition-signatures-taken-out = Часть подписей исключена из счета
people-event-petition-signatures-restored = Вы вернули подписи в счет
people-event-petition-paper-entered = Вы внесли подписи с бумаги
people-event-petition-paper-namesake = Вы отметили строку листа: другой человек
people-event-petition-paper-removed = Вы исключили бумажный лист из счета
people-event-petition-threshold-reached = Набрано нужное число подписей
people-event-petition-threshold-lost = Подписей стало меньше нужного числа
people-event-petition-handed-over = Вы передали подписи
people-event-petition-registered = Вы зарегистрировали петицию
people-event-petition-answered = Вы ответили на петицию
people-event-petition-kenesh = Вы внесли решение кенеша
people-event-petition-signers-opened = Вы открыли список подписавших
people-event-petition-signers-anonymised = Имена подписавших удалены
people-event-petition-pressure-told = Вы сообщили о давлении или плате
people-event-petition-flag-settled = Вы рассмотрели отметку о множестве подписей
people-event-calendar-day-set = Вы внесли день в календарь рабочих дней
people-event-calendar-day-removed = Вы убрали день из календаря рабочих дней
people-event-threshold-adopted = Вы внесли правило о числе подписей для петиции
people-event-threshold-withdrawn = Вы отозвали правило, которое еще не действовало
people-event-stop-set = Вы приостановили для всех
people-event-stop-lifted = Вы возобновили приостановленное
people-event-proposal-sent = Вы внесли предложение
people-event-proposal-entered = Вы внесли предложение за другого человека
people-event-proposal-supported = Вы поддержали предложение
people-event-proposal-support-withdrawn = Вы сняли поддержку предложения
people-event-proposal-followed = Вы подписались на предложение
people-event-proposal-unfollowed = Вы отписались от предложения
people-event-proposal-withdrawn = Вы отозвали свое предложение
people-event-proposal-registered = Вы зарегистрировали предложение
people-event-proposal-assigned = Вы передали предложение сотруднику
people-event-proposal-noted = Вы сделали заметку к предложению
people-event-proposal-sorted = Вы уточнили вопрос предложения
people-event-proposal-decided = Вы решили по предложению
people-event-proposal-merged = Вы присоединили предложение к похожему
people-event-text-reported = Вы пожаловались на текст
people-event-text-hidden = Текст скрыт
people-event-text-objected = Вы возразили против скрытия вашего текста
people-event-text-reports-settled = Вы рассмотрели жалобы
people-event-template-written = Вы изменили готовый ответ
people-data-signed = Подписанные петиции и коды подписей
people-data-groups = Мои инициативные группы
people-data-petitions-followed = Петиции, на новости которых я подписан(а)
people-data-signs-as = Имя и фамилия под подписями
people-data-signs-shown = Имя, которое видят другие
people-data-topics = Что я выбрал(а) по темам
people-data-villages = Другие села, новости которых я получаю
people-data-muted = О чем я больше не получаю новостей
people-data-groups-asked = Группы, которые вы просили подключить
