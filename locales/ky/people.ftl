# Stands in three languages at once and is the same in every file: nobody's language is known yet.
people-ask-language =
    Саламатсызбы! Мен — «Ашар»: сизди айыл өкмөтү же мэрия менен байланыштырам. Тилди тандаңыз.

    Здравствуйте! Я — «Ашар»: помогаю вам быть на связи с айыл окмоту или мэрией. Выберите язык.

    Hello! I am “Ashar”: I keep you in touch with your local government. Choose a language.
people-ask-municipality = Кайсы айыл аймагында же шаарда жашайсыз? Тандаңыз же атын жазыңыз.
people-ask-village-aimak = Кайсы айылда жашайсыз? Тандаңыз же атын жазыңыз. Бул өз айылыңыздын кабарлары келип турушу үчүн керек.
people-ask-village-city = Кайсы кичи районда жашайсыз? Тандаңыз же атын жазыңыз. Бул өз кичи районуңуздун кабарлары келип турушу үчүн керек.
people-village-elsewhere = Тизмеде жок

# When the substance changes, raise CONSENT_VERSION in actions/people.py.
people-consent-text =
    Маалыматыңызды сактоого макулсузбу? Кабар алып, катышып турушуңуз үчүн макулдугуңуз керек. Окуу үчүн керек эмес.

    Ким сактайт: { $place }.
    Эмне сакталат: мессенджердеги номериңиз (ID), тилиңиз, жашаган жериңиз жана бул жерде жазганыңыз менен тандаганыңыз. Кааласаңыз — телефонуңуз, шифрленген түрдө.
    Эмне үчүн: кабар сизге жетиши жана бир адам бир эле жолу добуш бериши үчүн.
    Паспорт жана ПИН эч качан суралбайт.

    Telegram менен WhatsApp серверлери чет өлкөдө: жазышуу ошолор аркылуу өтөт.
    Каалаган убакта өчүрө аласыз: «Мен» → «Маалыматты өчүрүү».
    Мыйзам: «Жеке мүнөздөгү маалымат жөнүндө», 14.04.2008, № 58.
people-consent-yes = Макулмун
people-consent-no = Окуп эле турам
people-welcome = Рахмат, макулдугуңуз жазылды. Эми { $place } менен байланыштасыз.
people-welcome-guest = Жакшы. Баарын макулдуксуз эле окуй бересиз. Кийин катышкыңыз келсе: «Мен» → «Катышуу».

people-join = Катышуу
people-declare = Мүчөлүктү билдирүү
people-prove-phone = Номерди ырастоо
people-language = Тил
people-move = Жашаган жерим
people-notifications = Кабарлар
people-my-data = Менин маалыматтарым
people-forget-me = Маалыматты өчүрүү
people-fact-language = Тил
people-fact-municipality = Айыл аймагы же шаар
people-fact-village = Айыл
people-fact-microdistrict = Кичи район
people-fact-street = Көчө
people-street = Көчөм
people-street-ask = Кайсы көчөдө жашайсыз? Тандаңыз. Ошондо сиздин көчөгө гана тиешелүү кабар (мисалы, суу же жарык өчөрү) сизге да жетет.
people-street-none = Көчөмдү айтпайм
people-street-kept = Көчөңүз жазылды.
people-street-gone = Көчөңүз өчүрүлдү.
people-fact-notify = Кабарлар
people-fact-roles = Милдеттериңиз
people-language-changed = Мындан ары кыргызча жазам.
people-move-elsewhere = Жаңы жашаган жериңиз: { $place }. Көчкөндө эмне болорун окуп чыгыңыз.
people-move-signatures = ✍️ Мурда койгон колдоруңуз күчүндө калат, саны: { $count }. Тизме айыл өкмөтүнө же мэрияга тапшырылганга чейин аларды «Петицияларым» бөлүмүнөн кайтарып алсаңыз болот, жообу да сизге келет.
people-move-groups = 👥 Мурунку жердеги демилгелүү топтордон чыгасыз, саны: { $count }.
people-move-membership = Жамааттын мүчөсү экениңизди жаңы жерде кайра билдирүү керек.
people-move-roles = Мурунку жердеги кызматтык милдетиңиз жаңы жерде иштебейт.
people-move-yes = Ооба, көчөм
people-moved = Жашаган жериңиз өзгөрдү.

