petitions-desk-all = Все петиции
petitions-desk-another = Другой человек: { $line }
petitions-desk-another-counts = Строка { $line } учитывается: это другой человек.
petitions-desk-answer = Ответить
petitions-desk-answer-title = Ответ на петицию
petitions-desk-answer-yes = Отправить
petitions-desk-answered = Ответ отправлен.
petitions-desk-as-seen = Как видит житель
petitions-desk-ask-answer = Напишите ответ: что решено, когда и кто исполнит. Его прочтут все подписавшие.
petitions-desk-ask-answer-ru = Напишите тот же ответ по-русски. Без него все прочтут кыргызский.
petitions-desk-ask-assembly = Собрание созывается?
petitions-desk-ask-body = Какой орган этим занимается? Напишите полное название.
petitions-desk-ask-by = Какие подписи исключить из счета?
petitions-desk-ask-count = Сколько подписей на листе? Не больше { $most }. Паспортные данные не пишите.
petitions-desk-ask-demand = Требование принято?
petitions-desk-ask-file = Приложить фото или документ?
petitions-desk-ask-invalid = Подходит подписей: { $count }. Почему вы исключаете их из счета? Причину прочтут все.
petitions-desk-ask-kenesh = Какое решение принял кенеш?
petitions-desk-ask-kenesh-on = Когда кенеш рассмотрит или рассмотрел? Напишите день, например 04.05.2026.
petitions-desk-ask-lines =
    Напишите людей с листа: в каждой строке один человек — имя и фамилия, село, улица. За один раз не больше { $most } строк. Если село неизвестно, поставьте «-».

    Например:
    Айгүл Асанова, { $village }, Манас 12
    Бакыт Токтосунов, { $village }
petitions-desk-ask-link = Подписи по какой ссылке? Чья это ссылка, не говорится.
petitions-desk-ask-number = Напишите номер из журнала регистрации.
petitions-desk-ask-on = Когда зарегистрировано? Выберите или напишите день, например 04.05.2026.
petitions-desk-ask-photo = Пришлите фото листа с подписями. Фото хранится как доказательство.
petitions-desk-ask-remark = Что группе нужно исправить? Напишите точно.
petitions-desk-ask-remove = Почему лист исключается из счета?
petitions-desk-ask-since = С какого времени подписи? Напишите, например, 04.05.2026 14:00.
petitions-desk-ask-to = До какого времени? Напишите, например, 04.05.2026 18:00.
petitions-desk-ask-until = Сейчас до { $is_now }. Напишите новый последний день, не позже { $last }.
petitions-desk-ask-village = Какое село?
petitions-desk-ask-why = По какой причине?
petitions-desk-ask-why-longer = Почему срок продлевается? Это прочтут все.
petitions-desk-ask-words = Объясните причину словами. Это прочтут группа и жители.
petitions-desk-assembly-no = Собрание не созывается
petitions-desk-assembly-yes = Собрание созывается
petitions-desk-basis-model = Типовое правило: своего правила у муниципалитета пока нет
petitions-desk-body = Этим занимается: { $body }
petitions-desk-by-group = участник инициативной группы
petitions-desk-by-hours = За какое-то время
petitions-desk-by-link = По одной ссылке
petitions-desk-by-staff = сотрудник { $name }
petitions-desk-by-unconfirmed = Неподтвержденные
petitions-desk-by-village = Из одного села
petitions-desk-changed = Текст петиции изменился с тех пор, как вы его читали. Прочтите еще раз.
petitions-desk-colleague = сотрудник
petitions-desk-count-sure =
    { $count ->
        [one] К счету прибавится { $count } подпись.
        [few] К счету прибавятся { $count } подписи.
       *[many] К счету прибавится { $count } подписей.
    } Сейчас на бумаге: { $now }.
