# Quick polls in groups and channels: opinions, never decisions

opinions-title = Сурамжылоолор
opinions-text = Сурамжылоо топтогу же каналдагы адамдардын пикирин тез билүүгө жардам берет. Ким эмне деп жооп бергени көрүнбөйт. Жыйынтыгы эч кимди милдеттендирбейт.
opinions-none = Азырынча сурамжылоо жок.
opinions-new = Сурамжылоо коюу
opinions-all = Сурамжылоолор
opinions-mark = Сурамжылоо. Эч кимди милдеттендирбейт, пикир билүү үчүн гана. Бүтөт: { $on }.
opinions-ask-question = Эмнени сурайсыз? Бир сүйлөм менен жазыңыз. Сурамжылоо пикир билүү үчүн гана: жыйынтыгы эч кимди милдеттендирбейт, чечим болбойт.
opinions-named-question = Суроо
opinions-ask-options =
    Кандай жооптор болсун? Баарын бир билдирүүгө, ар бирин өзүнчө сапка жазыңыз. Мисалы:
    Ооба
    Жок
    Билбейм
opinions-named-options = Жооптор
opinions-ask-days = Канча күн ачык турсун?
opinions-named-days = Мөөнөтү
opinions-days = { $count } күн
opinions-ask-where = Кайсы жерде сурайсыз?
opinions-named-where = Жери
opinions-everywhere = Баарында: { $count }
opinions-asked = Сурамжылоо жөнөтүлдү.
opinions-open = Ачык, бүтөт: { $until }
opinions-counting = Жабылды, жооптор саналып жатат
opinions-closed = Жабылды: { $at }
opinions-lost = саналбай калды: билдирүү өчүрүлгөн же бот ал жерде жок
opinions-stands = турат, саны ошол жерде көрүнөт
opinions-on-its-way = жөнөтүлүп жатат
opinions-line = { $option }: { $count } ({ $per_cent } %)
opinions-voters = Жооп бергендер: { $count }
opinions-answered = { $count } киши жооп берди
opinions-not-binding = Бул сурамжылоо пикир билүү үчүн гана: жыйынтыгы эч кимди милдеттендирбейт.
opinions-result = Сурамжылоонун жыйынтыгы
opinions-close = Азыр жабуу
opinions-close-text = Жабылгандан кийин эч ким жооп бере албайт, кайра ачылбайт. Жыйынтыгы ошол жерге жазылат.
opinions-close-yes = Ооба, жабуу
