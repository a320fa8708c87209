publications-title = Жарыялоо
publications-channel-site = Расмий сайт
publications-channel-board = Маалымат тактасы
publications-channel-social = Канал жана топтор
publications-channel-event = Иш-чаралар
publications-all-current = Тизме төрт жол менен тең жарыяланган
publications-some-behind = Жаңыртуу керек болгон жолдор: { $count }/{ $of }
publications-site-by-itself = дайыма жаңы, баракты бот өзү көрсөтөт
publications-not-yet = азырынча жарыялана элек
publications-behind-since = эскирген: { $on }, { $where }
publications-current-since = жаңы: { $on }, { $where }
publications-list-changed = Тизме акыркы жолу өзгөрдү: { $on }
publications-changed = Акыркы жарыялоодон бери өзгөргөн маселелер: { $issues }
publications-changed-more = Акыркы жарыялоодон бери өзгөргөн маселелер: { $issues } жана дагы { $more }

publications-site-text = Бул барак тизме менен кошо өзү жаңырып турат. Расмий сайтыңызга анын шилтемесин койдуруп, анан төмөндө белгилеп коюңуз.
publications-site-folder = Боттун ачык барагы азырынча иштей элек. Ботту орноткон адамдан тизмени папка кылып чыгарып (export-site буйругу), расмий сайтка жүктөп берүүнү сураныңыз. Жүктөлгөндөн кийин төмөндө белгилеп коюңуз.
publications-board-text =
    1. Тилди басып, PDF файлын алыңыз.
    2. Басып чыгарып, маалымат тактасына илиңиз.
    3. Сүрөткө тартып, «Илип койдум» дегенди басыңыз.
publications-event-text =
    1. Тилди басып, PDF файлын алыңыз.
    2. Басып чыгарып, жыйынга же башка иш-чарага келгендерге таратыңыз.
    3. «Таратып койдум» дегенди басыңыз.

publications-social-title = Каналдар жана топтор
publications-none-linked = Азырынча бир да канал же топ байланыштырыла элек. «Канал же топ кошуу» дегенди басыңыз.
publications-broken = { $title }: { $on } күнү ажыратылган, тизме ал жерге жарыяланбайт.
publications-post-all = Баарына жарыялоо
publications-how-to-link = Канал же топ кошуу
publications-card = Даяр текст алуу
publications-fact-kind = Түрү
publications-kind-channel = канал
publications-kind-group = топ
publications-fact-language = Тили
publications-fact-village = Айылы
publications-fact-posted = Акыркы жарыялоо
publications-fact-link = Шилтеме
publications-place-empty = тизме азырынча жарыялана элек
publications-current = тизме жаңы
publications-behind = тизме эскирген
publications-group-pins = Тизме топтун башында кадалып турсун десеңиз, ботту администратор кылып, билдирүүлөрдү кадоо укугун бериңиз.
publications-post-now = Азыр жарыялоо
publications-post-again = Азыр жаңыртуу
publications-unlink = Ажыратуу
publications-unlinked = Ажыратылды: тизме бул жерге мындан ары жарыяланбайт. Мурунку билдирүү ордунда калат, керек болбосо, аны өзүңүз өчүрүңүз.
publications-relinked = Кайра байланыштырылды.
publications-language-set = Тизме бул жерге кийинки жолу ушул тилде чыгат.

publications-how-title = Каналды же топту кантип кошуу керек
publications-how-nowhere = Бот каналдарга жана топторго Telegram’да гана кошулат, бул орнотууда Telegram жок.
publications-add-channel = Каналга кошуу
publications-add-group = Топко кошуу
publications-how-text =
    Төмөнкү баскычты басып, каналыңызды же тобуңузду тандаңыз. Болбой калса, мындай кылыңыз.

    Канал:
    1. Каналды ачып, анын атын басыңыз.
    2. «Администраторлор» → «Администратор кошуу» дегенди басып, { $bot } деп издеңиз.
    3. Билдирүү жарыялоо жана өзгөртүү укуктарын калтырып, сактаңыз.

    Топ:
    1. Топту ачып, анын атын басыңыз.
    2. «Катышуучу кошуу» дегенди басып, { $bot } деп издеңиз.

    Кошулаар замат бот ушул жерге өзү жазат.
