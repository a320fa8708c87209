announcements-title = Объявления: { $count }
announcements-none = Объявлений пока нет. Нажмите «Написать новое».
announcements-write = Написать новое
announcements-templates = Шаблоны
announcements-tasks = Согласие: объявление
announcements-desk = Объявления
announcements-what-all = Все
announcements-what-asked = Ждут согласия
announcements-what-draft = Черновики
announcements-what-going = В пути
announcements-what-sent = Отправленные
announcements-state-draft = Черновик
announcements-state-asked = Ждет согласия второго сотрудника
announcements-state-planned = Уйдет в назначенное время
announcements-state-sending = Отправляется
announcements-state-paused = Приостановлено
announcements-state-sent = Отправлено
announcements-state-cancelled = Отменено
announcements-state-recalled = Отозвано
announcements-crowd-everybody = Все жители
announcements-crowd-villages = Отдельные села
announcements-crowd-streets = Отдельные улицы
announcements-crowd-issue = Подписчики вопроса
announcements-crowd-petition = Подписавшие петицию
announcements-crowd-staff = Сотрудники
announcements-crowd-places = Каналы и группы
announcements-part-ky = Текст на кыргызском
announcements-part-ru = Текст на русском
announcements-part-file = Фото, файл или голос
announcements-part-audience = Для кого
announcements-part-urgent = Срочность
announcements-part-time = Время отправки
announcements-part-topic = Тема
announcements-change = Изменить
announcements-change-title = Что изменить?
announcements-change-asked = После изменения согласие второго сотрудника надо просить заново.
announcements-ask-topic = О чем объявление? Для каждой темы жители сами выбрали, как часто о ней слышать.
announcements-ask-title-ky = Напишите заголовок на кыргызском: коротко и понятно. Например: Суу өчүрүлөт.
announcements-ask-text-ky = Теперь весь текст на кыргызском: что будет, когда, где, к кому обращаться.
announcements-ask-title-ru = Напишите заголовок на русском. Если пропустить, читающие по-русски получат кыргызский текст.
announcements-ask-text-ru = Теперь весь текст на русском.
announcements-named-title-ky = Заголовок на кыргызском
announcements-named-text-ky = Текст на кыргызском
announcements-named-title-ru = Заголовок на русском
announcements-named-text-ru = Текст на русском
announcements-ask-file = Приложить фото, файл или голосовое сообщение? Пришлите его; если не нужно, пропустите.
announcements-ask-urgent = Это срочно? Срочное объявление приходит и в тихие часы.
announcements-not-urgent = Нет, обычное
announcements-is-urgent = Да, срочное
announcements-ask-why-urgent = Почему срочно? Причина видна в объявлении.
announcements-named-urgent = Причина срочности
announcements-ask-when = Когда отправить?
announcements-now = Сразу
announcements-later = В другое время
announcements-ask-at = Напишите день и время, например: 04.05.2026 14:00. Планировать можно не больше чем на 60 дней вперед.
announcements-ask-crowd = Для кого объявление?
announcements-ask-villages = Для каких сел? Выбирайте по одному.
announcements-ask-streets-of = В каком селе улица?
announcements-ask-streets = Для каких улиц? Выбирайте по одной. Придет только тем, кто указал свою улицу.
announcements-streets-unknown = В этом селе { $count ->
    [one] { $count } человек не указал улицу: ему не придет.
    [few] { $count } человека не указали улицу: им не придет.
   *[many] { $count } человек не указали улицу: им не придет.
}
announcements-ask-issue = Подписчикам какого вопроса?
announcements-ask-petition = Подписавшим какую петицию?
announcements-ask-roles = Сотрудникам с какими обязанностями? Выбирайте по одной.
announcements-ask-places = В какой канал или группу? Выбирайте по одному.
announcements-ask-places-too = Опубликовать и в каналах и группах?
announcements-no-places = Нет, не нужно
announcements-enough = Достаточно
announcements-chosen = Выбрано: { $names }
announcements-correct-title = Исправить объявление
announcements-templates-title = Шаблоны объявлений: { $count }
announcements-templates-text = Слова, которые повторяются, можно сохранить и потом начинать с них. Откройте объявление и нажмите «Как шаблон».
announcements-template-away = Этот шаблон убран
announcements-template-remove = Убрать шаблон
announcements-begin = Начать с него
announcements-ask-name = Как назвать шаблон? Название видят только сотрудники. Например: Когда нет воды.
announcements-named-name = Название шаблона
announcements-kept = Шаблон сохранен.
announcements-keep = Как шаблон
announcements-preview = Так это прочтут жители ({ $language }):
announcements-remark = Второй сотрудник не согласен: «{ $words }»
announcements-corrects = Это новый текст отправленного: { $count ->
    [one] изменится { $count } сообщение
    [few] изменятся { $count } сообщения
   *[many] изменится { $count } сообщений
    }, примерно за { $minutes } мин. WhatsApp не меняет сообщения: туда придет новое.
announcements-whom = Для кого
announcements-when = Когда
announcements-by = Кто написал, кто согласился
announcements-somebody = один из сотрудников
announcements-nobody = Сейчас этого никто не получит: выберите других.
announcements-reach = { $count ->
    [one] Получит { $count } человек
    [few] Получат { $count } человека
   *[many] Получат { $count } человек
    }, рассылка займет примерно { $minutes } мин.
