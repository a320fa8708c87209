"""Which features answer? Every feature's routes in one table."""

from handlers import forms, menu, participation, refusals
from handlers.issues import browse, follow, search
from handlers.people import data, phone, profile, welcome
from handlers.ways import Menu
from talk.routes import Table

table = Table(
    menu.routes,
    forms.routes,
    browse.routes,
    follow.routes,
    search.routes,
    participation.routes,
    welcome.routes,
    phone.routes,
    profile.routes,
    data.routes,
    refusals.routes,
    home=Menu(),
)
