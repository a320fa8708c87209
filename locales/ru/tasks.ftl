tasks-title = Мои задачи
tasks-waits = { $count ->
        [one] Вас ждет { $count } дело
        [few] Вас ждут { $count } дела
       *[many] Вас ждут { $count } дел
    }
tasks-nothing = Сейчас ничего не ждет
tasks-you = Вы
tasks-not-yet = Здесь появятся дела вашей роли. Пока можно читать перечень вопросов и историю его изменений.
tasks-overdue = Просроченные вопросы
tasks-due-soon = Скоро срок
tasks-channels-behind = Что не обновлено
tasks-invitations = Открытые приглашения
tasks-list = Вести перечень
tasks-publish = Публикация
tasks-staff = Сотрудники
tasks-set-up = Настройки
tasks-stopped = Приостановлено
tasks-days-missing = Нет дней айта
