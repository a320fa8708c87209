proof-post-title = Отпечаток журнала
proof-post-text =
    Последняя запись: { $moment }
    { $head }

    Пока этот отпечаток стоит в канале, прежние записи нельзя незаметно изменить: он перестанет сходиться. Специалист проверяет так: python -m bot verify --head, а следом этот отпечаток.

proof-page-title = Проверка журнала
proof-page-text = Этот отпечаток относится ко всему журналу: если запись изменить, он не сойдется. Он стоит и в канале.
proof-page-newest = Последняя запись

proof-receipt-title = Проверка подписи
proof-receipt-ask = Напишите код, который вы получили при подписании: десять знаков. Например: 7KQ4M2XWPA
proof-receipt-unknown = Такого кода нет. Проверьте еще раз каждую букву и цифру.
proof-receipt-is-counted = Подпись засчитана
proof-receipt-is-withdrawn = Подпись отозвана самим подписавшим: { $on }
proof-receipt-is-invalid = Подпись исключена из подсчета: { $on }
proof-receipt-petition = Петиция
proof-receipt-hidden = Петиция № { $number }
proof-receipt-signed = Подписано
proof-receipt-number = Номер в журнале
proof-receipt-reason = Причина
proof-receipt-nobody = Чей это код, не узнает никто.
proof-receipt-open = Открыть петицию
proof-receipt-other = Проверить другой
proof-receipt-check = Проверить
proof-receipt-later = Сейчас спрашивают слишком многие. Попробуйте чуть позже.
