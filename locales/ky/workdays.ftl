workdays-title = Иш күндөрү
workdays-title-year = Иш күндөрү: { $year }
workdays-text =
    • — ар жылы ошол эле күн, ✎ — кызматкерлер киргизген күн. Ишемби менен жекшемби ансыз да дем алыш.

    Жооп берүү мөөнөттөрү ушул календар менен эсептелет. Күн киргизсеңиз, мурда коюлган мөөнөттөр өзгөрбөйт.
workdays-missing = { $year }: бул күндөр киргизиле элек: { $days }
workdays-works = иш күнү
workdays-is-on = Иш күнү
workdays-is-off = Дем алыш күнү
workdays-add-off = Дем алыш күнү
workdays-add-on = Иш күнү
workdays-ask-feast = { $year }: { $name } кайсы күнгө туура келет? Мисалы: 27.05.
workdays-ask-off = { $year }: кайсы күн дем алыш? Мисалы: 04.05.
workdays-ask-on = { $year }: дем алыш же майрам күндөрүнүн кайсынысы иш күнү болот? Мисалы: 02.05.
workdays-ask-name-ky = Ал кандай аталат? Мисалы: Которулган дем алыш күнү.
workdays-ask-name-ru = Орусчасы кандай? Жазбасаңыз, кыргызчасы көрсөтүлөт.
workdays-entered = Киргизилди: { $day }, { $name }.
workdays-remove-text = { $day }, { $name }: календардан алып салынат. Бул күн кайра жумадагыдай эсептелет. Мурда коюлган мөөнөттөр өзгөрбөйт.
workdays-removed = Алып салынды: { $day }, { $name }. Жаңылсаңыз, кайра киргизиңиз.
workdays-feast-orozo = Орозо айт
workdays-feast-kurman = Курман айт
workdays-fixed-01-01 = Жаңы жыл
workdays-fixed-01-07 = Рождество
workdays-fixed-02-23 = Мекенди коргоочунун күнү
workdays-fixed-03-08 = Аялдардын эл аралык күнү
workdays-fixed-03-21 = Нооруз
workdays-fixed-05-01 = Эмгек майрамы
workdays-fixed-05-05 = Конституция күнү
workdays-fixed-05-09 = Жеңиш күнү
workdays-fixed-08-31 = Эгемендүүлүк күнү
workdays-fixed-11-07 = Тарых жана ата-бабаларды эскерүү күнү
workdays-fixed-11-08 = Тарых жана ата-бабаларды эскерүү күнү
