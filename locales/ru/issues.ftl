issues-list-title = Вопросы местного значения: { $count }
issues-list-text = Здесь видно, за что отвечает айыл окмоту или мэрия. Нажмите тему или напишите слово для поиска, например: дорога.
issues-list-empty = Список пока не заполнен. С вопросами обращайтесь в айыл окмоту или мэрию.
issues-all = Все вопросы
issues-page = страница { $page } из { $pages }
issues-whole-list = Весь список
issues-whose-title = Список какого места открыть?

issues-found-title = По запросу «{ $words }» найдено: { $count }
issues-not-found-title = Ничего не нашлось
issues-not-found-text = Вопроса со словом «{ $words }» нет. Напишите другое слово или откройте весь список.

issues-fact-law = Основание
issues-fact-responsible = Ответственный
issues-fact-contact = Телефон
issues-fact-renewed = Обновлено
issues-nobody-yet = пока не указан
issues-doing = Что делается сейчас:
issues-never-renewed = Сведения пока не внесены
issues-fresh = Сведения свежие. Следующее обновление до { $until }
issues-overdue = Срок обновления прошел: { $until }

issues-follow = Подписаться
issues-unfollow = Отписаться
issues-followed = Вы подписаны. Теперь этот вопрос в вашем списке, в разделе «Обо мне».
issues-followed-already = Вы уже подписаны на этот вопрос.
issues-unfollowed = Вы отписались.
issues-followed-button = Мои подписки
issues-followed-title = Мои подписки: { $count }
issues-followed-none = Пока вы ни на что не подписаны. Откройте вопрос и нажмите «Подписаться».

issues-share = Поделиться
issues-share-title = Отправить другим
issues-share-text = Сообщение ниже можно переслать в группу села или квартала.
issues-share-choose = Выбрать чат
issues-share-inline = Показать в чате