announcements-reach-digests = Из них в сводке за день { $daily }, в сводке за неделю { $weekly }.
announcements-reach-places = Каналы и группы: { $count }
announcements-at-once = Уйдет сразу после подтверждения
announcements-at = Уйдет: { $at }
announcements-quiet = Жители получат: { $at }, когда закончатся тихие часы. В тихие часы доходит только срочное. Если в тексте есть «сегодня» или «завтра», укажите и число.
announcements-time-passed = (это время прошло, выберите другое)
announcements-no-russian = Нет русского текста: читающие по-русски получат кыргызский.
announcements-agree = Да, отправить
announcements-send = Отправить сейчас
announcements-plan = Отправить в срок
announcements-correct-yes = Исправить
announcements-ask = Просить согласия
announcements-decline = Я против
announcements-add-russian = Добавить русский
announcements-drop = Убрать
announcements-was-corrected = Исправление отправлено: полученные сообщения меняются.
announcements-is-planned = Запланировано: уйдет само в назначенное время.
announcements-is-sent = Отправка началась. Кнопка «Обновить» показывает, скольких уже достигло.
announcements-asked = { $count ->
    [one] Согласие попросили у { $count } сотрудника.
    [few] Согласие попросили у { $count } сотрудников.
   *[many] Согласие попросили у { $count } сотрудников.
    } Когда один согласится, объявление уйдет.
announcements-ask-remark = «{ $title }»: почему вы не согласны? Это прочтет автор.
announcements-named-remark = Причина
announcements-was-declined = Автору сообщено. Объявление снова черновик.
announcements-refresh = Обновить
announcements-pause = Приостановить
announcements-continue = Продолжить
announcements-cancel = Отменить
announcements-correct = Исправить
announcements-recall = Отозвать
announcements-undelivered = Кому не дошло
announcements-card = Текст для пересылки
announcements-see = Прочесть
announcements-paused = Приостановлено: пока не продолжите, никому не уйдет.
announcements-continued = Продолжается.
announcements-cancel-title = Отменить объявление?
announcements-cancel-some = { $count ->
    [one] Его уже получил { $count } человек
    [few] Его уже получили { $count } человека
   *[many] Его уже получили { $count } человек
    }, у них оно останется. Остальным не придет. Чтобы удалить его у всех, нажмите «Отозвать».
announcements-cancel-none = Его еще никто не получил, и никто не получит.
announcements-cancel-yes = Да, отменить
announcements-cancelled = Отменено.
announcements-restored = Восстановлено.
announcements-recall-title = Отозвать объявление?
announcements-recall-text = { $count ->
    [one] Будет убрано { $count } сообщение
    [few] Будут убраны { $count } сообщения
   *[many] Будет убрано { $count } сообщений
    }: в Telegram они удаляются, в WhatsApp придет, что объявление не действует. Вернуть нельзя. Можно только в течение 48 часов. Чтобы люди узнали причину, нажмите «Исправить».
announcements-recall-yes = Да, отозвать
announcements-recalled = Отозвано: { $count ->
    [one] убирается { $count } сообщение
    [few] убираются { $count } сообщения
   *[many] убирается { $count } сообщений
    }.
announcements-all-arrived = Дошло до всех.
announcements-about-gone = Эти люди остановили бота или удалили аккаунт. Если они напишут снова, следующие новости к ним придут.
announcements-about-failed = Мессенджер не принял эти сообщения. Если их много, скажите администратору.
announcements-about-in-doubt = В этот миг бот остановился: неизвестно, дошли ли они. Второй раз не отправляются.
announcements-figure-sent = Дошло
announcements-figure-waiting = В очереди
announcements-figure-places = В каналах и группах
announcements-figure-digest = Придет в сводке
announcements-figure-window = Ждет сообщения человека
announcements-figure-gone = Остановили бота
announcements-figure-failed = Не дошло
announcements-figure-in-doubt = Неизвестно, дошло ли
announcements-figure-muted = Не хотят таких новостей
announcements-figure-skipped = Стало не нужно
announcements-figure-cancelled = Отменено
announcements-figure-pressed = Нажали кнопку
announcements-look = Посмотреть
announcements-asks-title = Нужно ваше согласие на объявление
announcements-asks-text = Для кого: { $whom }. Посмотрите и скажите, согласны ли вы.
announcements-agreed-title = Объявление одобрено
announcements-agreed-text = Оно отправляется или уйдет в назначенное время.
announcements-declined-title = С объявлением не согласились
announcements-done-title = Объявление разослано
people-event-announcement-written = Вы написали объявление
people-event-announcement-asked = Вы попросили согласия на объявление
people-event-announcement-declined = Вы не согласились с объявлением
people-event-announcement-sent = Вы отправили объявление
people-event-announcement-paused = Вы приостановили объявление
people-event-announcement-continued = Вы продолжили объявление
people-event-announcement-cancelled = Вы отменили объявление
people-event-announcement-restored = Вы восстановили объявление
people-event-announcement-corrected = Вы исправили объявление
people-event-announcement-recalled = Вы отозвали объявление
announcements-role-clerk = Сотрудники
announcements-role-moderator = Модераторы
announcements-role-head = Глава или мэр
announcements-role-deputy = Депутаты
announcements-role-monitoring = Группа мониторинга
announcements-role-admin = Администраторы
announcements-same = Оставить как есть
announcements-new = Новое объявление
announcements-changing = Изменить объявление
announcements-written-by = Кто написал
announcements-silent =
    { $days ->
        [one] Молчат в WhatsApp больше суток: { $count }. Им сначала придет «есть новость», это займет { $days } день.
        [few] Молчат в WhatsApp больше суток: { $count }. Им сначала придет «есть новость», это займет { $days } дня.
       *[many] Молчат в WhatsApp больше суток: { $count }. Им сначала придет «есть новость», это займет { $days } дней.
    }
announcements-silent-cost = Это стоит не больше { $cost }.
announcements-silent-none = Молчат в WhatsApp больше суток: { $count }. Они прочитают, только когда напишут сами.
