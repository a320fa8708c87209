"""Does every button keep working, after restarts, months later and from older releases, and can each be typed?"""

from dataclasses import dataclass
from datetime import timedelta

from bot.app import words
from handlers.table import table
from sandbox import people
from sandbox.chats import Json, Person
from sandbox.world import Call
from talk.press import unpack
from tests.bot.buttons import ways_of
from tests.bot.crowd import a_crowd, pour, pressed, refused, shown_to, state, wrote
from tests.conversations.stage import Stage

NOT_UNDERSTOOD = words().speaker("ky")("menu-not-understood")
OLD_BUTTON = words().speaker("ky")("menu-old-button")

# Buttons as the first release put them under messages, and what they mean. They live for years: a line may be added,
# never changed or taken away.
RELEASED = {
    "m": "Menu()",
    "mz": "Unchanged()",
    "v:7KQ4M2XWPA": "CheckReceipt(receipt='7KQ4M2XWPA')",
    "h": "Help()",
    "ha:1": "Courtesy(thanks=True)",
    "me": "Me()",
    "md": "MyData()",
    "ml": "Languages()",
    "mls:ru:": "SpeakLanguage(language='ru', back='')",
    "mls:ru:i%3A3": "SpeakLanguage(language='ru', back='i:3')",
    "mn": "Notifications()",
    "mns:daily": "NotifyMe(how=<Notify.DAILY: 'daily'>)",
    "nt": "Topics()",
    "no:polls": "OpenTopic(topic=<Topic.POLLS: 'polls'>)",
    "nc:issues:weekly": "ChooseTopic(topic=<Topic.ISSUES: 'issues'>, how=<Notify.WEEKLY: 'weekly'>)",
    "nc:issues:": "ChooseTopic(topic=<Topic.ISSUES: 'issues'>, how=None)",
    "nv:1": "OtherVillages(page=1)",
    "nva:3:0": "TakeVillage(village=3, page=0)",
    "nvx:3:0": "LeaveVillage(village=3, page=0)",
    "nm:0": "Muted(page=0)",
    "nq:petition:3": "MuteThing(subject='petition', number=3)",
    "nu:petition:3": "UnmuteThing(subject='petition', number=3)",
    "nw:3": "WhyThis(letter=3)",
    "q:3:": "OpenRequest(request=3, home=None)",
    "qb:3": "GreetGroup(request=3)",
    "ol": "PublicAnnouncements(page=0, home=None, mine=False)",
    "ol:1:2:1": "PublicAnnouncements(page=1, home=2, mine=True)",
    "o:asked:0": "Announcements(what='asked', page=0)",
    "ow:1": "WriteAnnouncement(template=1)",
    "od:1": "AnnouncementDesk(announcement=1, apart=False)",
    "op:1:ru": "PreviewAnnouncement(announcement=1, language='ru')",
    "oc:1": "ChangeAnnouncement(announcement=1)",
    "ocp:1:audience": "ChangePart(announcement=1, part=<Part.AUDIENCE: 'audience'>)",
    "os:1:0123abcd": "SendAnnouncement(announcement=1, mark='0123abcd')",
    "oq:1:0123abcd": "AskSecond(announcement=1, mark='0123abcd')",
    "on:1": "DeclineAnnouncement(announcement=1)",
    "oh:1": "PauseAnnouncement(announcement=1)",
    "og:1": "ContinueAnnouncement(announcement=1)",
    "ox:1": "AskCancel(announcement=1)",
    "oxy:1": "CancelAnnouncement(announcement=1)",
    "oxu:1": "RestoreAnnouncement(announcement=1)",
    "ok:1": "CorrectAnnouncement(announcement=1)",
    "oz:1": "AskRecall(announcement=1)",
    "ozy:1": "RecallAnnouncement(announcement=1)",
    "ou:1": "Undelivered(announcement=1)",
    "otk:1": "KeepAsTemplate(announcement=1)",
    "ot": "AnnouncementTemplates()",
    "oto:1": "OpenAnnouncementTemplate(template=1)",
    "otx:1": "RemoveAnnouncementTemplate(template=1)",
    "oty:1": "RestoreAnnouncementTemplate(template=1)",
    "or:3": "ReadAnnouncement(announcement=3)",
    "oo:3": "OpenAnnouncement(announcement=3)",
    "of:3": "ShareAnnouncement(announcement=3, language='')",
    "of:3:ru": "ShareAnnouncement(announcement=3, language='ru')",
    "y": "PostOffice()",
    "yt": "Timetable(page=0)",
    "yt:1": "Timetable(page=1)",
    "yo:send-digests": "OpenJob(job='send-digests')",
    "yw": "WaitingPost()",
    "yf": "UndeliveredPost()",
    "yd": "DoubtfulPost(page=0)",
    "yd:2": "DoubtfulPost(page=2)",
    "ydo:3": "OpenDoubtful(letter=3)",
    "yds:1": "SettleDoubtful(again=True, letter=0)",
    "yds:0:3": "SettleDoubtful(again=False, letter=3)",
    "ydx:1:0:9": "SettleDoubtfulNow(again=True, letter=0, until=9)",
    "ydx:0:3:0": "SettleDoubtfulNow(again=False, letter=3, until=0)",
    "qv:3:1:2": "NameVillage(request=3, home=1, village=2)",
    "ql:0": "GroupRequests(page=0)",
    "qr:3": "LookAtRequest(request=3)",
    "qa:3": "ApproveRequest(request=3)",
    "qd:3": "DeclineRequest(request=3)",
    "qp:3": "WhoseIsPlace(place=3)",
    "qs:3:2": "SetPlaceVillage(place=3, village=2)",
    "qc:3": "PlaceCards(place=3)",
    "mst:1": "MyStreet(page=1)",
    "mss:3": "SetStreet(street=3)",
    "qo:1": "Opinions(page=1)",
    "qon:3": "AskOpinion(place=3)",
    "qoo:3": "OpenOpinion(opinion=3)",
    "qoc:3": "CloseOpinion(opinion=3)",
    "qox:3": "CloseOpinionNow(opinion=3)",
    "qcn:3:1": "ChooseCard(place=3, page=1)",
    "qcg:petition:7": "PlacesForCard(kind=<CardKind.PETITION: 'petition'>, number=7)",
    "qcl:3:petition:7": "LookAtCard(place=3, kind=<CardKind.PETITION: 'petition'>, number=7)",
    "qcp:3:proposal:7": "PutCard(place=3, kind=<CardKind.PROPOSAL: 'proposal'>, number=7)",
    "qco:3": "OpenCard(card=3)",
    "qcd:3": "TakeCardDown(card=3)",
    "qcb:3": "PutCardBack(card=3)",
    "mv": "Move(then='')",
    "mf": "ForgetMe()",
    "mfy": "ForgetMeNow()",
    "hi:": "FirstContact(then='')",
    "hi:if%3A3": "FirstContact(then='if:3')",
    "tel:": "ProvePhone(then='')",
    "res:": "DeclareResident(then='')",
    "iw:0": "WhoseList(page=0)",
    "is:": "Themes(home=None)",
    "is:2": "Themes(home=2)",
    "il:water:0:": "IssueList(theme='water', page=0, home=None)",
    "il::1:2": "IssueList(theme='', page=1, home=2)",
    "i:3": "OpenIssue(issue=3)",
    "if:3": "FollowIssue(issue=3)",
    "iu:3": "UnfollowIssue(issue=3)",
    "ish:3": "ShareIssue(issue=3)",
    "io": "Followed()",
    "iq:%D1%81%D1%83%D1%83:": "Found(words='суу', home=None)",
    "p": "Forms()",
    "pf:hearings": "OpenForm(form=<Engagement.HEARINGS: 'hearings'>)",
    "t": "Tasks()",
    "g:0": "Staff(page=0)",
    "gi": "InviteStaff()",
    "gv:3": "OpenInvitation(invitation=3)",
    "gw:3": "WithdrawInvitation(invitation=3)",
    "ga:3": "OpenAppointment(appointment=3)",
    "gb:3": "TakeBack(appointment=3)",
    "gx:3": "TakeBackNow(appointment=3)",
    "gu:3": "GiveBack(appointment=3)",
    "gl:0": "StaffLog(page=0)",
    "gt:Ab-c_d1234567890": "TakeUp(word='Ab-c_d1234567890')",
    "u": "SetUp()",
    "uf": "FoundHome()",
    "ue": "EditNames()",
    "ua": "EditAbout()",
    "uc": "Contacts()",
    "uce:phone": "EditContact(contact=<Contact.PHONE: 'phone'>)",
    "ucx:email": "ClearContact(contact=<Contact.EMAIL: 'email'>)",
    "un": "NumberGroups()",
    "ung:plan": "NumberGroup(group='plan')",
    "uno:petition_days": "OpenNumber(key='petition_days')",
    "unc:petition_days": "ChangeNumber(key='petition_days')",
    "unm:petition_days": "ModelNumber(key='petition_days')",
    "up:0": "Places(page=0)",
    "upa": "AddVillages()",
    "upt": "PlaceSheet()",
    "ups": "SendPlaces()",
    "uv:3:0": "OpenVillage(village=3, page=0)",
    "uva:3": "AddStreets(village=3)",
    "uvr:3": "RenameVillage(village=3)",
    "uvd:3": "RemoveVillage(village=3)",
    "uvx:3": "RemoveVillageNow(village=3)",
    "us:3": "OpenStreet(street=3)",
    "usr:3": "RenameStreet(street=3)",
    "usx:3": "RemoveStreet(street=3)",
    "uvp:1": "VillagePeople(village=1)",
    "uw:2027:0": "Calendar(year=2027, page=0)",
    "uwa:2026:0:kurman": "AddDay(year=2026, works=False, feast=<Feast.KURMAN: 'kurman'>)",
    "uwa:2027:1:": "AddDay(year=2027, works=True, feast=None)",
    "uwo:1": "OpenDay(day=1)",
    "uwd:1": "RemoveDay(day=1)",
    "uwx:1": "RemoveDayNow(day=1)",
    "ur:": "Thresholds(home=None)",
    "ur:1": "Thresholds(home=1)",
    "ut:0": "Rules(page=0)",
    "uta": "AdoptRule()",
    "uto:1": "OpenRule(rule=1)",
    "utw:1": "WithdrawRule(rule=1)",
    "utx:1": "WithdrawRuleNow(rule=1)",
    "ux": "Stops()",
    "uxo:signing": "OpenStop(what=<Stoppable.SIGNING: 'signing'>)",
    "uxs:petitions": "StopIt(what=<Stoppable.PETITIONS: 'petitions'>)",
    "uxl:proposals": "LiftStop(what=<Stoppable.PROPOSALS: 'proposals'>)",
    "uxx:signing": "LiftStopNow(what=<Stoppable.SIGNING: 'signing'>)",
    "gy:Ab-c_d1234567890": "TakeUpNow(word='Ab-c_d1234567890')",
    "pu": "Publishing()",
    "puc:site": "OpenChannel(channel=<Channel.SITE: 'site'>)",
    "pup:board:ky": "TakePaper(channel=<Channel.BOARD: 'board'>, language='ky')",
    "pun:event": "NotePublication(channel=<Channel.EVENT: 'event'>)",
    "puf:": "ListCard(language='')",
    "puh": "HowToLink()",
    "pul:4": "OpenPlace(place=4)",
    "pux:4": "UnlinkPlace(place=4)",
    "puk:4": "RelinkPlace(place=4)",
    "pug:4:ru": "SpeakThere(place=4, language='ru')",
    "pua": "AskToPost()",
    "puy:": "PostList(place=None)",
    "puy:4": "PostList(place=4)",
    "puo:1": "PublicationLog(page=1)",
    "puz:9": "OpenPublication(entry=9)",
    "puw:9": "WithdrawPublication(entry=9)",
    "puq:9": "KeepPublication(entry=9)",
    "a:1777897800000:village:2": "Answered(draft=1777897800000, key='village', value='2')",
    "a:1777897800000:title:": "Answered(draft=1777897800000, key='title', value=None)",
    "as:1777897800000:b:": "FormStep(draft=1777897800000, do=<Do.BACK: 'b'>, what='')",
    "as:1777897800000:c:village": "FormStep(draft=1777897800000, do=<Do.CHANGE: 'c'>, what='village')",
    "ar": "GoOn(question='')",
    "hb:3:1": "PutBack(issue=3, change=1)",
    "hc:3:1": "OpenChange(issue=3, change=1)",
    "if2:3": "IssueFile(issue=3)",
    "ih:9999:4": "IssueHistory(issue=9999, page=4)",
    "jn:AAAAAAAA": "JoinNow(word='AAAAAAAA')",
    "jo:AAAAAAAA": "OpenJoin(word='AAAAAAAA')",
    "jt": "OpenTwin()",
    "jtn": "JoinTwin()",
    "jx:5": "NotMe(account=5)",
    "jy:5": "ItIsMe(account=5)",
    "k:0:0": "KeepList(due=False, page=0)",
    "ka": "RenewAll()",
    "kan": "RenewAllNow()",
    "kb:21": "RestoreIssue(issue=21)",
    "kd:3": "EditDoing(issue=3)",
    "kf:3": "RemoveFile(issue=3)",
    "ki:3": "KeepIssue(issue=3)",
    "km:21": "MoveIssue(issue=21)",
    "kn": "AddIssue()",
    "ko:21": "RetireIssue(issue=21)",
    "kr:3": "RenewIssue(issue=3)",
    "ks": "GiveSheet()",
    "ksa:aaaaaaaaaaaaaaaa:bbbbbbbbbbbbbbbb": "ApplySheet(file='aaaaaaaaaaaaaaaa', seen='bbbbbbbbbbbbbbbb')",
    "kt:21": "EditWords(issue=21)",
    "ku:1:9999": "UndoRenewals(first=1, last=9999)",
    "kw:3": "EditWho(issue=3)",
    "kx": "RetiredIssues()",
    "mj": "OtherMessenger()",
    "mk": "ShowCode()",
    "nh": "NewsHere()",
    "ny:1": "LettersByWord(on=True)",
    "gk": "ConfirmSomebody()",
    "gky:12345678": "ConfirmNow(word='12345678')",
    "gkx:3": "TakeBack(person=3)",
    "s:0:3::waiting:s:1:2": "Proposals(page=0, issue=3, village=None, stage=<Stage.WAITING: 'waiting'>, "
    "order=<Order.SUPPORTED: 's'>, mine=True, home=2)",
    "sf:i:0:3:::n:0:": "NarrowProposals(by=<By.ISSUE: 'i'>, page=0, issue=3, village=None, stage=None, "
    "order=<Order.NEWEST: 'n'>, mine=False, home=None)",
    "sq:%D0%B6%D0%BE%D0%BB:": "FoundProposals(words='жол', home=None)",
    "sp:3": "OpenProposal(proposal=3)",
    "sh:3:1": "ProposalHistory(proposal=3, page=1)",
    "sm:3:1": "ProposalPicture(proposal=3, place=1)",
    "sz:3:4": "StepFile(proposal=3, step=4)",
    "sa:3": "MakeProposal(issue=3)",
    "su:3": "SupportProposal(proposal=3)",
    "sx:3": "UnsupportProposal(proposal=3)",
    "sl:3": "FollowProposal(proposal=3)",
    "sn:3": "UnfollowProposal(proposal=3)",
    "ss:3": "ShareProposal(proposal=3)",
    "sw:3": "WithdrawProposal(proposal=3)",
    "so:3": "ObjectToHiding(proposal=3)",
    "sr:proposal:3": "ReportText(subject=<Subject.PROPOSAL: 'proposal'>, number=3)",
    "eb:norm:3": "BeginPetition(kind='norm', issue=3)",
    "ee:3": "EditPetition(petition=3)",
    "eg:3": "Group(petition=3)",
    "egi:AbCdEfGhIjKlMnOp": "GroupInvitation(word='AbCdEfGhIjKlMnOp')",
    "ega:AbCdEfGhIjKlMnOp:1": "JoinGroup(word='AbCdEfGhIjKlMnOp', adult=True)",
    "egd:AbCdEfGhIjKlMnOp": "DeclineGroup(word='AbCdEfGhIjKlMnOp')",
    "egl:3": "InviteMembers(petition=3)",
    "egn:3": "NewGroupLink(petition=3)",
    "egw:3": "GroupMembers(petition=3)",
    "egm:3:4": "GroupMember(petition=3, member=4)",
    "egr:3:4:1": "RemoveMember(petition=3, member=4, replace=True)",
    "egx:3:4:1": "RemoveMemberNow(petition=3, member=4, replace=True)",
    "egc:3:4": "HandLead(petition=3, member=4)",
    "egv:3": "TakeLead(petition=3)",
    "egz:3": "TakeLeadNow(petition=3)",
    "egq:3": "LeaveGroup(petition=3)",
    "egy:3": "LeaveGroupNow(petition=3)",
    "ea:3": "SendPetition(petition=3)",
    "ean:3": "SendPetitionNow(petition=3)",
    "eaw:3": "WithdrawPetition(petition=3)",
    "eaa:3": "AppealPetition(petition=3)",
    "eas:3": "WriteNews(petition=3)",
    "eah:3": "HandOver(petition=3)",
    "eao:3": "HandOverNow(petition=3)",
    "et:3": "Printing(petition=3)",
    "etp:3:ru": "PrintPoster(petition=3, language='ru')",
    "ets:3": "PrintSheet(petition=3)",
    "ed:3": "PetitionDesk(petition=3)",
    "eq:answer:1": "PetitionQueue(what='answer', page=1)",
    "er:3": "EnterPaper(petition=3)",
    "edt:3": "TakePetition(petition=3)",
    "edl:3": "LeavePetition(petition=3)",
    "edo:3": "AskOpening(petition=3)",
    "edy:3": "OpenSigning(petition=3, seen='')",
    "edr:3": "ReturnPetition(petition=3)",
    "edj:3": "RejectPetition(petition=3)",
    "ede:3": "ExtendPetition(petition=3)",
    "edx:3": "TakeDownPetition(petition=3)",
    "edg:3": "RegisterPetition(petition=3)",
    "eda:3": "AnswerPetition(petition=3)",
    "edk:3": "EnterKenesh(petition=3)",
    "edn:3": "AskSigners(petition=3)",
    "edf:3:pdf": "TakeSigners(petition=3, how='pdf')",
    "ers:3:0": "Sheets(petition=3, page=0)",
    "ero:3:2": "OpenSheet(petition=3, sheet=2)",
    "ern:3:2:5": "AnotherPerson(petition=3, sheet=2, line=5)",
    "erp:3:2": "SheetPhoto(petition=3, sheet=2)",
    "erx:3:2": "RemoveSheet(petition=3, sheet=2)",
    "ecf:3": "OpenFlag(flag=3)",
    "ecs:3": "SettleFlag(flag=3)",
    "eci:3:2": "Invalidate(petition=3, flag=2)",
    "ecq:3": "OpenInvalidation(invalidation=3)",
    "ecc:3": "CancelInvalidation(invalidation=3)",
    "ecu:3": "UndoInvalidation(invalidation=3)",
    "ecl:3": "Invalidations(petition=3)",
    "e:open:0:::new:": "Petitions(show='open', page=0, issue=None, village=None, order='new', home=None)",
    "ef:1": "FollowPetition(petition=1)",
    "eh:1": "SharePetition(petition=1)",
    "ei": "WhatIsNone()",
    "ek:1": "TellPressure(petition=1)",
    "ell:i:0:open:::new:": "NarrowPetitions(by='i', page=0, show='open', issue=None, village=None, order='new', "
    "home=None)",
    "els:%D0%B6%D0%BE%D0%BB:": "FoundPetitions(words='жол', home=None)",
    "en:": "Introduce(then='')",
    "eo:1": "UnfollowPetition(petition=1)",
    "edm:3": "ReadGroup(petition=3)",
    "eds:3": "SortPetition(petition=3)",
    "edu:3": "AskGroup(petition=3)",
    "epl:1:2:0a1b2c3d4e": "PetitionByLink(petition=1, link=2, word='0a1b2c3d4e')",
    "ey:1:0": "WhoSigned(petition=1, page=0)",
    "ep:1:": "OpenPetition(petition=1, link=None)",
    "es:1::0": "SignPetition(petition=1, link=None, here=False)",
    "eu:1": "UnsignPetition(petition=1)",
    "ev:1": "PetitionVillages(petition=1)",
    "ew:1:0": "PetitionHistory(petition=1, page=0)",
    "ex:1": "PetitionText(petition=1)",
    "exa:1": "PetitionAnswer(petition=1)",
    "sta:1:": "AssignProposal(proposal=1, officer=None)",
    "stc:1": "DecideProposal(proposal=1)",
    "std:1": "ProposalDesk(proposal=1)",
    "ste": "EnterProposal()",
    "stg:1": "RegisterProposal(proposal=1)",
    "stl": "GiveRegister()",
    "stm:1": "MergeProposal(proposal=1)",
    "stn:1": "NoteProposal(proposal=1)",
    "sto:1": "ChooseOfficer(proposal=1)",
    "stq:new:0": "ProposalQueue(what='new', page=0)",
    "sts:1": "SortProposal(proposal=1)",
    "stt": "Templates()",
    "stu:1": "OpenTemplate(template=1)",
    "stw:0": "WriteTemplate(template=0)",
    "stx:1": "RemoveTemplate(template=1)",
    "sty:1": "RestoreTemplate(template=1)",
    "stz:aaaaaaaaaaaaaaaa:bbbbbbbbbbbbbbbb": "ApplyRegister(file='aaaaaaaaaaaaaaaa', seen='bbbbbbbbbbbbbbbb')",
    "svk:proposal:1": "KeepReported(subject=<Subject.PROPOSAL: 'proposal'>, number=1)",
    "svo:proposal:1": "OpenReported(subject=<Subject.PROPOSAL: 'proposal'>, number=1)",
    "svq:0": "Reported(page=0)",
    "svr:proposal:1": "RemoveReported(subject=<Subject.PROPOSAL: 'proposal'>, number=1)",
}


