workdays-title = Рабочие дни
workdays-title-year = Рабочие дни: { $year }
workdays-text =
    • — каждый год в один и тот же день, ✎ — внесено сотрудниками. Суббота и воскресенье и так нерабочие.

    По этому календарю считаются сроки ответа. Сроки, назначенные раньше, от новых дней не меняются.
workdays-missing = { $year }: еще не внесены дни: { $days }
workdays-works = рабочий день
workdays-is-on = Рабочий день
workdays-is-off = Нерабочий день
workdays-add-off = Нерабочий день
workdays-add-on = Рабочий день
workdays-ask-feast = { $year }: на какой день приходится { $name }? Например: 27.05.
workdays-ask-off = { $year }: какой день нерабочий? Например: 04.05.
workdays-ask-on = { $year }: какой выходной или праздник станет рабочим днем? Например: 02.05.
workdays-ask-name-ky = Как он называется по-кыргызски? Например: Которулган дем алыш күнү.
workdays-ask-name-ru = А по-русски? Если пропустить, будет показано кыргызское название.
workdays-entered = Внесено: { $day }, { $name }.
workdays-remove-text = { $day }, { $name }: день уберут из календаря, он снова будет считаться как обычно. Сроки, назначенные раньше, не изменятся.
workdays-removed = Убрано: { $day }, { $name }. Если это ошибка, внесите день снова.
workdays-feast-orozo = Орозо айт
workdays-feast-kurman = Курман айт
workdays-fixed-01-01 = Новый год
workdays-fixed-01-07 = Рождество
workdays-fixed-02-23 = День защитника Отечества
workdays-fixed-03-08 = Международный женский день
workdays-fixed-03-21 = Нооруз
workdays-fixed-05-01 = Праздник труда
workdays-fixed-05-05 = День Конституции
workdays-fixed-05-09 = День Победы
workdays-fixed-08-31 = День независимости
workdays-fixed-11-07 = День истории и памяти предков
workdays-fixed-11-08 = День истории и памяти предков
