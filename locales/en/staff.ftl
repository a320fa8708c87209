staff-title = Staff
staff-text = Here you see who does what. Press a name to learn more.
staff-nobody-yet = Nobody yet. Press “Invite” and call the first member of staff.
staff-page = Page { $page }/{ $pages }
staff-nameless = no name given
staff-since = { $role } · since { $day }
staff-invited-until = { $role } · invited, the link is valid until { $day }
staff-invite = Invite
staff-log = Who did what
staff-open = Open

# what a role is called; at most 20 characters
staff-role-clerk = Clerk
staff-role-moderator = Moderator
staff-role-head = Head or mayor
staff-role-deputy = Deputy
staff-role-monitoring = Monitoring group
staff-role-admin = Administrator

# what each may do, in one line
staff-may-clerk = keeps the list of issues, publishes it, confirms residents
staff-may-moderator = sees their work under “My tasks”
staff-may-head = everything a clerk may do
staff-may-deputy = sees their work under “My tasks”
staff-may-monitoring = sees their work under “My tasks”
staff-may-admin = everything a clerk may do, sets up the bot, grants roles and takes them back

staff-invite-title = Invite somebody
staff-ask-role = To which role do you invite?
staff-ask-name =
    Write the name, for example: Asanova Bermet.

    { $place }: this is the name residents will read.
staff-link-ready = The link is ready
staff-link-text =
    Forward the message below to this person only: { $name } ({ $role }). Whoever opens the link first and accepts gets the role.

    The link is valid until { $until } and is shown once. If it gets lost, withdraw the invitation and make a new one.
staff-link-forward =
    Hello { $name },
    { $place } invites you to work in the “Ashar” bot. Your role: { $role }.
    To accept, press the link; it is valid until { $until } and for one person only:
    { $link }
staff-withdraw = Withdraw
staff-withdrawn = The invitation is withdrawn; the link does not work any more.
staff-link-used = The invitation was accepted
staff-link-withdrawn = The invitation was withdrawn
staff-link-over = The link is no longer valid

staff-ended = The role ended on { $day }
staff-take-back = Take back the role
staff-take-back-title = Take back the role?
staff-take-back-text =
    { $name }, role: { $role }.

    With this role they will not be able to do anything any more, at once. What they have done so far stays under their name.
staff-take-back-own = This is your own role: you will not be able to give it back to yourself.
staff-own-taken-back = You do not hold the role any more. Another administrator can invite you again.
staff-take-back-yes = Yes, take it back
staff-taken-back = The role is taken back: { $name } ({ $role }). If this was a mistake, it can be undone for one day.
staff-given-back = The role is held again.
staff-too-late = More than a day has passed, so this cannot be undone. Please invite the person again.

staff-log-title = Roles: who did what
staff-log-empty = Nothing has happened yet.
staff-installer = the administrator who installed the bot
staff-log-role-invited = Invited: { $name } ({ $role }). By: { $by }.
staff-log-role-invitation-withdrawn = Invitation withdrawn: { $name } ({ $role }). By: { $by }.
staff-log-role-taken-up = Accepted the role: { $name } ({ $role }).
staff-log-role-ended = Role taken back: { $name } ({ $role }). By: { $by }.
staff-log-role-restored = Role given back: { $name } ({ $role }). By: { $by }.

staff-offer-title = You are invited to work
staff-offer-text = Please read this and accept if it is right. If it is a mistake, just do not press: nothing will change.
staff-offer-moves = You belong here now: { $now }. If you accept, the bot will change that to: { $then }. Your membership and roles there do not come along.
staff-offer-consent = First there will be a few questions, and you will be asked to agree that data about you is kept.
staff-fact-home = Where
staff-fact-role = Your role
staff-fact-name = Your name
staff-fact-may = What it does
staff-accept = Accept
staff-taken-up = You have accepted the role
staff-now-clerk = You can now keep the list of issues, publish it and confirm residents. You will find it all under “My tasks”.
staff-now-moderator = You will find your work under “My tasks”.
staff-now-head = You can now keep the list of issues, publish it and confirm residents. You will find it all under “My tasks”.
staff-now-deputy = You will find your work under “My tasks”.
staff-now-monitoring = You will find your work under “My tasks”.
staff-now-admin = You can now set up the bot, invite staff and do their work yourself. You will find it all under “My tasks”.
staff-letter-taken-up = Your invitation was accepted: { $name } ({ $role }). If this is not the right person, take the role back at once.
