participation-text = Мыйзам боюнча жергиликтүү маселелерди чечүүгө эки жол менен катышасыз: түздөн-түз өзүңүз жана кеңештин депутаттары аркылуу. Керектүүсүн басыңыз же номерин жазыңыз.
participation-who = Ким катышат
participation-how = Кантип
participation-signatures = Керектүү кол саны
participation-by-population = 300дөн 5 000ге чейин, калктын санына жараша
participation-contact = Суроо болсо
participation-office = айыл өкмөтүнө же мэрияга кайрылыңыз
participation-law = Негизи
participation-plan = Типтүү План, { $clause }
participation-charter = Типтүү Устав, { $clause }

participation-meetings-label = Жыйындар
participation-meetings-title = Жыйын (чогулуш)
participation-meetings-text = Бир көчөнүн, кварталдын же айылдын тургундары маанилүү маселени чогуу талкуулап, сунуш кабыл алат.
participation-meetings-who = Жергиликтүү жамааттын ар бир мүчөсү.
participation-meetings-how = Жыйындын күнү, жери жана маселеси кеминде { $days } күн мурун кабарланат: келип, оюңузду айтыңыз. Өзүңүз чакыргыңыз келсе, кеминде { $group } адамдан турган демилгелүү топ түзүп, айыл өкмөтүнө же мэрияга арыз бериңиз: жооп { $decide } күн ичинде берилет.

participation-hearings-label = Угуулар
participation-hearings-title = Коомдук жана бюджеттик угуулар
participation-hearings-text = Айыл өкмөтү же мэрия бюджеттин же программанын долбоорун көрсөтөт, тургундар суроо берип, сунуш айтат.
participation-hearings-who = Каалаган тургун.
participation-hearings-how = Күнүн айыл өкмөтүнөн же мэриядан билип алып, келиңиз. Талкуулануучу документ { $weeks } жума мурун жарыяланат, жыйынтыгы { $results } күн ичинде айтылат.

participation-initiatives-label = Демилгелер
participation-initiatives-title = Жергиликтүү демилге жана жамааттын демилгеси
participation-initiatives-text = Элге пайдалуу долбооруңуз болсо, ага жергиликтүү бюджеттен (жергиликтүү демилге) же регионалдык өнүктүрүү фондунан (жамааттын демилгеси) акча сурасаңыз болот.
participation-initiatives-who = Тургундар, алардын бирикмелери, ишкерлер жана уюмдар.
participation-initiatives-how = Тандоо жарыяланганда айыл өкмөтүнө же мэрияга арыз менен смета тапшырып, өз салымыңызды көрсөтүңүз.

participation-self-government-label = Көчө комитети (АКӨБ)
participation-self-government-title = Аймактык коомдук өз алдынча башкаруу (АКӨБ)
participation-self-government-text = Көчөнүн, кварталдын же үйдүн тургундары өз комитетин түзүп, жергиликтүү маселелерди өздөрү чечет.
participation-self-government-who = Ошол көчөдө, кварталда же үйдө жашагандар.
participation-self-government-how = Кошуналар менен чогулуп, комитет шайлаңыз. Анын чегин тургундардын сунушу менен кеңеш белгилейт жана комитетти каттайт.

participation-norms-label = Элдик демилге
participation-norms-title = Ченем жаратуу (элдик) демилгеси
participation-norms-text = Тургундар жергиликтүү кеңешке чечимдин даяр долбоорун сунуштайт. Кол жетиштүү чогулса, кеңеш аны карап чыгууга милдеттүү.
participation-norms-who = { $age } жашка чыккан тургундардын демилгелүү тобу, { $least }–{ $most } адам.
participation-norms-how = Топ долбоорду тургундарга көрсөтүп, кагазга кол чогултат. Бул колдор бот аркылуу коюлбайт.

participation-kurultai-label = Курултай
participation-kurultai-title = Курултай
participation-kurultai-text = Айыл аймагы же шаар кайсы багытта өнүгөрү боюнча сунуш берген чоң чогулуш. Анын сунуштарын кеңеш карап чыгууга милдеттүү.
participation-kurultai-who = Жыйындарда шайланган делегаттар.
participation-kurultai-how = Айылыңыздын же кварталыңыздын жыйынына келип, делегат шайлаңыз же өзүңүз делегат болуңуз.

participation-programme-label = Өнүгүү программасы
participation-programme-title = Социалдык-экономикалык өнүктүрүү программасы (СЭӨП)
participation-programme-text = Бул — айыл аймагынын же шаардын көйгөйлөрү кантип жана качан чечилерин көрсөткөн жалпы план.
participation-programme-who = Ар бир тургун көйгөйүн жана сунушун киргизе алат.
participation-programme-how = Программа боюнча коомдук угууга келип айтыңыз же сунушуңузду айыл өкмөтүнө же мэрияга жазып бериңиз.

participation-online-label = Онлайн катышуу
participation-online-title = Электрондук петиция, онлайн добуш берүү жана башка жолдор
participation-online-text = Мыйзам тыюу салбаган башка жолдор да бар: электрондук петиция, онлайн добуш берүү, пикир чогултуу.
participation-online-who = Жергиликтүү жамааттын мүчөлөрү.
participation-online-how = Бул ботто петицияга кол коюп, сунуш киргизип, жергиликтүү маселелерге жазыла аласыз. Башка онлайн жолдор бар-жогун айыл өкмөтүнөн же мэриядан сураңыз.

participation-deputies-label = Депутат аркылуу
participation-deputies-title = Жергиликтүү кеңештин депутаттары
participation-deputies-text = Депутаттарды тургундар шайлайт. Алар кеңеште сиздин атыңыздан чечим кабыл алат.
participation-deputies-who = Ар бир тургун депутатка кайрыла алат.
participation-deputies-how = Депутатыңыз ким экенин жана аны менен кантип байланышса болорун айыл өкмөтүнөн же мэриядан сурап алыңыз.
