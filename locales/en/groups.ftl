# stands in the group itself, when the bot cannot write to whoever added it
groups-greeting = Hello! I am the bot Ashar. If you want the news of your village here, whoever added me can press the button below and say which village this group belongs to.
groups-greeting-open = Open the bot

groups-ask-home = Which aiyl aimak or city does this group belong to? Please choose.
groups-ask-village = You added the bot to this group. Which village or microdistrict does it belong to? Please choose. Then the aiyl okmotu or mayor’s office links the group. Until then the bot writes nothing in it.
groups-whole-aimak = The whole aimak
groups-whole-city = The whole city
groups-elsewhere = Another place

groups-state-asked = Nobody has said whose group it is
groups-state-waiting = Waits for the aiyl okmotu or mayor’s office
groups-state-linked = Linked
groups-state-declined = Not linked
groups-state-removed = The request does not stand any more
groups-state-expired = Too late
groups-means-waiting = I will write to you when they have decided. Until then the bot writes nothing in the group.
groups-means-linked = The aiyl okmotu or mayor’s office can post news here now. Signing and supporting is done in the bot itself, not in the group.
groups-means-declined = The aiyl okmotu or mayor’s office did not link this group. You can ask them why.
groups-means-removed = The bot was taken out of the group, or may not write in it. If you need it, add it again.
groups-means-expired = Nobody decided within 14 days. If you need it, take the bot out of the group and add it again.

groups-fact-group = Group
groups-fact-whose = Whose
groups-fact-asked = Asked on
groups-fact-name = Name
groups-fact-decided = Decided by

groups-waiting = Groups that wait
groups-waiting-title = Groups that wait to be linked: { $count }
groups-waiting-none = No group waits now.
groups-decide-text = Open the group and check that it really is from here. Once it is linked, you can post news in it.
groups-approve = Link it
groups-decline = Do not link
groups-open-place = The group’s page
groups-approved = The group is linked. Whoever added the bot is told.
groups-declined = The group is not linked. Whoever added the bot is told.

groups-whose = Whose it is
groups-whose-text = Whose channel or group is this? Please choose.
groups-whose-set = Noted.

groups-letter-asks = A group waits to be linked
groups-letter-look = Have a look

# --- cards with live counters ---

groups-cards = Cards
groups-cards-text = A card shows the count of a petition or proposal, and the count changes by itself. Its button opens the bot, where people sign or support.
groups-cards-none = There is no card here.
groups-card-new = Put up a card
groups-card-where = Where should the card stand? Choose.
groups-card-choose = A card of what? Choose.
groups-card-choose-none = There is nothing to put up now: no petition gathers signatures, and no proposal waits for a decision.
groups-card-preview = This is how it will look in “{ $place }”; its button opens the bot. Everybody there will see it.
groups-card-put = Put it here
groups-card-put-done = The card is up. Its count changes by itself.
groups-card-stands = This is how it stands in “{ $place }”. Its count changes by itself.
groups-card-is-down = This card was taken out of “{ $place }”.
groups-card-down = Take it down
groups-card-down-done = The card is down.
groups-card-put-back = Put it up again
groups-card-sign = Open and sign
groups-card-support = Open and support
groups-card-read = Read in the bot
groups-card-late = The time for signing is over
groups-card-gone = The municipality took this card down.
groups-card-what = Card
groups-card-vanished = A card was deleted in the group
groups-card-vanished-text = Somebody deleted it in the messenger. The bot does not put it back by itself. Put it up again if you need it.