@dataclass(frozen=True)
class Way:
    """A button as somebody saw it: on which screen, with which words, meaning what."""

    screen: str
    label: str
    data: str

    @property
    def words(self) -> str:
        """The label without its number."""
        number, dot, rest = self.label.partition(". ")
        return rest if dot and number.isdecimal() else self.label

    @property
    def number(self) -> str:
        """The number before the label, if there is one."""
        return self.label.partition(". ")[0] if self.words != self.label else ""


Answer = tuple[str, list[tuple[str, str]]]  # the words, and the buttons with what they mean


async def answers(stage: Stage, updates: list[tuple[Person, Json]]) -> list[Answer]:
    """What each is answered, everybody doing one thing at the same time."""
    assert len({person.id for person, _ in updates}) == len(updates)
    before = stage.world.calls
    await pour(stage, [update for _, update in updates])
    calls = stage.calls(before)
    return [_read(shown_to(calls, person)) for person, _ in updates]


def _read(calls: list[Call]) -> Answer:
    found = []
    for call in calls:
        markup = call.params.get("reply_markup") or {}
        assert isinstance(markup, dict)
        for row in markup.get("inline_keyboard") or ():
            found += [(button["text"], button["callback_data"]) for button in row if "callback_data" in button]
    return "\n".join(str(call.params.get("text") or call.params.get("caption") or "") for call in calls), found


