subscriptions-all = Баары
subscriptions-text = Бот сизге канчалык тез-тез өзү жазсын? Азыркы тандооңуз ✓ менен белгиленген. Ар бир теманы өзүнчө тандасаңыз да болот.
subscriptions-quiet = Тынч убак
subscriptions-quiet-hours = { $hours }. Бул убакта кабарлар күтүп турат, эртең менен келет. Шашылыш кабар дароо, токтотууга болбой тургандары үнсүз келет.
subscriptions-quiet-none = жок
subscriptions-together = Топтом
subscriptions-together-at = { $hour }, жумалыгы жума күнү
subscriptions-always =
    Булар ар дайым келет, токтотууга болбойт:
    • өз сунушуңузга жооп жана анын ар бир кадамы
    • петицияңыз боюнча чечим жана сиз кол койгон петицияга жооп
    • колуңуз эсептен чыгарылса
    • демилгелүү топтун курамы өзгөрсө
    • мессенджериңиз же милдетиңиз өзгөрсө
    Алар келбесе, мөөнөттү өткөрүп жиберип, укугуңуздан ажырап калышыңыз мүмкүн.
subscriptions-chosen = Белгиленди. { $what }: { $how }

subscriptions-topics = Темалар боюнча
subscriptions-topics-text = Теманы басып, ал боюнча канчалык тез-тез жазарымды тандаңыз.
subscriptions-topic-announcements = Кулактандыруулар
subscriptions-topic-issues = Маселелер
subscriptions-topic-meetings = Жыйындар
subscriptions-topic-petitions = Петициялар
subscriptions-topic-proposals = Сунуштар
subscriptions-topic-polls = Добуш берүү
subscriptions-topic-plan = План
subscriptions-topic-outcomes = Натыйжалар
subscriptions-about-announcements = Айыл өкмөтүнүн же мэриянын кулактандыруулары: суу, жарык, жол, иш-чаралар.
subscriptions-about-issues = Сиз жазылган маселелердин жаңылыктары.
subscriptions-about-meetings = Жыйындар жана угуулар: качан, кайда, эмне каралат.
subscriptions-about-petitions = Сиз кол койгон же жазылган петициялардын жүрүшү.
subscriptions-about-proposals = Сиз колдогон же жазылган сунуштардын жүрүшү.
subscriptions-about-polls = Сурамжылоо жана добуш берүү: качан башталат, качан бүтөт.
subscriptions-about-plan = Тартуу планынын долбоору жана ал боюнча иш-чаралар.
subscriptions-about-outcomes = Эмне аткарылды жана натыйжасы кандай.
subscriptions-now = Азыр: { $how }
subscriptions-as-all = Баарындагыдай

subscriptions-villages-aimak = Башка айылдар
subscriptions-villages-city = Башка кичи райондор
subscriptions-villages-text-aimak = Өз айылыңыздын кабарлары ансыз да келет. Башка айылдын кабарларын алгыңыз келсе, аны басыңыз. Кайра бассаңыз, токтойт.
subscriptions-villages-text-city = Өз кичи районуңуздун кабарлары ансыз да келет. Башкасынын кабарларын алгыңыз келсе, аны басыңыз. Кайра бассаңыз, токтойт.
subscriptions-villages-taken = Белгиленгени: { $count }
subscriptions-village-taken = Эми бул жердин кабарлары да келет: { $village }
subscriptions-village-left = Бул жердин кабарлары эми келбейт.

subscriptions-muted = Токтотулгандар
subscriptions-muted-title = Токтотулгандар: { $count }
subscriptions-muted-text = Булар боюнча кабар келбейт. Кайра алгыңыз келсе, басыңыз.
subscriptions-muted-none = Азыр эч нерсе токтотулган эмес. Кабардын астындагы «Эмне үчүн келди?» дегенди басып, ушул кабарларды токтотсоңуз болот.
subscriptions-mute-done = Токтотулду. Бул боюнча кабар келбейт.
subscriptions-unmute-done = Бул боюнча кабарлар кайра келет.
subscriptions-elsewhere-issue = Башка жердеги маселе
subscriptions-elsewhere-petition = Башка жердеги петиция
subscriptions-elsewhere-proposal = Башка жердеги сунуш

