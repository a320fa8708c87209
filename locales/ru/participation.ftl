participation-text = По закону в решении местных вопросов участвуют двумя путями: напрямую и через депутатов кенеша. Нажмите нужное или напишите номер.
participation-who = Кто участвует
participation-how = Как
participation-signatures = Сколько нужно подписей
participation-by-population = от 300 до 5 000, смотря сколько жителей
participation-contact = Если есть вопросы
participation-office = обратитесь в айыл окмоту или мэрию
participation-law = Основание
participation-plan = Типовой план, { $clause }
participation-charter = Типовой устав, { $clause }

participation-meetings-label = Собрания
participation-meetings-title = Собрание (сход)
participation-meetings-text = Жители одной улицы, квартала или села вместе обсуждают важный вопрос и принимают предложения.
participation-meetings-who = Каждый член местного сообщества.
participation-meetings-how = О дне, месте и вопросе собрания сообщают не позднее чем за { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }: приходите и говорите. Чтобы созвать собрание самим, создайте инициативную группу не меньше чем из { $group ->
        [one] { $group } человека
       *[other] { $group } человек
    } и подайте заявку в айыл окмоту или мэрию: ответ дадут в течение { $decide ->
        [one] { $decide } дня
       *[other] { $decide } дней
    }.

participation-hearings-label = Слушания
participation-hearings-title = Общественные и бюджетные слушания
participation-hearings-text = Айыл окмоту или мэрия показывает проект бюджета или программы, жители спрашивают и предлагают.
participation-hearings-who = Любой житель.
participation-hearings-how = Узнайте дату в айыл окмоту или мэрии и приходите. Документ публикуют за { $weeks ->
        [one] { $weeks } неделю
        [few] { $weeks } недели
       *[many] { $weeks } недель
    } до слушаний, итоги сообщают в течение { $results ->
        [one] { $results } дня
       *[other] { $results } дней
    }.

participation-initiatives-label = Инициативы
participation-initiatives-title = Местная инициатива и инициатива сообщества
participation-initiatives-text = Если у вас есть полезный для людей проект, на него можно просить деньги из местного бюджета (местная инициатива) или регионального фонда развития (инициатива сообщества).
participation-initiatives-who = Жители, их объединения, предприниматели и организации.
participation-initiatives-how = Когда объявят отбор, подайте в айыл окмоту или мэрию заявку со сметой и укажите свой вклад.

participation-self-government-label = Комитет улицы (ТОС)
participation-self-government-title = Территориальное общественное самоуправление (ТОС)
participation-self-government-text = Жители улицы, квартала или дома создают свой комитет и сами решают местные вопросы.
participation-self-government-who = Те, кто живет на этой улице, в квартале или доме.
participation-self-government-how = Соберитесь с соседями и выберите комитет. Его границы по предложению жителей устанавливает кенеш, он же регистрирует комитет.

participation-norms-label = Народная инициатива
participation-norms-title = Нормотворческая (народная) инициатива
participation-norms-text = Жители вносят в местный кенеш готовый проект решения. Если подписей хватит, кенеш обязан его рассмотреть.
participation-norms-who = Инициативная группа жителей: { $least }–{ $most } человек, возраст от { $age ->
        [one] { $age } года
       *[other] { $age } лет
    }.
participation-norms-how = Группа показывает проект жителям и собирает подписи на бумаге. Через бот эти подписи не ставят.

participation-kurultai-label = Курултай
participation-kurultai-title = Курултай
participation-kurultai-text = Большое собрание, которое предлагает, куда развиваться аймаку или городу. Кенеш обязан рассмотреть его предложения.
participation-kurultai-who = Делегаты, избранные на собраниях жителей.
participation-kurultai-how = Придите на собрание своего села или квартала, выберите делегата или станьте им.

participation-programme-label = Программа развития
participation-programme-title = Программа социально-экономического развития (ПСЭР)
participation-programme-text = Это общий план: как и когда решать проблемы аймака или города.
participation-programme-who = Каждый житель может добавить свою проблему и предложение.
participation-programme-how = Скажите об этом на общественных слушаниях по программе или подайте предложение в айыл окмоту или мэрию письменно.

participation-online-label = Онлайн-участие
participation-online-title = Электронная петиция, онлайн-голосование и другие пути
participation-online-text = Есть и другие пути, не запрещенные законом: электронная петиция, онлайн-голосование, сбор мнений.
participation-online-who = Члены местного сообщества.
participation-online-how = В этом боте можно подписать петицию, внести предложение и подписаться на местные вопросы. Есть ли другие онлайн-пути, спросите в айыл окмоту или мэрии.

participation-deputies-label = Через депутата
participation-deputies-title = Депутаты местного кенеша
participation-deputies-text = Депутатов избирают жители. В кенеше они принимают решения от вашего имени.
participation-deputies-who = Каждый житель может обратиться к депутату.
participation-deputies-how = Кто ваш депутат и как с ним связаться, спросите в айыл окмоту или мэрии.
