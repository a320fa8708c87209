"""Which features answer? Every feature's routes in one table."""

from handlers import forms, menu, participation, proof, refusals, sent, tasks
from handlers.announcements import desk as announcement_desk
from handlers.announcements import letters as announcement_tasks
from handlers.announcements import progress as announcement_progress
from handlers.announcements import read as announcements
from handlers.announcements import send as announcement_send
from handlers.announcements import share as announcement_share
from handlers.announcements import told as announcement_letters
from handlers.announcements import write as announcement_write
from handlers.groups import cards as group_cards
from handlers.groups import letters as group_letters
from handlers.groups import requests as group_requests
from handlers.issues import browse, edit, follow, history, keep, search, sheet
from handlers.municipalities import found, numbers, places_file, setup, stops, thresholds, villages, workdays
from handlers.opinions import ask as opinion_ask
from handlers.opinions import desk as opinions
from handlers.opinions import in_groups as opinions_in_groups
from handlers.people import confirm, data, join, joining, phone, profile, staff, welcome
from handlers.petitions import browse as petitions
from handlers.petitions import decide as petition_decide
from handlers.petitions import desk as petition_desk
from handlers.petitions import duties, group, inviting, prints, write
from handlers.petitions import edit as petition_edit
from handlers.petitions import group_names as petition_group_names
from handlers.petitions import guard as petition_guard
from handlers.petitions import letters as petition_letters
from handlers.petitions import paper as petition_paper
from handlers.petitions import pressure as petition_pressure
from handlers.petitions import queue as petition_queue
from handlers.petitions import receipts as petition_receipts
from handlers.petitions import register as petition_register
from handlers.petitions import sign as petition_sign
from handlers.petitions import signers as petition_signers
from handlers.petitions import sorting as petition_sorting
from handlers.petitions import way as petition_way
from handlers.post import doubtful, office, timetable
from handlers.proposals import browse as proposals
from handlers.proposals import decide, desk, enter, make, register_sheet, reported, support, templates
from handlers.proposals import letters as proposal_letters
from handlers.publications import log, overview, papers, places, post
from handlers.subscriptions import choose as subscriptions
from handlers.subscriptions import knock, why
from handlers.subscriptions import letters as subscription_letters
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
    proof.routes,
    welcome.routes,
    phone.routes,
    profile.routes,
    data.routes,
    join.routes,
    confirm.routes,
    staff.routes,
    setup.routes,
    found.routes,
    numbers.routes,
    villages.routes,
    places_file.routes,
    workdays.routes,
    thresholds.routes,
    stops.routes,
    joining.routes,
    overview.routes,
    log.routes,
    papers.routes,
    places.routes,
    post.routes,
    group_requests.routes,
    group_cards.routes,
    opinions.routes,
    opinion_ask.routes,
    opinions_in_groups.routes,
    group_letters.routes,
    proposals.routes,
    support.routes,
    make.routes,
    proposal_letters.routes,
    desk.routes,
    decide.routes,
    enter.routes,
    templates.routes,
    reported.routes,
    register_sheet.routes,
    petitions.routes,
    petition_sign.routes,
    petition_way.routes,
    petition_pressure.routes,
    petition_group_names.routes,
    petition_sorting.routes,
    petition_letters.routes,
    write.routes,
    petition_edit.routes,
    group.routes,
    inviting.routes,
    duties.routes,
    prints.routes,
    petition_queue.routes,
    petition_desk.routes,
    petition_decide.routes,
    petition_register.routes,
    petition_paper.routes,
    petition_receipts.routes,
    petition_signers.routes,
    petition_guard.routes,
    office.routes,
    timetable.routes,
    doubtful.routes,
    announcements.routes,
    announcement_share.routes,
    announcement_letters.routes,
    announcement_desk.routes,
    announcement_write.routes,
    announcement_send.routes,
    announcement_progress.routes,
    announcement_tasks.routes,
    subscriptions.routes,
    knock.routes,
    why.routes,
    subscription_letters.routes,
    sent.routes,
    refusals.routes,
    home=Menu(),
)