# the button under every letter, and the title of what it opens
subscriptions-why = Эмне үчүн келди?
subscriptions-why-account = Бул кабар сиздин мессенджерлериңиз тууралуу.
subscriptions-why-work = Бул кабар сиз аткарган милдет боюнча келди.
subscriptions-why-asked = Бул — сиз сураган нерсеге жооп. Ал бир эле жолу келет.
subscriptions-why-member = Сиз бул петициянын демилгелүү тобундасыз.
subscriptions-why-signer = Сиз бул петицияга кол койгонсуз.
subscriptions-why-follower = Сиз буга жазылгансыз.
subscriptions-why-was-in = Бул сизге тиешелүү болгон, ошондуктан кабарладым.
subscriptions-why-author = Бул — сиздин сунушуңуз.
subscriptions-why-supporter = Сиз бул сунушту колдогонсуз.
subscriptions-why-belongs = Сиз ушул жердин тургуну катары катталгансыз, бул кабар баарына жөнөтүлдү.
subscriptions-why-village = Бул кабар сиз жашаган жер боюнча жөнөтүлдү.
subscriptions-why-other-village = Сиз бул жердин кабарларын да алууну тандагансыз.
subscriptions-why-street = Бул кабар сиз жашаган көчө боюнча жөнөтүлдү.
subscriptions-why-digest-daily = Сиз кабарларды күнүнө бир жолу чогуу алууну тандагансыз.
subscriptions-why-digest-weekly = Сиз кабарларды жумасына бир жолу чогуу алууну тандагансыз.
subscriptions-urgent = Бул шашылыш кабар, ошондуктан тынч убакта да келет.
subscriptions-choose-less = Ушуну эле токтотсоңуз же бүт теманы сейрек алсаңыз болот.
subscriptions-choose-topic = Мындай кабарларды сейрек алсаңыз же такыр албасаңыз болот.
subscriptions-must = Аны токтотууга болбойт: мындай кабар келбесе, мөөнөттү өткөрүп жиберип, укугуңуздан ажырап калышыңыз мүмкүн.
subscriptions-must-account = Аны токтотууга болбойт: сиздин атыңыздан башка бирөө кирсе, ушундан билесиз.
subscriptions-must-work = Аны токтотууга болбойт: милдетиңиз турганда ага тиешелүү кабарлар келип турат.
subscriptions-this-one = Ушул боюнча
subscriptions-is-muted = токтотулган
subscriptions-mute = Ушуну токтотуу
subscriptions-unmute = Кайра алуу
subscriptions-less-daily = Күнүнө бир жолу
subscriptions-less-never = Мындай келбесин
subscriptions-settings = Кабарларды тандоо

subscriptions-digest-title = Кабарлар: { $count }
subscriptions-digest-daily = Күндүн кабарлары, { $day }
subscriptions-digest-weekly = Жуманын кабарлары, { $day }
subscriptions-digest-more = Дагы { $count } кабар:
subscriptions-issue-news = Сиз жазылган маселе боюнча жаңылык
subscriptions-open-issue = Маселени ачуу
subscriptions-news-title = Жаңы кабарлар
subscriptions-news-come = Сизге { $count } кабар келди. Азыр биринен сала бири ачылат.
subscriptions-news-none = Жаңы кабар калган жок: баары эскирди же мурда келди.
# what one types
subscriptions-word-stop = Токтот
subscriptions-word-unsubscribe = Жазылуудан чыгуу
subscriptions-word-start = Башта
subscriptions-stopped = Болду: мындан ары маанилүү кабарлар гана келет. Кайра ачуу үчүн «Башта» деп жазыңыз же төмөндөн тандаңыз.
