# stands in the group itself, when the bot cannot write to whoever added it
groups-greeting = Саламатсыздарбы! Мен Ашар ботмун. Бул топко айылдын кабарлары чыксын десеңиздер, мени кошкон адам төмөнкү баскычты басып, бул кайсы айылдын тобу экенин айтсын.
groups-greeting-open = Ботту ачуу

groups-ask-home = Бул кайсы айыл аймагынын же шаардын тобу? Тандаңыз.
groups-ask-village = Ботту бул топко сиз коштуңуз. Бул кайсы айылдын же кичи райондун тобу? Тандаңыз. Андан кийин айыл өкмөтү же мэрия топту байланыштырат. Ага чейин бот топко эч нерсе жазбайт.
groups-whole-aimak = Бүт айыл аймагы
groups-whole-city = Бүт шаар
groups-elsewhere = Башка жер

groups-state-asked = Кайсы жердики экени айтыла элек
groups-state-waiting = Айыл өкмөтүнүн же мэриянын чечимин күтөт
groups-state-linked = Байланыштырылды
groups-state-declined = Байланыштырылган жок
groups-state-removed = Суранычтын күчү жок
groups-state-expired = Мөөнөтү өттү
groups-means-waiting = Чечим чыкканда сизге жазам. Ага чейин бот топко эч нерсе жазбайт.
groups-means-linked = Эми айыл өкмөтү же мэрия бул топко кабар чыгара алат. Кол коюу жана колдоо топто эмес, боттун өзүндө болот.
groups-means-declined = Айыл өкмөтү же мэрия бул топту байланыштырган жок. Себебин алардан сурасаңыз болот.
groups-means-removed = Бот топтон чыгарылган же ага жаза албайт. Керек болсо, ботту топко кайра кошуңуз.
groups-means-expired = 14 күндө чечим чыккан жок. Керек болсо, ботту топтон чыгарып, кайра кошуңуз.

groups-fact-group = Топ
groups-fact-whose = Кайсы жердики
groups-fact-asked = Суралган күнү
groups-fact-name = Аты
groups-fact-decided = Чечкен

groups-waiting = Күткөн топтор
groups-waiting-title = Байланыштырууну күткөн топтор: { $count }
groups-waiting-none = Азыр күткөн топ жок.
groups-decide-text = Топту ачып көрүп, ал чын эле ушул жердики экенин текшериңиз. Байланыштырсаңыз, топко кабар чыгара аласыз.
groups-approve = Байланыштыруу
groups-decline = Байланыштырбоо
groups-open-place = Топтун барагы
groups-approved = Топ байланыштырылды. Ботту кошкон адамга кабар кетет.
groups-declined = Топ байланыштырылган жок. Ботту кошкон адамга кабар кетет.

groups-whose = Кайсы жердики
groups-whose-text = Бул канал же топ кайсы жердики? Тандаңыз.
groups-whose-set = Белгиленди.

groups-letter-asks = Топ байланыштырууну күтөт
groups-letter-look = Көрүү

# --- cards with live counters ---

groups-cards = Баракчалар
groups-cards-text = Баракчада канча адам кол койгону же колдогону көрүнүп турат, сан өзү жаңырат. Адамдар баракчадагы баскычты басып, ботто кол коёт же колдойт.
groups-cards-none = Бул жерде баракча жок.
groups-card-new = Баракча коюу
groups-card-where = Баракча кайсы жерде турсун? Тандаңыз.
groups-card-choose = Эмненин баракчасын коёсуз? Тандаңыз.
groups-card-choose-none = Азыр коё турган эч нерсе жок: кол топтоп жаткан петиция да, чечиле элек сунуш да калган жок.
groups-card-preview = «{ $place }» ичинде ушундай көрүнөт, баскычы ботту ачат. Ал жердегилердин баары көрөт.
groups-card-put = Ушул жерге коюу
groups-card-put-done = Баракча коюлду. Сан өзгөрсө, өзү жаңырат.
groups-card-stands = «{ $place }» ичинде ушундай турат. Сан өзгөрсө, өзү жаңырат.
groups-card-is-down = Бул баракча «{ $place }» ичинен алып салынган.
groups-card-down = Алып салуу
groups-card-down-done = Баракча алып салынды.
groups-card-put-back = Кайра коюу
groups-card-sign = Ачып, кол коюу
groups-card-support = Ачып, колдоо
groups-card-read = Ботто окуу
groups-card-late = Кол топтоо мөөнөтү бүттү
groups-card-gone = Бул баракчаны айыл өкмөтү же мэрия алып салды.
groups-card-what = Баракча
groups-card-vanished = Баракча топтон өчүрүлдү
groups-card-vanished-text = Аны кимдир бирөө мессенжерде өчүргөн. Бот өзү кайра койбойт. Керек болсо, кайра коюңуз.