people-not-joined = Окуп жатасыз, азырынча катталган эмессиз
people-level-guest = Номериңиз ырастала элек
people-level-phone = Номериңиз ырасталды
people-level-resident = Жамааттын мүчөсү (өзүңүз билдиргенсиз)
people-level-confirmed = Жамааттын мүчөсү (айыл өкмөтү же мэрия ырастады)

people-notify-at-once = Дароо
people-notify-daily = Күнүнө бир жолу
people-notify-weekly = Жумасына бир жолу
people-notify-never = Жазбасын

people-phone-title = Номерди ырастоо
people-ask-phone =
    Бир адам бир эле жолу добуш бериши үчүн номериңизди ырастаңыз. Башка тургундар аны көрбөйт.

    Төмөнкү баскычты басыңыз: мессенджер номериңизди өзү жөнөтөт. Терүүнүн кереги жок.
people-ask-keep-phone =
    Номериңиздин өзүн да сактайлыбы?

    Сактабасак, номерден жасалган код гана калат: ал бир адам бир эле жолу добуш бериши үчүн жетиштүү. Сактасак, айыл өкмөтү же мэрия керек болгондо сизге чала алат; номер шифрленген түрдө турат.
people-keep-phone-no = Жок
people-keep-phone-yes = Ооба
people-phone-proven = Рахмат, номериңиз ырасталды.

people-resident-title = Жамааттын мүчөсү
people-ask-resident =
    Жергиликтүү жамааттын мүчөсү — { $age } жашка чыккан жана ушул жерде катталган же бир жылдан ашык жашаган адам. Кол коюу жана добуш берүү — ошол мүчөлөрдүн укугу.

    Документ суралбайт, өзүңүз билдиресиз. Чындыкка дал келбесе, колуңуз жана добушуңуз эсептелбейт.

    Сизге кайсынысы туура келет?
people-resident-registered = Катталганмын
people-resident-over-a-year = Бир жылдан ашык
people-resident-neither = Мага туура келбейт
people-resident-declared = Рахмат, билдиргениңиз жазылды.

people-my-data-text = Биз сиз жөнүндө эмне сактасак, баары ушул файлда.
people-data-title = Биз сиз жөнүндө эмне сактайбыз
people-data-number = Боттогу номериңиз
people-data-since = Биринчи жолу жазган күнүңүз
people-data-language = Тил
people-data-municipality = Айыл аймагы же шаар
people-data-village = Айыл же кичи район
people-data-street = Көчөңүз
people-data-notify = Кабарлар
people-data-consent = Макулдук берген күнүңүз
people-data-consent-version = Макулдук текстинин нускасы
people-data-phone-hash = Телефондон жасалган код
people-data-phone = Телефон
people-data-phone-proven = Телефон ырасталган күн
people-data-level = Катышууңуз
people-data-declared = Мүчөлүктү билдирген күнүңүз
people-data-confirmed = Айыл өкмөтү же мэрия ырастаган күн
people-data-roles = Милдеттериңиз
people-data-staff-name = Кызматтагы аты-жөнүңүз
people-data-accounts = Мессенджерлердеги номерлериңиз (ID):
people-data-follows = Сиз жазылган маселелер:
people-data-proposals = Менин сунуштарым
people-data-supports = Мен колдогон сунуштар
people-data-proposals-followed = Мен жазылган сунуштар
people-data-reports = Менин даттанууларым
people-data-draft = Бүтпөгөн жоопторуңуз:
people-data-journal = Журналдагы жазуулар:

people-role-clerk = айыл өкмөтүнүн же мэриянын кызматкери
people-role-moderator = модератор
people-role-head = айыл өкмөтүнүн башчысы же мэр
people-role-deputy = кеңештин депутаты
people-role-monitoring = мониторинг тобунун мүчөсү
people-role-admin = боттун администратору

