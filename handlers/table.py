"""Which features answer? Every feature's routes in one table."""

from handlers import forms, menu, participation, refusals, sent, tasks
from handlers.issues import browse, edit, follow, history, keep, search, sheet
from handlers.municipalities import found, numbers, places_file, setup, villages
from handlers.people import data, join, joining, phone, profile, staff, welcome
from handlers.publications import log, overview, papers, places, post
from handlers.ways import Menu
from talk.routes import Table

table = Table(
    menu.routes,
    forms.routes,
    browse.routes,
    follow.routes,
    search.routes,
    keep.routes,
    edit.routes,
    history.routes,
    sheet.routes,
    tasks.routes,
    participation.routes,
    welcome.routes,
    phone.routes,
    profile.routes,
    data.routes,
    join.routes,
    staff.routes,
    setup.routes,
    found.routes,
    numbers.routes,
    villages.routes,
    places_file.routes,
    joining.routes,
    overview.routes,
    log.routes,
    papers.routes,
    places.routes,
    post.routes,
    sent.routes,
    refusals.routes,
    home=Menu(),
)
