# What WhatsApp takes more than a day after somebody's last message. Meta approves these words: whoever changes one
# submits it again (docs/operating.md). No gap stands first, last or beside another one.
template-announcement =
    📢 Жаңы кулактандыруу: { $what }

    Кимден: { $home }. Толугу менен окуу үчүн төмөнкү баскычты басыңыз.
template-digest =
    🔔 Сизге жаңы кабарлар топтолду.

    Кимден: { $home }. Окуу үчүн төмөнкү баскычты басыңыз.
template-petition =
    ✍️ Петиция боюнча жаңылык: { $what }

    Кайда: { $home }. Толугу менен окуу үчүн төмөнкү баскычты басыңыз.
template-proposal =
    💡 Сунуш боюнча жаңылык: { $what }

    Кайда: { $home }. Толугу менен окуу үчүн төмөнкү баскычты басыңыз.
template-issue =
    📋 Сиз жазылган маселе боюнча жаңылык: { $what }

    Кайда: { $home }. Толугу менен окуу үчүн төмөнкү баскычты басыңыз.
template-work =
    📌 Сиздин милдетиңиз боюнча кабар: { $what }

    Кайда: { $home }. Ачуу үчүн төмөнкү баскычты басыңыз.
template-account =
    👤 Сиздин мессенджериңизге же милдетиңизге байланыштуу өзгөрүү болду.

    Кайда: { $home }. Эмне өзгөргөнүн көрүү үчүн төмөнкү баскычты басыңыз.
template-news =
    🔔 Сизге жаңы кабар бар.

    Кимден: { $home }. Окуу үчүн төмөнкү баскычты басыңыз.
template-open = Ачуу
template-footer = Кабарларды токтотуу үчүн «токтот» деп жазыңыз

# what Meta is shown as an example of what may stand in a gap
template-home = Ак-Булак айыл аймагы
template-example-announcement = Эртең саат 10дон 15ке чейин суу болбойт
template-example-petition = Сиз кол койгон петицияга жооп берилди
template-example-proposal = Сиздин сунушуңуз, № 12
template-example-issue = Ички жолдорду оңдоо
template-example-work = Жаңы петицияны текшерүү керек