def only_reads(data: str) -> bool:
    """Whether that button shows a screen and does nothing else."""
    route = table.presses.get(type(unpack(data)))  # type: ignore[arg-type]
    return route is not None and route.reads


async def every_way(stage: Stage, crowd: list[Person]) -> dict[str, Way]:
    """Every button that can be reached from the menu by tapping, by what it means."""
    found: dict[str, Way] = {}
    seen, todo = set(), ["m", "h"]
    while todo:
        now, todo = todo[: len(crowd)], todo[len(crowd) :]
        seen |= set(now)
        came = await answers(stage, [(who, pressed(who, screen)) for who, screen in zip(crowd, now, strict=False)])
        for screen, (_, buttons) in zip(now, came, strict=True):
            for label, data in buttons:
                found.setdefault(data, Way(screen, label, data))
                if only_reads(data) and data not in seen and data not in todo:
                    todo.append(data)
    return found


def title(text: str) -> str:
    """The first line that does not depend on the day."""
    return text.split("\n")[0]


async def test_every_button_works_after_a_restart_and_two_hundred_days(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 400)
    found = await every_way(stage, crowd)
    assert len(found) > 60
    assert {"m", "if:3", "ish:3", "mv:", "mfy", "mns:weekly"} <= found.keys()
    presses = [(who, pressed(who, data)) for who, data in zip(crowd, found, strict=False)]
    assert len(presses) == len(found)
    reading = [(who, update) for who, update in presses if only_reads(update["callback_query"]["data"])]
    was = {who.id: title(text) for (who, _), (text, _) in zip(reading, await answers(stage, reading), strict=True)}
    await stage.restart()
    stage.world.clock.turn_by(timedelta(days=200))
    again = [(who, pressed(who, data)) for who, data in zip(crowd, found, strict=False)]
    for (who, update), (text, _) in zip(again, await answers(stage, again), strict=True):
        data = update["callback_query"]["data"]
        assert text, data
        assert OLD_BUTTON not in text, data
        assert title(text) == was.get(who.id, title(text)), data
    assert refused(stage.calls(0)) == []


