publications-title = Публикация
publications-channel-site = Официальный сайт
publications-channel-board = Информационная доска
publications-channel-social = Каналы и группы
publications-channel-event = Мероприятия
publications-all-current = Список опубликован всеми четырьмя способами
publications-some-behind = Способы, где список нужно обновить: { $count }/{ $of }
publications-site-by-itself = всегда актуален, страницу показывает сам бот
publications-not-yet = еще не опубликован
publications-behind-since = устарел: { $on }, { $where }
publications-current-since = обновлен: { $on }, { $where }
publications-list-changed = Список изменился в последний раз: { $on }
publications-changed = Вопросы, измененные после публикации: { $issues }
publications-changed-more = Вопросы, измененные после публикации: { $issues } и еще { $more }

publications-site-text = Эта страница обновляется сама вместе со списком. Попросите поставить ссылку на нее на официальный сайт, потом отметьте это ниже.
publications-site-folder = Открытая страница бота пока не работает. Попросите того, кто установил бота, выгрузить список папкой (команда export-site) и загрузить ее на официальный сайт. Потом отметьте это ниже.
publications-board-text =
    1. Нажмите язык и получите файл PDF.
    2. Распечатайте и повесьте на информационную доску.
    3. Сфотографируйте и нажмите «Список висит».
publications-event-text =
    1. Нажмите язык и получите файл PDF.
    2. Распечатайте и раздайте тем, кто пришел на собрание или другое мероприятие.
    3. Нажмите «Список роздан».

publications-social-title = Каналы и группы
publications-none-linked = Пока не подключен ни один канал и ни одна группа. Нажмите «Добавить канал».
publications-broken = { $title }: отключено { $on }, список там не публикуется.
publications-post-all = Опубликовать везде
publications-how-to-link = Добавить канал
publications-card = Готовый текст
publications-fact-kind = Вид
publications-kind-channel = канал
publications-kind-group = группа
publications-fact-language = Язык
publications-fact-village = Село
publications-fact-posted = Последняя публикация
publications-fact-link = Ссылка
publications-place-empty = список здесь еще не опубликован
publications-current = список актуален
publications-behind = список устарел
publications-group-pins = Чтобы список был закреплен вверху группы, сделайте бота администратором с правом закреплять сообщения.
publications-post-now = Опубликовать сейчас
publications-post-again = Обновить сейчас
publications-unlink = Отключить
publications-unlinked = Отключено: список больше не публикуется здесь. Прежнее сообщение остается; если оно не нужно, удалите его сами.
publications-relinked = Снова подключено.
publications-language-set = В следующий раз список выйдет здесь на этом языке.

publications-how-title = Как добавить канал или группу
publications-how-nowhere = Бота добавляют в каналы и группы только в Telegram, а здесь он не подключен.
publications-add-channel = Добавить в канал
publications-add-group = Добавить в группу
publications-how-text =
    Нажмите кнопку ниже и выберите свой канал или группу. Если так не выходит, сделайте иначе.

    Канал:
    1. Откройте канал и нажмите на его название.
    2. Нажмите «Администраторы» → «Добавить администратора» и найдите { $bot }.
    3. Оставьте права публиковать и изменять сообщения и сохраните.

    Группа:
    1. Откройте группу и нажмите на ее название.
    2. Нажмите «Добавить участников» и найдите { $bot }.

    Как только бот будет добавлен, он сам напишет вам здесь.
publications-joined = Подключено. Теперь здесь можно публиковать список.
publications-joined-already = Это место уже подключено.
publications-joined-not-staff = В каналах и группах бот сам ничего не пишет. Публиковать там список может только сотрудник айыл окмоту или мэрии.
publications-left = Бота убрали отсюда, список здесь больше не публикуется. Если добавить бота снова, связь восстановится.
publications-needs-right-channel = Бот не может писать в этот канал, поэтому канал не подключен. Нажмите на название канала: «Администраторы» → бот. Включите права «Публикация сообщений» и «Изменение сообщений», и канал сразу подключится.
publications-needs-right-group = Бот не может писать в эту группу, поэтому группа не подключена. Нажмите на название группы: «Администраторы» → «Добавить администратора» → бот. Включите право «Закрепление сообщений», и группа сразу подключится.

publications-ask-title = Опубликовать везде?
publications-ask-text = Список увидит много людей: каналов — { $channels }, групп — { $groups }.
publications-ask-new = Новых сообщений
publications-ask-changed = Изменится закрепленных
publications-ask-yes = Опубликовать
publications-posting-title = Список отправляется
publications-posting-text = Мест: { $count }. Каждая публикация сама попадет в журнал.
publications-look = Посмотреть

publications-post-title = Перечень вопросов местного значения
publications-post-state = По состоянию на { $on }. Вопросов: { $count }
publications-post-law = Основание: { $law }
publications-post-charter = Основание: Устав местного сообщества
publications-post-overdue = Вопросы с истекшим сроком обновления: { $numbers }
publications-post-never = Вопросы, по которым сведения еще не внесены: { $numbers }
publications-post-open = Открыть в боте
publications-post-page = Читать в интернете
publications-card-title = Текст для отправки
publications-card-text = Перешлите сообщение ниже в группу WhatsApp или в другой чат: нажмите на него и подержите, потом выберите «Переслать» или «Копировать». После этого отметьте публикацию.
publications-card-bot = Открыть в боте: { $link }
publications-card-page = Читать в интернете: { $link }

publications-board-next = Распечатайте и повесьте на информационную доску. Потом сфотографируйте и отметьте это ниже.
publications-event-next = Распечатайте и разрежьте пополам. Когда раздадите, отметьте это ниже.
publications-paper-bot = Телеграм-бот
publications-paper-page = Страница в интернете
publications-paper-as-of = По состоянию на { $on }
publications-paper-appeal = Наведите камеру телефона на код, чтобы открыть и прочитать любой вопрос. Регистрация не нужна.

publications-note-title = Отметить публикацию
publications-note-site = Есть на сайте
publications-note-board = Список висит
publications-note-social = Текст отправлен
publications-note-event = Список роздан
publications-ask-where-site = На какой странице сайта стоит список? Пришлите ссылку.
publications-ask-where-board = Где висит список? Например: здание айыл окмоту, 1 этаж.
publications-ask-where-social = В какой чат вы отправили текст? Например: группа WhatsApp «Соседи».
publications-ask-where-event = На каком мероприятии роздан список? Например: собрание улицы.
publications-ask-when = Когда? Нажмите кнопку или напишите дату, например: { $example }
publications-ask-photo = Пришлите фото, оно останется в журнале. Можно и без него.
publications-today = Сегодня
publications-yesterday = Вчера
publications-fact-where = Где
publications-fact-when = Когда
publications-fact-photo = Фото
publications-fact-who = Кто
publications-fact-noted = Записано в журнал
publications-noted = Записано в журнал.

publications-log = Журнал публикаций
publications-log-title = Журнал публикаций: { $count }
publications-log-empty = Пока ничего не записано.
publications-by-bot = сам бот
publications-by-staff = сотрудник
publications-withdraw = Убрать запись
publications-withdrawn = Запись убрана из журнала. Если это ошибка, ее можно вернуть.
publications-kept = Запись снова на месте.