people-forget-text =
    Сиз жөнүндөгү маалымат биротоло өчүрүлөт: мессенджердеги номериңиз, телефонуңуз, айылыңыз, тилиңиз, жазылууларыңыз жана бүтпөгөн жоопторуңуз. Муну кайтарууга болбойт.

    Журналда эмне болгону гана калат, атыңызсыз. Бул жазышуунун өзүн мессенджерден өзүңүз өчүрөсүз.
people-forget-signatures = Эсептен чыга турган колуңуз (тапшырыла элек петицияларда)
people-forget-yes = Ооба, өчүрүү
people-forgotten = Сиз жөнүндөгү маалымат өчүрүлдү
people-forgotten-text = Кайра керек болсок, жазып коюңуз: жаңыдан таанышабыз.

# what happened, in the file of «my data»
people-event-person-settled = Жашаган жериңизди көрсөттүңүз
people-event-person-street-said = Көчөңүздү көрсөттүңүз
people-event-person-consented = Маалыматты сактоого макул болдуңуз
people-event-person-notify = Кабарлар канчалык тез-тез келерин өзгөрттүңүз
people-event-person-phone-proven = Номериңизди ырастадыңыз
people-event-person-declared = Жамааттын мүчөсү экениңизди билдирдиңиз
people-event-person-confirmed = Мүчөлүктү ырастадыңыз
people-event-person-unconfirmed = Мүчөлүктү ырастоону кайтарып алдыңыз
people-event-person-accounts-joined = Мессенджерлериңизди бириктирдиңиз
people-event-person-accounts-parted = Кошулган мессенджерди алып койдуңуз
people-event-person-office-confirmed = Мессенджердеги кызматтык милдет ырасталды
people-event-person-forgotten = Маалыматты өчүрдүңүз
people-event-issue-followed = Маселеге жазылдыңыз
people-event-issue-unfollowed = Жазылуудан чыктыңыз
people-event-issue-changed = Маселени өзгөрттүңүз
people-event-role-invited = Кызматкер чакырдыңыз
people-event-role-invitation-withdrawn = Чакырууну кайтарып алдыңыз
people-event-role-taken-up = Милдетти кабыл алдыңыз
people-event-role-ended = Кызматкердин милдетин алып койдуңуз
people-event-role-restored = Кызматкердин милдетин кайтардыңыз
people-event-place-linked = Каналды же топту байланыштырдыңыз
people-event-place-unlinked = Каналды же топту ажыраттыңыз
people-event-place-asked = Топту байланыштырууну сурандыңыз
people-event-place-declined = Топту байланыштырган жоксуз
people-event-place-village-set = Канал же топ кайсы айылдыкы экенин белгиледиңиз
people-event-card-put = Топко же каналга эсептегичи бар баракча койдуңуз
people-event-card-taken-down = Топтон же каналдан баракчаны алып салдыңыз
people-event-opinion-asked = Топко же каналга сурамжылоо койдуңуз
people-event-opinion-closed = Сурамжылоону жаптыңыз
people-event-list-published = Тизмени жарыяладыңыз
people-event-list-publication-withdrawn = Жарыялоо жөнүндө жазууну кайтарып алдыңыз
people-event-municipality-founded = Айыл аймагын же шаарды коштуңуз
people-event-municipality-changed = Айыл аймагынын же шаардын маалыматын өзгөрттүңүз
people-event-person-named = Петицияга кол коюу үчүн аты-жөнүңүздү жаздыңыз
people-event-petition-begun = Петиция баштадыңыз
people-event-petition-edited = Петициянын текстин өзгөрттүңүз
people-event-petition-sent = Петицияны жөнөттүңүз
people-event-petition-decided = Петиция боюнча чечим чыгардыңыз
people-event-petition-appealed = Четке кагылган петицияны кайра кароону сурандыңыз
people-event-petition-sorted = Петициянын маселесин тандадыңыз
people-event-petition-withdrawn = Петицияны кайтарып алдыңыз
people-event-petition-taken-down = Петицияны алып салдыңыз
people-event-petition-extended = Кол топтоо мөөнөтүн узарттыңыз
people-event-petition-closed = Петициянын мөөнөтү бүттү
people-event-petition-followed = Петицияга жазылдыңыз
people-event-petition-unfollowed = Петицияга жазылуудан чыктыңыз
people-event-petition-group-joined = Демилгелүү топко кирдиңиз
people-event-petition-group-left = Демилгелүү топтон чыктыңыз же кимдир бирөөнү чыгардыңыз
people-event-petition-group-led = Топтун жетекчилигин башкага бердиңиз
people-event-petition-news = Кол койгондорго жаңылык жаздыңыз
people-event-petition-signed = Петицияга кол койдуңуз
people-event-petition-signature-withdrawn = Колуңузду кайтарып алдыңыз
people-event-petition-signatures-invalidated = Колдорду эсептен чыгардыңыз
people-event-petition-signatures-taken-out = Колдордун бир бөлүгү эсептен чыгарылды
people-event-petition-signatures-restored = Колдорду эсепке кайтардыңыз
people-event-petition-paper-entered = Кагаздагы колдорду киргиздиңиз
people-event-petition-paper-namesake = Барактагы сапты «башка адам» деп белгиледиңиз
people-event-petition-paper-removed = Кол коюлган баракты эсептен чыгардыңыз
people-event-petition-threshold-reached = Керектүү кол саны топтолду
people-event-petition-threshold-lost = Кол саны керектүү сандан азайды
people-event-petition-handed-over = Колдорду тапшырдыңыз
people-event-petition-registered = Петицияны каттадыңыз
people-event-petition-answered = Петицияга жооп бердиңиз
people-event-petition-kenesh = Кеңештин чечимин жаздыңыз
people-event-petition-signers-opened = Кол койгондордун тизмесин ачтыңыз
people-event-petition-signers-anonymised = Кол койгондордун аттары өчүрүлдү
people-event-petition-pressure-told = Кысым же акча тууралуу билдирдиңиз
people-event-petition-flag-settled = Көп кол тууралуу белгини карап чыктыңыз
people-event-calendar-day-set = Иш күндөрүнүн календарына күн киргиздиңиз
people-event-calendar-day-removed = Иш күндөрүнүн календарынан күн алып салдыңыз
people-event-threshold-adopted = Петицияга канча кол керектиги тууралуу эреже киргиздиңиз
people-event-threshold-withdrawn = Күчүнө кире элек эрежени кайтарып алдыңыз
people-event-stop-set = Бир нерсени баары үчүн токтоттуңуз
people-event-stop-lifted = Токтотулганды кайра ачтыңыз
people-event-proposal-sent = Сунуш киргиздиңиз
people-event-proposal-entered = Сунушту башка адамдын атынан киргиздиңиз
people-event-proposal-supported = Сунушту колдодуңуз
people-event-proposal-support-withdrawn = Сунушту колдоону кайтарып алдыңыз
people-event-proposal-followed = Сунушка жазылдыңыз
people-event-proposal-unfollowed = Сунушка жазылуудан чыктыңыз
people-event-proposal-withdrawn = Сунушуңузду кайтарып алдыңыз
people-event-proposal-registered = Сунушту каттадыңыз
people-event-proposal-assigned = Сунушту кызматкерге бердиңиз
people-event-proposal-noted = Сунушка эскертме жаздыңыз
people-event-proposal-sorted = Сунуштун маселесин тактадыңыз
people-event-proposal-decided = Сунуш боюнча чечим чыгардыңыз
people-event-proposal-merged = Сунушту окшошуна коштуңуз
people-event-text-reported = Текстке даттандыңыз
people-event-text-hidden = Текст жашырылды
people-event-text-objected = Текстиңиздин жашырылганына макул эмес экениңизди жаздыңыз
people-event-text-reports-settled = Даттанууларды карап чыктыңыз
people-event-template-written = Даяр жоопту өзгөрттүңүз
people-data-signed = Кол койгон петицияларым жана коддору
people-data-groups = Демилгелүү топторум
people-data-petitions-followed = Мен жазылган петициялар
people-data-signs-as = Кол койгондогу аты-жөнүм
people-data-signs-shown = Башкалар көргөн аты
people-data-topics = Темалар боюнча тандаганым
people-data-villages = Кабарларын алган башка айылдарым
people-data-muted = Кабарын токтоткондорум
people-data-groups-asked = Байланыштырууну сураган топторуңуз