def test_a_button_of_the_first_release_means_what_it_meant() -> None:
    assert {data: repr(unpack(data)) for data in RELEASED} == RELEASED


def test_every_kind_of_button_there_is_stands_among_the_released_ones() -> None:
    kinds = {data.partition(":")[0] for kind in (*table.presses, *table.forms) for data in ways_of(kind)}
    assert kinds <= {data.partition(":")[0] for data in RELEASED}


LONG_GONE = ["gone", "gone:1", "i", "i:1:2:3", "i:x", "i: 3", "if:", "il:water:x:", "pf:duel", "mns:", "?", "a"]


async def test_a_button_of_a_release_long_gone_is_answered_politely_and_the_old_message_stays(stage: Stage) -> None:
    for who, language in (("bakyt", "ky"), ("daniyar", "ru"), ("emma", "en")):
        await stage.write(who, "/menu")
        person = stage.world.person(who)
        old, before = stage.world.last(person.id).text, await state(stage.bot.database)
        for data in LONG_GONE:
            await people.press(stage.world, person, person.id, stage.world.from_bot(person.id)[0].id, data, stale=True)
        await stage.settled()
        polite = words().speaker(language)("menu-old-button") + "\n\n" + old
        assert [post.text for post in stage.world.from_bot(person.id)] == [old, *[polite] * len(LONG_GONE)]
        assert await state(stage.bot.database) == before


