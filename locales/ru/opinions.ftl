# Quick polls in groups and channels: opinions, never decisions

opinions-title = Опросы
opinions-text = Опрос помогает быстро узнать мнение тех, кто есть в группе или канале. Кто как ответил, не видно. Итог никого не обязывает.
opinions-none = Опросов пока не было.
opinions-new = Провести опрос
opinions-all = Опросы
opinions-mark = Опрос. Ни к чему не обязывает, только чтобы узнать мнение. Открыт до { $on }.
opinions-ask-question = О чем спросить? Напишите одним предложением. Опрос только узнает мнение: его итог никого не обязывает и решением не станет.
opinions-named-question = Вопрос
opinions-ask-options =
    Какие будут ответы? Напишите все в одном сообщении, каждый на своей строке. Например:
    Да
    Нет
    Не знаю
opinions-named-options = Ответы
opinions-ask-days = Сколько дней опрос будет открыт?
opinions-named-days = Срок
opinions-days = { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[many] { $count } дней
}
opinions-ask-where = Где спросить?
opinions-named-where = Где
opinions-everywhere = Везде: { $count }
opinions-asked = Опрос отправлен.
opinions-open = Открыт до { $until }
opinions-counting = Закрыт, ответы считаются
opinions-closed = Закрыт: { $at }
opinions-lost = не сосчитан: сообщение удалено или бота там нет
opinions-stands = стоит, счет виден там
opinions-on-its-way = отправляется
opinions-line = { $option }: { $count } ({ $per_cent } %)
opinions-voters = Ответили: { $count }
opinions-answered = ответили: { $count }
opinions-not-binding = Этот опрос только узнает мнение: его итог никого не обязывает.
opinions-result = Итог опроса
opinions-close = Закрыть сейчас
opinions-close-text = После этого никто не сможет ответить, открыть опрос снова нельзя. Итог появится там же.
opinions-close-yes = Да, закрыть
