# stands in the group itself, when the bot cannot write to whoever added it
groups-greeting = Здравствуйте! Я бот Ашар. Если хотите, чтобы сюда приходили новости села, человек, который меня добавил, пусть нажмет кнопку ниже и скажет, какого села эта группа.
groups-greeting-open = Открыть бота

groups-ask-home = Какого айылного аймака или города эта группа? Выберите.
groups-ask-village = Вы добавили бота в эту группу. Какого села или микрорайона эта группа? Выберите. Потом айыл окмоту или мэрия подключит группу. До этого бот ничего в ней не напишет.
groups-whole-aimak = Весь айылный аймак
groups-whole-city = Весь город
groups-elsewhere = Другое место

groups-state-asked = Не сказано, чья это группа
groups-state-waiting = Ждет решения айыл окмоту или мэрии
groups-state-linked = Подключена
groups-state-declined = Не подключена
groups-state-removed = Просьба больше не действует
groups-state-expired = Срок истек
groups-means-waiting = Я напишу вам, когда решат. До этого бот ничего не напишет в группе.
groups-means-linked = Теперь айыл окмоту или мэрия может публиковать здесь новости. Подписать или поддержать можно только в самом боте, не в группе.
groups-means-declined = Айыл окмоту или мэрия не подключили эту группу. О причине можно спросить у них.
groups-means-removed = Бота удалили из группы, или он не может в ней писать. Если нужно, добавьте его снова.
groups-means-expired = За 14 дней никто не решил. Если нужно, удалите бота из группы и добавьте снова.

groups-fact-group = Группа
groups-fact-whose = Чья
groups-fact-asked = Когда попросили
groups-fact-name = Имя
groups-fact-decided = Кто решил

groups-waiting = Группы ждут
groups-waiting-title = Группы ждут подключения: { $count }
groups-waiting-none = Сейчас ни одна группа не ждет.
groups-decide-text = Откройте группу и проверьте, что она правда отсюда. Если подключить ее, вы сможете публиковать в ней новости.
groups-approve = Подключить
groups-decline = Не подключать
groups-open-place = Страница группы
groups-approved = Группа подключена. Тот, кто добавил бота, получит сообщение.
groups-declined = Группа не подключена. Тот, кто добавил бота, получит сообщение.

groups-whose = Чья группа
groups-whose-text = Чей это канал или группа? Выберите.
groups-whose-set = Отмечено.

groups-letter-asks = Группа ждет подключения
groups-letter-look = Посмотреть

# --- cards with live counters ---

groups-cards = Карточки
groups-cards-text = На карточке стоит счет петиции или предложения, он меняется сам. Кнопка карточки открывает бота: там люди подписывают или поддерживают.
groups-cards-none = Карточек здесь нет.
groups-card-new = Поставить карточку
groups-card-where = Где поставить карточку? Выберите.
groups-card-choose = Карточку чего поставить? Выберите.
groups-card-choose-none = Сейчас ставить нечего: нет ни петиции, под которой собирают подписи, ни нерешенного предложения.
groups-card-preview = Так это будет выглядеть в «{ $place }», кнопка откроет бота. Увидят все, кто там есть.
groups-card-put = Поставить сюда
groups-card-put-done = Карточка поставлена. Счет будет меняться сам.
groups-card-stands = Так это стоит в «{ $place }». Счет меняется сам.
groups-card-is-down = Эта карточка убрана из «{ $place }».
groups-card-down = Убрать
groups-card-down-done = Карточка убрана.
groups-card-put-back = Поставить снова
groups-card-sign = Открыть и подписать
groups-card-support = Поддержать в боте
groups-card-read = Читать в боте
groups-card-late = Срок сбора подписей истек
groups-card-gone = Эту карточку убрали айыл окмоту или мэрия.
groups-card-what = Карточка
groups-card-vanished = Карточку удалили из группы
groups-card-vanished-text = Кто-то удалил ее в мессенджере. Сам бот ее не вернет. Если нужно, поставьте снова.
