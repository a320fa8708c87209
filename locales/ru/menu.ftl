menu-product = Ашар
menu-text = Нажмите кнопку или напишите одним словом, что нужно, например: вода.
menu-issues = Местные вопросы
menu-participation = Как участвовать?
menu-me = Обо мне
menu-unfinished = Продолжить начатое
menu-help = Помощь
# what one types to get the menu
menu-title-words = Меню

menu-help-text =
    Нажимайте кнопки или напишите одно слово: «вода», «дорога», «мусор».
    • «Меню» — главное меню
    • «Местные вопросы» — за что отвечает айыл окмоту или мэрия
    • «Предложения» — напишите, что улучшить, и поддержите других
    • «Петиции» — читайте, подписывайте или пишите свою вместе с группой
    • «Объявления» — о чем сообщает айыл окмоту или мэрия
    • «Обо мне» — язык, уведомления (какие письма и когда) и ваши данные

    Чтобы читать, регистрация не нужна. Бот бесплатный.
    Заявления бот пока не принимает: с заявлением обратитесь в айыл окмоту или мэрию.
    Если жизнь в опасности, не пишите боту, звоните 112.
menu-not-understood = Я вас не понял. Выберите из списка ниже или напишите «Помощь».
menu-hello = Здравствуйте!
menu-welcome-back = Пожалуйста. Понадобится что-то еще — напишите.
menu-word-issue = Вопрос
menu-word-proposal = Предложение
menu-word-petition = Петиция
menu-word-announcement = Объявление
menu-word-hello = Привет
menu-word-hello-polite = Здравствуйте
menu-word-hello-many = Ассаламу алейкум
menu-word-hello-day = Добрый день
menu-word-hello-morning = Доброе утро
menu-word-hello-evening = Добрый вечер
menu-word-thanks = Спасибо
menu-word-thanks-many = Большое спасибо
menu-word-thanks-dear = Спасибо большое
menu-old-button = Эта кнопка устарела. Ниже — главное меню.
menu-unchanged = Правка или удаление в чате у нас ничего не меняет: то, что пришло, остается. Чтобы исправить ответ, напишите «Назад». Все, что о вас хранится, можно удалить в разделе «Обо мне».

menu-command-menu = Главное меню
menu-command-issues = Местные вопросы
menu-command-proposals = Предложения
menu-command-participate = Как участвовать?
menu-command-me = Обо мне: уведомления и мои данные
menu-command-language = Тил · Язык · Language
menu-command-cancel = Прекратить начатое
menu-command-help = Помощь
# Telegram shows at most 120 characters
menu-short-description = Связывает жителей с айыл окмоту или мэрией. Кыргызча, русский, English.
menu-description =
    Здравствуйте! Это бот «Ашар». Он связывает жителей с айыл окмоту или мэрией: кто отвечает за местные вопросы, что делается сейчас и как можно участвовать.

    Чтобы начать, нажмите кнопку ниже.
menu-file-not-asked = Не понял, для чего этот файл. Выберите ниже.
menu-command-petitions = Петиции
menu-command-announcements = Объявления
