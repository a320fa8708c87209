"""Which features answer? Every feature's routes in one table."""

from handlers import forms, issues, menu, participation, refusals
from handlers.people import data, phone, profile, welcome
from handlers.ways import Menu
from talk.routes import Table

table = Table(
    menu.routes,
    forms.routes,
    issues.routes,
    participation.routes,
    welcome.routes,
    phone.routes,
    profile.routes,
    data.routes,
    refusals.routes,
    home=Menu(),
)