async def test_a_button_under_a_message_that_was_redrawn_since_works(stage: Stage) -> None:
    """A second tap on its way, or a phone that shows an old screen."""
    await stage.write("bakyt", "/menu")
    bakyt, post = stage.world.person("bakyt"), stage.world.last(102)
    for data in ("is:", "m", "i:3", "p"):
        await people.press(stage.world, bakyt, 102, post.id, data, stale=True)
    await stage.settled()
    assert stage.world.last(102).text.startswith("🙋")
    assert stage.world.last(102).id == post.id


async def test_whatever_can_be_tapped_can_be_typed(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 700)
    one_of_each: dict[tuple[str, str], Way] = {}
    for way in (await every_way(stage, crowd[:50])).values():  # one issue stands for all issues
        one_of_each.setdefault((way.screen.partition(":")[0], way.data.partition(":")[0] + way.words[:3]), way)
    tries = [
        (way, typed) for way in one_of_each.values() for typed in (way.words, way.words.upper(), way.number) if typed
    ]
    assert 80 < len(tries) < 325
    tappers, typists = crowd[50 : 50 + len(tries)], crowd[375 : 375 + len(tries)]
    await pour(stage, [pressed(who, way.screen) for who, (way, _) in zip(typists, tries, strict=True)])
    tapped = await answers(stage, [(p, pressed(p, way.data)) for p, (way, _) in zip(tappers, tries, strict=True)])
    came = await answers(stage, [(p, wrote(p, typed)) for p, (_, typed) in zip(typists, tries, strict=True)])
    differ = {
        (way.screen, typed): (title(one), title(other))
        for (way, typed), (one, _), (other, _) in zip(tries, tapped, came, strict=True)
        if title(one) != title(other)
    }
    assert differ == {}


async def test_the_main_ways_are_understood_in_every_language_wherever_one_stands(stage: Stage) -> None:
    known = [said for key in table.spoken for said in words().in_all_languages(key).values()]
    assert len(known) >= 12
    crowd = await a_crowd(stage.bot.database, stage.world, len(known))
    for standing in ("me", "is:", "ml"):
        for spell in (str.lower, str.upper):
            await pour(stage, [pressed(who, standing) for who in crowd])
            tapped = await answers(
                stage, [(who, wrote(who, spell(text))) for who, text in zip(crowd, known, strict=True)]
            )
            assert [text for text, (came, _) in zip(known, tapped, strict=True) if NOT_UNDERSTOOD in came] == []