publications-joined = Байланыштырылды. Эми тизмени ушул жерге жарыялай аласыз.
publications-joined-already = Бул жер мурунтан эле байланыштырылган.
publications-joined-not-staff = Бот каналдарда жана топтордо өзүнөн-өзү эч нерсе жазбайт. Тизмени ал жерге айыл өкмөтүнүн же мэриянын кызматкери гана жарыялай алат.
publications-left = Бот бул жерден чыгарылды, тизме мындан ары бул жерге жарыяланбайт. Ботту кайра кошсоңуз, байланыш калыбына келет.
publications-needs-right-channel = Бот бул каналга жаза албайт, ошондуктан канал байланыштырылган жок. Каналдын атын басыңыз: «Администраторлор» → бот. «Билдирүү жарыялоо» жана «Билдирүүлөрдү өзгөртүү» укуктарын күйгүзүңүз, канал ошол замат байланыштырылат.
publications-needs-right-group = Бот бул топко жаза албайт, ошондуктан топ байланыштырылган жок. Топтун атын басыңыз: «Администраторлор» → «Администратор кошуу» → бот. «Билдирүүлөрдү кадоо» укугун күйгүзүңүз, топ ошол замат байланыштырылат.

publications-ask-title = Баарына жарыялайбызбы?
publications-ask-text = Тизме { $channels } каналга жана { $groups } топко чыгат. Аны көп адам көрөт.
publications-ask-new = Жаңы билдирүү
publications-ask-changed = Кадалган билдирүү өзгөрөт
publications-ask-yes = Жарыялоо
publications-posting-title = Тизме жөнөтүлүп жатат
publications-posting-text = Канча жерге: { $count }. Ар бири журналга өзү жазылат.
publications-look = Абалын көрүү

publications-post-title = Жергиликтүү маанидеги маселелердин тизмеси
publications-post-state = Абалы: { $on }. Маселелер: { $count }
publications-post-law = Негизи: { $law }
publications-post-charter = Негизи: жергиликтүү жамааттын Уставы
publications-post-overdue = Маалыматты жаңыртуу мөөнөтү өткөн маселелер: { $numbers }
publications-post-never = Маалымат азырынча киргизиле элек маселелер: { $numbers }
publications-post-open = Ботто ачуу
publications-post-page = Интернетте окуу
publications-card-title = Жөнөтүүгө даяр текст
publications-card-text = Төмөнкү билдирүүнү WhatsApp тобуна же башка чатка жөнөтүңүз: аны басып туруп, жөнөтүүнү же көчүрүүнү тандаңыз. Жөнөткөндөн кийин белгилеп коюңуз.
publications-card-bot = Ботто ачуу: { $link }
publications-card-page = Интернетте окуу: { $link }

publications-board-next = Басып чыгарып, маалымат тактасына илиңиз. Анан сүрөткө тартып, төмөндө белгилеп коюңуз.
publications-event-next = Басып чыгарып, ортосунан эки бөлүп кесиңиз. Таратып бүткөндөн кийин төмөндө белгилеп коюңуз.
publications-paper-bot = Телеграм-бот
publications-paper-page = Интернеттеги барак
publications-paper-as-of = Абалы: { $on }
publications-paper-appeal = Телефондун камерасын кодго кармап, ар бир маселени ачып окуңуз. Катталуунун кереги жок.

publications-note-title = Жарыялоону белгилөө
publications-note-site = Сайтка койдум
publications-note-board = Илип койдум
publications-note-social = Жөнөтүп койдум
publications-note-event = Таратып койдум
publications-ask-where-site = Сайттын кайсы барагына койдуңуз? Шилтемесин жөнөтүңүз.
publications-ask-where-board = Кайсы жерге илдиңиз? Мисалы: айыл өкмөтүнүн имараты, 1-кабат.
publications-ask-where-social = Кайсы чатка жөнөттүңүз? Мисалы: «Кошуналар» WhatsApp тобу.
publications-ask-where-event = Кайсы иш-чарада тараттыңыз? Мисалы: көчө жыйыны.
publications-ask-when = Качан? Баскычты басыңыз же күнүн жазыңыз, мисалы: { $example }
publications-ask-photo = Сүрөтүн жөнөтсөңүз, журналда турат. Милдеттүү эмес.
publications-today = Бүгүн
publications-yesterday = Кечээ
publications-fact-where = Кайда
publications-fact-when = Качан
publications-fact-photo = Сүрөт
publications-fact-who = Ким
publications-fact-noted = Журналга жазылды
publications-noted = Журналга жазылды.

publications-log = Жарыялоо журналы
publications-log-title = Жарыялоо журналы: { $count }
publications-log-empty = Азырынча эч нерсе жазыла элек.
publications-by-bot = бот өзү
publications-by-staff = кызматкер
publications-withdraw = Жазууну алып салуу
publications-withdrawn = Жазуу журналдан алынды. Ката кетсе, кайтарсаңыз болот.
publications-kept = Жазуу кайра ордунда.
