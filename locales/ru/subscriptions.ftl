subscriptions-all = Все
subscriptions-text = Как часто боту писать вам первым? То, что выбрано сейчас, отмечено знаком ✓. Для каждой темы можно выбрать отдельно.
subscriptions-quiet = Тихие часы
subscriptions-quiet-hours = { $hours }. В это время сообщения ждут и приходят утром. Срочное приходит сразу, а то, что нельзя отключить, — без звука.
subscriptions-quiet-none = нет
subscriptions-together = Сводка
subscriptions-together-at = { $hour }, недельная по пятницам
subscriptions-always =
    Это приходит всегда, отключить нельзя:
    • ответ на ваше предложение и каждый его шаг
    • решение по вашей петиции и ответ на петицию, которую вы подписали
    • если вашу подпись исключили из счета
    • если меняется состав инициативной группы
    • если меняются ваши мессенджеры или обязанности
    Без этого вы могли бы упустить свое право или срок.
subscriptions-chosen = Отмечено. { $what }: { $how }

subscriptions-topics = По темам
subscriptions-topics-text = Нажмите тему и выберите, как часто о ней писать.
subscriptions-topic-announcements = Объявления
subscriptions-topic-issues = Вопросы
subscriptions-topic-meetings = Собрания
subscriptions-topic-petitions = Петиции
subscriptions-topic-proposals = Предложения
subscriptions-topic-polls = Голосования
subscriptions-topic-plan = План
subscriptions-topic-outcomes = Результаты
subscriptions-about-announcements = Объявления айыл окмоту или мэрии: вода, свет, дороги, мероприятия.
subscriptions-about-issues = Новости вопросов, на которые вы подписаны.
subscriptions-about-meetings = Собрания и слушания: когда, где, что обсуждают.
subscriptions-about-petitions = Как идут дела с петициями, которые вы подписали или на которые подписаны.
subscriptions-about-proposals = Как идут дела с предложениями, которые вы поддержали или на которые подписаны.
subscriptions-about-polls = Опросы и голосования: когда начинаются и когда заканчиваются.
subscriptions-about-plan = Проект плана вовлечения и мероприятия по нему.
subscriptions-about-outcomes = Что выполнено и с каким результатом.
subscriptions-now = Сейчас: { $how }
subscriptions-as-all = Как для всех

subscriptions-villages-aimak = Другие села
subscriptions-villages-city = Другие микрорайоны
subscriptions-villages-text-aimak = Новости вашего села приходят и так. Чтобы получать новости другого села, нажмите на него. Нажмете еще раз — они перестанут приходить.
subscriptions-villages-text-city = Новости вашего микрорайона приходят и так. Чтобы получать новости другого, нажмите на него. Нажмете еще раз — они перестанут приходить.
subscriptions-villages-taken = Отмечено: { $count }
subscriptions-village-taken = Теперь приходят и новости этого места: { $village }
subscriptions-village-left = Новости этого места больше не приходят.

subscriptions-muted = Отключенное
subscriptions-muted-title = Отключено: { $count }
subscriptions-muted-text = Об этом сообщения не приходят. Чтобы получать их снова, нажмите.
subscriptions-muted-none = Сейчас ничего не отключено. Под сообщением нажмите «Почему это пришло?» — там такие сообщения можно отключить.
subscriptions-mute-done = Отключено. Об этом сообщений не будет.
subscriptions-unmute-done = Сообщения об этом снова будут приходить.
subscriptions-elsewhere-issue = Вопрос в другом месте
subscriptions-elsewhere-petition = Петиция в другом месте
subscriptions-elsewhere-proposal = Предложение в другом месте

# the button under every letter, and the title of what it opens
subscriptions-why = Почему это пришло?
subscriptions-why-account = Это сообщение о ваших мессенджерах.
subscriptions-why-work = Это сообщение пришло по вашим обязанностям.
subscriptions-why-asked = Это ответ на вашу просьбу. Он приходит один раз.
subscriptions-why-member = Вы в инициативной группе этой петиции.
subscriptions-why-signer = Вы подписали эту петицию.
subscriptions-why-follower = Вы на это подписаны.
subscriptions-why-was-in = Это касалось вас, поэтому я сообщаю.
subscriptions-why-author = Это ваше предложение.
subscriptions-why-supporter = Вы поддержали это предложение.
subscriptions-why-belongs = Вы записаны жителем этого места, а сообщение отправлено всем.
subscriptions-why-village = Это сообщение о месте, где вы живете.
subscriptions-why-other-village = Вы выбрали получать и новости этого места.
subscriptions-why-street = Это сообщение о вашей улице.
subscriptions-why-digest-daily = Вы выбрали получать сообщения вместе, раз в день.
subscriptions-why-digest-weekly = Вы выбрали получать сообщения вместе, раз в неделю.
subscriptions-urgent = Это срочное сообщение, поэтому оно приходит и в тихие часы.
subscriptions-choose-less = Можно отключить только это или реже получать всю тему.
subscriptions-choose-topic = Такие сообщения можно получать реже или не получать совсем.
subscriptions-must = Отключить это нельзя: без такого сообщения вы могли бы упустить свое право или срок.
subscriptions-must-account = Отключить это нельзя: так вы узнаете, если от вашего имени войдет кто-то другой.
subscriptions-must-work = Отключить это нельзя: пока за вами эта обязанность, приходит все, что к ней относится.
subscriptions-this-one = Об этом
subscriptions-is-muted = отключено
subscriptions-mute = Отключить это
subscriptions-unmute = Получать снова
subscriptions-less-daily = Раз в день
subscriptions-less-never = Не присылать такое
subscriptions-settings = Настроить сообщения

subscriptions-digest-title = Новости: { $count }
subscriptions-digest-daily = Новости за день, { $day }
subscriptions-digest-weekly = Новости за неделю, { $day }
subscriptions-digest-more =
    { $count ->
        [one] Еще { $count } сообщение:
        [few] Еще { $count } сообщения:
       *[many] Еще { $count } сообщений:
    }
subscriptions-issue-news = Новости вопроса, на который вы подписаны
subscriptions-open-issue = Открыть вопрос
subscriptions-news-title = Новые сообщения
subscriptions-news-come =
    { $count ->
        [one] Для вас { $count } сообщение. Сейчас оно придет.
        [few] Для вас { $count } сообщения. Сейчас они придут одно за другим.
       *[many] Для вас { $count } сообщений. Сейчас они придут одно за другим.
    }
subscriptions-news-none = Новых сообщений больше нет: все уже пришло или устарело.
# what one types
subscriptions-word-stop = Стоп
subscriptions-word-unsubscribe = Отписаться
subscriptions-word-start = Старт
subscriptions-stopped = Готово: теперь приходят только важные сообщения. Чтобы включить снова, напишите «Старт» или выберите ниже.