petitions-desk-day-today = Сегодня, { $day }
petitions-desk-decides-until = { $name }, до { $until }
petitions-desk-demand-no = Требование не принято
petitions-desk-demand-yes = Требование принято
petitions-desk-enter = Внести лист
petitions-desk-enter-more = Еще один лист
petitions-desk-enter-title = Подписи на бумаге
petitions-desk-enter-yes = Прибавить к счету
petitions-desk-entered = Прибавлено подписей: { $count }. Фото листа сохранено.
petitions-desk-extend = Продлить
petitions-desk-extend-title = Продление срока
petitions-desk-extended = Подписи собираются до { $day }. Группе и подписанным на петицию сообщено.
petitions-desk-fact-again = Повторяются строки
petitions-desk-fact-at = Когда
petitions-desk-fact-basis = Основание
petitions-desk-fact-by = Кто
petitions-desk-fact-closes = Последний день
petitions-desk-fact-counted = Подписи
petitions-desk-fact-decides = Сейчас решает
petitions-desk-fact-entered = Внесен
petitions-desk-fact-for = Для кого
petitions-desk-fact-group = Инициативная группа
petitions-desk-group = Список группы
petitions-desk-group-title = Полный список инициативной группы
petitions-desk-group-text = В списке полные имена людей из группы, их села и улицы. Кто по должности и когда его открыл, записывается в журнал, это видят все. Тому, кто ведет группу, придет письмо.
petitions-desk-group-read = Открыть список
petitions-desk-group-opened = То, что вы его открыли, записано в журнале. Не пересылайте его.
petitions-desk-group-leads = ведет группу
petitions-desk-fact-left = Срок
petitions-desk-fact-lines = Строк
petitions-desk-flag-at = Замечено
petitions-desk-flag-burst = За 10 минут по одной ссылке пришло подписей: { $count }.
petitions-desk-flag-fine = Все в порядке
petitions-desk-flag-link = Ссылка
petitions-desk-flag-now = Сейчас в счете
petitions-desk-flag-settled = Рассмотрено
petitions-desk-flag-sustained = За день по одной ссылке пришло подписей: { $count }.
petitions-desk-flag-text = Это не обязательно нарушение: на собрании или в школе могут подписать сразу многие. Кто передал ссылку, не говорится.
petitions-desk-flag-waits = Надо рассмотреть
petitions-desk-flag-was-settled = Это уже рассмотрел другой сотрудник.
petitions-desk-flaw-no-name = нужны имя и фамилия
petitions-desk-flaw-no-village = нужно село или «-»
petitions-desk-flaw-other-village = петиция для другого села
petitions-desk-flaw-too-long = слишком длинно
petitions-desk-flaw-two-villages = неясно, какое село
petitions-desk-flaw-unknown-village = такого села нет
petitions-desk-history = История
petitions-desk-hidden = Текст скрыт.
petitions-desk-hide = Скрыть текст
petitions-desk-hide-sure = Текст никто не увидит.
petitions-desk-invalid-begun = Началось. Остальное пойдет само.
petitions-desk-invalid-cancelled = Остановлено
petitions-desk-had-ended = Уже закончилось.
petitions-desk-invalid-finished = Закончено
petitions-desk-invalid-restored = Снова в счете подписей: { $count }
petitions-desk-invalid-running = Идет
petitions-desk-invalid-stop = Остановить
petitions-desk-invalid-sure =
    { $count ->
        [one] Из счета исключается { $count } подпись:
        [few] Из счета исключаются { $count } подписи:
       *[many] Из счета исключается { $count } подписей:
    } сейчас { $now }, после этого { $after }. Каждому подписавшему сообщим причину и как возразить.
petitions-desk-invalid-threshold = Нужного числа подписей не станет.
petitions-desk-invalid-title = Исключение подписей
petitions-desk-invalid-undone = Возвращено
petitions-desk-invalid-what = Какие
petitions-desk-invalid-yes = Исключить
petitions-desk-invalidate = Исключить подписи
petitions-desk-invalidations = Исключенные
petitions-desk-invalidations-title = Исключения из счета: { $count }
petitions-desk-kenesh = Решение кенеша
petitions-desk-kenesh-due = Ожидалось: { $day }. Если кенеш рассмотрел петицию, внесите его решение: подписавшие ждут.
petitions-desk-kenesh-entered = Записано.
petitions-desk-kenesh-last = Последний день: { $day }. После него подписавшим уже нельзя будет сообщить.
petitions-desk-kenesh-later = Решение впишете после заседания.
petitions-desk-kenesh-sure =
    День: { $day }. { $count ->
        [one] Сообщим { $count } человеку.
       *[other] Сообщим { $count } людям.
    }
petitions-desk-kenesh-title = Решение кенеша
petitions-desk-kenesh-yes = Отправить
petitions-desk-leave = Оставить другому
petitions-desk-left =
    { $count ->
        [one] остался { $count } рабочий день
        [few] осталось { $count } рабочих дня
       *[many] осталось { $count } рабочих дней
    }
