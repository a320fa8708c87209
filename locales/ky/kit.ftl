kit-language-name = Кыргызча

kit-choose = Тандоо
kit-back = Артка
kit-cancel = Жокко чыгаруу
kit-main-menu = Башкы меню
kit-next = Кийинки
kit-previous = Мурунку
kit-send = Жөнөтүү
kit-send-contact = Номер жөнөтүү
kit-send-location = Жерди жөнөтүү
kit-skip = Өткөрүп жиберүү
kit-undo = Кайтаруу
kit-change = Өзгөртүү: { $what }

kit-check-answers = Жөнөтөрдөн мурун текшериңиз
kit-skipped = жооп жок
kit-photo = сүрөт
kit-voice = үн билдирүү
kit-received = Кабыл алынды.
kit-page-offer = Баарын бир баракка толтурсаңыз да болот. Болбосо, жообуңузду ушул жерге жазыңыз.
kit-page-open = Баракты ачуу
kit-page-answer = Жообуңуз
kit-page-wrong = { $what }: { $why }
kit-cancelled = Токтотулду. Жоопторуңуз сакталып турат: «Кайтаруу» дегенди бассаңыз, ошол жерден улантасыз.
kit-nothing-to-cancel = Жокко чыгара турган эч нерсе жок.
kit-crashed =
    Кечиресиз, бизде бир нерсе туура эмес болуп калды. Сиз эч нерсени бузган жоксуз.
    Бир аздан кийин кайра аракет кылып көрүңүз. Дагы ушундай болсо, айыл өкмөтүнө же мэрияга бул кодду айтыңыз: { $code }
