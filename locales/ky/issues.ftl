issues-list-title = Жергиликтүү маанидеги маселелер: { $count }
issues-list-text = Айыл өкмөтү же мэрия эмнелер үчүн жооптуу экенин ушул жерден көрөсүз. Теманы басыңыз же издөө үчүн бир сөз жазыңыз, мисалы: жол.
issues-list-empty = Тизме азырынча толтурула элек. Сурооңуз болсо, айыл өкмөтүнө же мэрияга кайрылыңыз.
issues-all = Бардык маселелер
issues-page = Барак: { $page }/{ $pages }
issues-whole-list = Толук тизме
issues-whose-title = Кайсы жердин тизмесин көрөсүз?

issues-found-title = «{ $words }» боюнча табылды: { $count }
issues-not-found-title = Эч нерсе табылган жок
issues-not-found-text = «{ $words }» деген сөз боюнча маселе жок. Башка сөз менен жазып көрүңүз же толук тизмени ачыңыз.

issues-fact-law = Негизи
issues-fact-responsible = Жооптуу
issues-fact-contact = Телефон
issues-fact-renewed = Жаңыртылды
issues-nobody-yet = азырынча көрсөтүлө элек
issues-doing = Азыр эмне жасалып жатат:
issues-never-renewed = Маалымат азырынча киргизиле элек
issues-fresh = Маалымат жаңы. Кийинки жаңыртуунун мөөнөтү: { $until }
issues-overdue = Жаңыртуунун мөөнөтү өттү: { $until }

issues-follow = Жазылуу
issues-unfollow = Жазылуудан чыгуу
issues-followed = Жазылдыңыз. Бул маселе эми «Мен» бөлүмүндөгү тизмеңизде турат.
issues-followed-already = Бул маселеге мурун эле жазылгансыз.
issues-unfollowed = Жазылуудан чыктыңыз.
issues-followed-button = Жазылган маселелер
issues-followed-title = Мен жазылган маселелер: { $count }
issues-followed-none = Азырынча эч бир маселеге жазыла элексиз. Маселени ачып, «Жазылуу» дегенди басыңыз.

issues-share = Бөлүшүү
issues-share-title = Башкаларга жөнөтүү
issues-share-text = Төмөнкү билдирүүнү айылдын же кварталдын тобуна жөнөтсөңүз болот.
issues-share-choose = Чат тандоо
issues-share-inline = Чатта көрсөтүү
