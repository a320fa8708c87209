workdays-title = Working days
workdays-title-year = Working days: { $year }
workdays-text =
    • is the same day every year, ✎ was entered by staff. Saturdays and Sundays are off anyway.

    Terms for answers are counted by this calendar. Terms set earlier do not change with a new day.
workdays-missing = { $year }: these days are not entered yet: { $days }
workdays-works = working day
workdays-is-on = Working day
workdays-is-off = Day off
workdays-add-off = Day off
workdays-add-on = Working day
workdays-ask-feast = { $year }: on which day is { $name }? For example: 27.05.
workdays-ask-off = { $year }: which day is off? For example: 04.05.
workdays-ask-on = { $year }: which weekend day or holiday becomes a working day? For example: 02.05.
workdays-ask-name-ky = What is it called in Kyrgyz? For example: Которулган дем алыш күнү.
workdays-ask-name-ru = And in Russian? If you skip this, the Kyrgyz name is shown.
workdays-entered = Entered: { $day }, { $name }.
workdays-remove-text = { $day }, { $name }: it goes out of the calendar and counts as the week says. Terms set earlier do not change.
workdays-removed = Removed: { $day }, { $name }. If this was a mistake, enter it again.
workdays-feast-orozo = Orozo ait
workdays-feast-kurman = Kurman ait
workdays-fixed-01-01 = New Year
workdays-fixed-01-07 = Orthodox Christmas
workdays-fixed-02-23 = Defender of the Fatherland Day
workdays-fixed-03-08 = International Women’s Day
workdays-fixed-03-21 = Nooruz
workdays-fixed-05-01 = Labour Day
workdays-fixed-05-05 = Constitution Day
workdays-fixed-05-09 = Victory Day
workdays-fixed-08-31 = Independence Day
workdays-fixed-11-07 = Day of History and Remembrance of Ancestors
workdays-fixed-11-08 = Day of History and Remembrance of Ancestors
