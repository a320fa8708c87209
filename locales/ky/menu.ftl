menu-product = Ашар
menu-text = Баскычты басыңыз же эмне керек экенин бир сөз менен жазыңыз, мисалы: суу.
menu-issues = Маселелер
menu-participation = Кантип катышам?
menu-me = Мен
menu-unfinished = Баштаганды улантуу
menu-help = Жардам
# what one types to get the menu
menu-title-words = Меню

menu-help-text =
    Баскычтарды басыңыз же бир сөз жазыңыз: «суу», «жол», «таштанды».
    • «Меню» — башкы меню
    • «Маселелер» — айыл өкмөтү же мэрия эмнелер үчүн жооптуу
    • «Сунуштар» — эмне жакшырышы керек экенин жазып, башкалардыкын колдойсуз
    • «Петициялар» — окуйсуз, кол коёсуз же топ менен өзүңүз жазасыз
    • «Кулактандыруулар» — айыл өкмөтү же мэрия эмнени жарыялады
    • «Мен» — тилиңиз, кабарлар (кандай кат, качан келет) жана маалыматыңыз

    Окуу үчүн катталуунун кереги жок. Бот акысыз.
    Бот азырынча арыз кабыл албайт: арыз менен айыл өкмөтүнө же мэрияга кайрылыңыз.
    Өмүргө коркунуч болсо, ботко жазбай, 112 номерине чалыңыз.
menu-not-understood = Түшүнбөй калдым. Төмөнкүлөрдүн бирин тандаңыз же «Жардам» деп жазыңыз.
menu-hello = Саламатсызбы!
menu-welcome-back = Арзыбайт. Дагы бир нерсе керек болсо, жазыңыз.
menu-word-issue = Маселе
menu-word-proposal = Сунуш
menu-word-petition = Петиция
menu-word-announcement = Кулактандыруу
menu-word-hello = Салам
menu-word-hello-polite = Саламатсызбы
menu-word-hello-many = Саламатсыздарбы
menu-word-hello-day = Салам алейкум
menu-word-hello-morning = Кутман таң
menu-word-hello-evening = Кутман кеч
menu-word-thanks = Рахмат
menu-word-thanks-many = Чоң рахмат
menu-word-thanks-dear = Ыракмат
menu-old-button = Бул баскыч эскирип калган. Башкы меню төмөндө.

menu-command-menu = Башкы меню
menu-command-issues = Жергиликтүү маселелер
menu-command-proposals = Сунуштар
menu-command-participate = Кантип катышам?
menu-command-me = Мен: кабарлар жана маалыматым
menu-command-language = Тил · Язык · Language
menu-command-cancel = Баштаганды токтотуу
menu-command-help = Жардам
# Telegram shows at most 120 characters
menu-short-description = Тургундарды айыл өкмөтү же мэрия менен байланыштырат. Кыргызча, русский, English.
menu-description =
    Саламатсызбы! Бул — «Ашар» боту. Ал тургундарды айыл өкмөтү же мэрия менен байланыштырат: жергиликтүү маселелерге ким жооптуу, азыр эмне жасалып жатат жана кантип катышса болот.

    Баштоо үчүн төмөнкү баскычты басыңыз.
menu-file-not-asked = Бул файл эмне үчүн экенин түшүнгөн жокмун. Төмөндөн тандаңыз.
menu-command-petitions = Петициялар
menu-command-announcements = Кулактандыруулар