petitions-desk-left-to-others = Теперь может решать другой сотрудник.
petitions-desk-letter-due-over = Срок по петиции истек { $day }
petitions-desk-letter-due-soon = Срок по петиции близок: { $day }
petitions-desk-letter-due-today = Срок по петиции истекает сегодня: { $day }
petitions-desk-letter-flagged = По одной ссылке пришло очень много подписей
petitions-desk-letter-handed-over = Петиция ждет регистрации
petitions-desk-letter-kenesh-due = Решение кенеша еще не внесено
petitions-desk-letter-new = Петиция ждет проверки
petitions-desk-letter-why = Письмо пришло вам по службе: { $role }. Служебные письма не отключаются.
petitions-desk-line-fault = № { $line } «{ $said }»: { $why }
petitions-desk-line-more = И еще строк: { $count }.
petitions-desk-lines-group = Строк: { $lines }. Повторы исключаются при передаче подписей. Сверьте имена с фото.
petitions-desk-lines-sure = Строк: { $lines }. Прибавится к счету: { $count }. Уже посчитано раньше: { $again }. Сверьте имена с фото.
petitions-desk-link-brought = № { $number }: подписей { $count }
petitions-desk-link-number = № { $number }
petitions-desk-list-bot = бот
petitions-desk-list-checksum = Контрольный код (SHA-256)
petitions-desk-list-count = Подписей: { $count }.
petitions-desk-list-day = Дата
petitions-desk-list-explained = Код считается по строкам списка: номер, вид, имя, село, улица и дата через табуляцию, каждая строка с новой строки, UTF-8. Если изменить одну букву, код будет другим.
petitions-desk-list-handed = Передано
petitions-desk-list-kind = Вид
petitions-desk-list-made = Составлено
petitions-desk-list-name = Имя и фамилия
petitions-desk-list-nameless = имя удалено
petitions-desk-list-number = №
petitions-desk-list-page = Страница { $page } из { $pages }
petitions-desk-list-paper = бумага
petitions-desk-list-registry = Номер регистрации
petitions-desk-list-secret = В списке личные данные: передавать и публиковать его нельзя. Каждое открытие записано в журнале.
petitions-desk-list-street = Улица
petitions-desk-list-village = Село
petitions-desk-named-until = последний день
petitions-desk-named-why = причина
petitions-desk-next = Следующее дело
petitions-desk-no-deadline = без срока
petitions-desk-no-invalidations = Из этой петиции подписи не исключались.
petitions-desk-no-links = Ни по одной ссылке не пришло пяти подписей или больше. Вернитесь и выберите иначе.
petitions-desk-no-sheets = Подписи на бумаге еще не внесены.
petitions-desk-none-fit = Таких подписей нет. Вернитесь и выберите иначе.
petitions-desk-number = Петиция № { $number }
petitions-desk-number-label = Номер петиции
petitions-desk-open = Открыть сбор
petitions-desk-open-by-link = Сначала петиция открыта только по ссылке. В списке она появится, когда подписей станет { $count }.
petitions-desk-open-desk = Открыть петицию
petitions-desk-open-flag = Посмотреть
petitions-desk-open-text = После открытия нужное число подписей не меняется и вернуть петицию нельзя. Группе сообщим.
petitions-desk-open-title = Открыть сбор подписей?
petitions-desk-open-yes = Да, открыть
petitions-desk-opened = Сбор подписей начался.
petitions-desk-overdue =
    { $count ->
        [one] просрочено на { $count } рабочий день
        [few] просрочено на { $count } рабочих дня
       *[many] просрочено на { $count } рабочих дней
    }
petitions-desk-page = Страница { $page } из { $pages }
petitions-desk-people =
    { $count ->
        [one] { $count } человек
        [few] { $count } человека
       *[many] { $count } человек
    }
petitions-desk-people-few = { $count } (нужно не меньше { $least })
petitions-desk-photo-text = На фото имена людей. То, что вы его открыли, записано в журнале.
petitions-desk-preview =
    { $count ->
        [one] Ответ получит { $count } человек,
        [few] Ответ получат { $count } человека,
       *[many] Ответ получат { $count } человек,
    } изменить его будет нельзя. Он будет выглядеть так:
petitions-desk-preview-same = (кыргызский текст, как выше)
petitions-desk-preview-one-language = Русского ответа нет: все прочтут кыргызский.
petitions-desk-queue-answer = Ответ на петицию
petitions-desk-queue-appeal = Петиция: еще раз
petitions-desk-queue-check = Проверить петицию
petitions-desk-queue-empty = Петиций в очереди нет. Чтобы внести бумажные подписи, откройте саму петицию.
petitions-desk-queue-flagged = Сомнения в подписях
petitions-desk-queue-kenesh = Решение кенеша
petitions-desk-queue-register = Регистрация петиции
petitions-desk-queue-text = ⚠️ просрочено · 🔴 осталось два рабочих дня или меньше · ⏳ время есть · 🚩 замечено
petitions-desk-queue-title = Петиции в очереди
petitions-desk-refresh = Обновить
petitions-desk-register = Зарегистрировать
petitions-desk-register-sure =
    Номер { $number }, день { $on }. Ответ нужен до { $until }. { $count ->
        [one] Сообщим { $count } человеку.
       *[other] Сообщим { $count } людям.
    } После регистрации изменить нельзя.
