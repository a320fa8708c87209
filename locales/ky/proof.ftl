proof-post-title = Журналдын белгиси
proof-post-text =
    Соңку жазуу: { $moment }
    { $head }

    Бул белги каналда турганда, мурунку жазууларды билгизбей өзгөртүүгө болбойт: белги дал келбей калат. Муну адис мындай текшерет: python -m bot verify --head, артынан ушул белги.

proof-page-title = Журналды текшерүү
proof-page-text = Бул белги бүт журналга таандык: жазуу кийин өзгөртүлсө, ал дал келбейт. Ал каналда да турат.
proof-page-newest = Соңку жазуу

proof-receipt-title = Колду текшерүү
proof-receipt-ask = Кол койгондо берилген кодду жазыңыз: он белги. Мисалы: 7KQ4M2XWPA
proof-receipt-unknown = Мындай код табылган жок. Ар бир тамганы жана санды дагы бир жолу карап көрүңүз.
proof-receipt-is-counted = Кол эсепке алынган
proof-receipt-is-withdrawn = Ээси колун кайтарып алган: { $on }
proof-receipt-is-invalid = Кол эсептен чыгарылган: { $on }
proof-receipt-petition = Петиция
proof-receipt-hidden = № { $number } петиция
proof-receipt-signed = Кол коюлду
proof-receipt-number = Журналдагы номери
proof-receipt-reason = Себеби
proof-receipt-nobody = Код кимдики экенин эч ким биле албайт.
proof-receipt-open = Петицияны ачуу
proof-receipt-other = Башкасын текшерүү
proof-receipt-check = Текшерүү
proof-receipt-later = Азыр сурагандар көп. Бир аздан кийин кайра текшериңиз.
