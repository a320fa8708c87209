publications-title = Publishing
publications-channel-site = Official website
publications-channel-board = Notice board
publications-channel-social = Channels and groups
publications-channel-event = Public events
publications-all-current = The list is published in all four ways
publications-some-behind = Ways where the list must be renewed: { $count }/{ $of }
publications-site-by-itself = always new, the bot itself shows the page
publications-not-yet = not published yet
publications-behind-since = out of date: { $on }, { $where }
publications-current-since = up to date: { $on }, { $where }
publications-list-changed = The list was last changed: { $on }
publications-changed = Issues changed since it was published: { $issues }
publications-changed-more = Issues changed since it was published: { $issues } and { $more } more

publications-site-text = This page renews itself together with the list. Have a link to it put on the official website, then note that below.
publications-site-folder = The bot’s public page is not switched on yet. Ask whoever installed the bot to export the list as a folder (the command export-site) and to upload it to the official website. Then note that below.
publications-board-text =
    1. Press a language to get the PDF file.
    2. Print it and put it up on the notice board.
    3. Take a photo and press “I put it up”.
publications-event-text =
    1. Press a language to get the PDF file.
    2. Print it and hand it out at a meeting or another event.
    3. Press “I handed it out”.

publications-social-title = Channels and groups
publications-none-linked = No channel or group is linked yet. Press “Add a channel”.
publications-broken = { $title }: unlinked on { $on }, the list is not posted there.
publications-post-all = Post everywhere
publications-how-to-link = Add a channel
publications-card = Text to forward
publications-fact-kind = Kind
publications-kind-channel = channel
publications-kind-group = group
publications-fact-language = Language
publications-fact-village = Village
publications-fact-posted = Last posted
publications-fact-link = Link
publications-place-empty = the list is not posted here yet
publications-current = the list is up to date
publications-behind = the list is out of date
publications-group-pins = To keep the list pinned at the top of the group, make the bot an administrator with the right to pin messages.
publications-post-now = Post it now
publications-post-again = Renew it now
publications-unlink = Unlink
publications-unlinked = Unlinked: the list is not posted here any more. The old message stays; delete it yourself if it is not wanted.
publications-relinked = Linked again.
publications-language-set = Next time the list is posted here in this language.

publications-how-title = How to add a channel or group
publications-how-nowhere = The bot can be added to channels and groups in Telegram alone, which is not set up here.
publications-add-channel = Add to a channel
publications-add-group = Add to a group
publications-how-text =
    Press a button below and choose your channel or group. If that does not work, do it like this.

    Channel:
    1. Open the channel and press its name.
    2. Press “Administrators” → “Add administrator” and look for { $bot }.
    3. Leave the rights to post and edit messages on, and save.

    Group:
    1. Open the group and press its name.
    2. Press “Add members” and look for { $bot }.

    As soon as the bot is in, it writes to you here by itself.
publications-joined = Linked. The list can be posted here from now on.
publications-joined-already = This place is linked already.
publications-joined-not-staff = In channels and groups the bot writes nothing by itself. Only staff of an aiyl okmotu or mayor’s office can post the list there.
publications-left = The bot was taken out, the list is not posted here any more. When the bot is added again, the link is restored.
publications-needs-right-channel = The bot may not write in this channel, so the channel is not linked. Press the channel’s name: “Administrators” → the bot. Switch on “Post messages” and “Edit messages”, and the channel is linked at once.
publications-needs-right-group = The bot may not write in this group, so the group is not linked. Press the group’s name: “Administrators” → “Add administrator” → the bot. Switch on “Pin messages”, and the group is linked at once.

publications-ask-title = Post it everywhere?
publications-ask-text = The list will be seen by many people, in { $channels ->
        [one] { $channels } channel
       *[other] { $channels } channels
    } and { $groups ->
        [one] { $groups } group
       *[other] { $groups } groups
    }.
publications-ask-new = New messages
publications-ask-changed = Pinned messages changed
publications-ask-yes = Post
publications-posting-title = The list is on its way
publications-posting-text = Places: { $count }. Each of them goes into the log by itself.
publications-look = See how it stands

publications-post-title = List of issues of local importance
publications-post-state = As of { $on }. Issues: { $count }
publications-post-law = Based on: { $law }
publications-post-charter = Based on: charter of the local community
publications-post-overdue = Issues whose information is overdue for renewal: { $numbers }
publications-post-never = Issues on which no information has been entered yet: { $numbers }
publications-post-open = Open in the bot
publications-post-page = Read on the web
publications-card-title = Text to forward
publications-card-text = Forward the message below to a WhatsApp group or any other chat: press and hold it, then choose “Forward” or “Copy”. Afterwards note that you did.
publications-card-bot = Open in the bot: { $link }
publications-card-page = Read on the web: { $link }

publications-board-next = Print it and put it up on the notice board. Then take a photo and note it below.
publications-event-next = Print it and cut it in two halves. When they are handed out, note it below.
publications-paper-bot = Telegram bot
publications-paper-page = Web page
publications-paper-as-of = As of { $on }
publications-paper-appeal = Point your phone’s camera at the code to open and read every issue. No registration is needed.

publications-note-title = Note a publication
publications-note-site = It is on the site
publications-note-board = I put it up
publications-note-social = I forwarded it
publications-note-event = I handed it out
publications-ask-where-site = On which page of the website is it? Send the link.
publications-ask-where-board = Where did you put it up? For example: aiyl okmotu building, ground floor.
publications-ask-where-social = To which chat did you send it? For example: WhatsApp group “Neighbours”.
publications-ask-where-event = At which event did you hand it out? For example: street meeting.
publications-ask-when = When? Press a button or type the date, for example: { $example }
publications-ask-photo = Send a photo, it stays in the log. You can do without.
publications-today = Today
publications-yesterday = Yesterday
publications-fact-where = Where
publications-fact-when = When
publications-fact-photo = Photo
publications-fact-who = Who
publications-fact-noted = Noted
publications-noted = Noted in the log.

publications-log = Log of publications
publications-log-title = Log of publications: { $count }
publications-log-empty = Nothing is noted yet.
publications-by-bot = the bot itself
publications-by-staff = staff
publications-withdraw = Withdraw the entry
publications-withdrawn = The entry is out of the log. If that was a mistake, bring it back.
publications-kept = The entry is back.