petitions-desk-register-title = Регистрация петиции
petitions-desk-register-yes = Зарегистрировать
petitions-desk-registered = Зарегистрировано. Ответ нужен до { $until }.
petitions-desk-reject = Отклонить
petitions-desk-reject-last = Это решение второго рассмотрения, больше группа обжаловать не может.
petitions-desk-reject-sure = Группа может один раз попросить о втором рассмотрении, решит другой сотрудник.
petitions-desk-reject-title = Отклонение петиции
petitions-desk-reject-yes = Отклонить
petitions-desk-rejected = Отклонено.
petitions-desk-remove-sure =
    { $count ->
        [one] Из счета исключается { $count } подпись:
        [few] Из счета исключаются { $count } подписи:
       *[many] Из счета исключается { $count } подписей:
    } сейчас { $now }, после этого { $after }. Фото останется. Чтобы вернуть, лист придется внести заново.
petitions-desk-remove-title = Исключение листа
petitions-desk-remove-yes = Исключить
petitions-desk-return = Вернуть с замечанием
petitions-desk-return-sure =
    { $count ->
        [one] Замечание прочтет { $count } человек
        [few] Замечание прочтут { $count } человека
       *[many] Замечание прочтут { $count } человек
    } из группы и подписанных на петицию. Группа может исправить текст и прислать снова.
petitions-desk-return-title = Вернуть с замечанием
petitions-desk-return-yes = Вернуть
petitions-desk-returned = Возвращено группе.
petitions-desk-right-answer = отвечать на петиции
petitions-desk-right-invalidate = следить за подписями
petitions-desk-right-moderate = проверять петиции
petitions-desk-right-see-tasks = сотрудник айыл окмоту или мэрии
petitions-desk-said-answer = Ответ:
petitions-desk-said-appeal = Просьба о втором рассмотрении:
petitions-desk-said-rejected = Причина решения:
petitions-desk-said-remark = Замечание:
petitions-desk-sheet-counts = подписей в счете: { $count }
petitions-desk-sheet-gone = Лист исключен из счета.
petitions-desk-sheet-photo = Фото
petitions-desk-sheet-remove = Исключить
petitions-desk-sheet-removed = исключен: { $why }
petitions-desk-sheet-removed-row = ✕ лист { $number } · { $day } · исключен
petitions-desk-sheet-row = лист { $number } · { $day } · подписей { $count }
petitions-desk-sheet-row-group = лист { $number } · { $day }
petitions-desk-sheet-title = Лист с подписями
petitions-desk-sheets = Листы
petitions-desk-sheets-title = Листы: { $count }
petitions-desk-signatures =
    { $count ->
        [one] { $count } подпись
        [few] { $count } подписи
       *[many] { $count } подписей
    }
petitions-desk-signers = Список подписавших
petitions-desk-signers-pdf = PDF для печати
petitions-desk-signers-taken = Список готов. То, что вы его открыли, записано в журнале. Не пересылайте файл.
petitions-desk-signers-text = В списке имена, села и улицы подписавших и участников инициативной группы. Кто по должности и когда его открыл, записывается в журнал, это видят все. Тому, кто ведет группу, придет письмо. Телефонов в нем нет.
petitions-desk-signers-title = Список подписавших
petitions-desk-signers-xlsx = Таблица Excel
petitions-desk-sort = Выбрать вопрос
petitions-desk-sort-title = Вопрос петиции
petitions-desk-sorted = Вопрос выбран.
petitions-desk-step-answer = Дается ответ
petitions-desk-step-kenesh = Рассматривает кенеш
petitions-desk-take = Принять решение
petitions-desk-take-down = Снять петицию
petitions-desk-take-down-sure =
    Петиция снимается, подписей не будет в счете: { $signatures }. { $count ->
        [one] Причину прочтет { $count } человек.
        [few] Причину прочтут { $count } человека.
       *[many] Причину прочтут { $count } человек.
    } Группа может один раз попросить о втором рассмотрении, решит другой сотрудник.
petitions-desk-take-down-title = Снятие петиции
petitions-desk-take-down-yes = Снять
petitions-desk-taken = Четверть часа решаете только вы.
petitions-desk-taken-down = Петиция снята.
petitions-desk-text-hidden = Текст петиции не увидит никто, только причину.
petitions-desk-text-visible = Текст петиции и причину увидят все.
petitions-desk-today = срок истекает сегодня
petitions-desk-told =
    { $count ->
        [one] Сообщим { $count } человеку.
       *[other] Сообщим { $count } людям.
    }
petitions-desk-twin-line = есть в другой строке
petitions-desk-twin-signature = есть подпись в боте
petitions-desk-typed = Сейчас на эту петицию не отвечают. Выберите кнопку ниже.
petitions-desk-will-be-told =
    { $count ->
        [one] Сообщим { $count } человеку.
       *[other] Сообщим { $count } людям.
    } Отменить решение нельзя.
petitions-desk-was-stopped = Остановлено. Исключенные можно вернуть.
