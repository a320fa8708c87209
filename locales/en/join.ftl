join-title = Second messenger
join-text = You can use the bot in the other messenger too: your data and what you have begun are the same in both. Open the link below there, or send the bot the code. The code works for { $minutes } minutes and only once. Give it to nobody.
join-code = Code
join-open = Open it there
join-is-it-you = Is this you?
join-what-happens = If you agree, you become one person in both messengers: what you follow, what you have begun and your role are joined. They cannot be taken apart again. If this is not you, do not press.
join-messengers = Messenger
join-in-telegram = Telegram
join-in-whatsapp = WhatsApp
join-since = Since
join-yes = Yes, join them
join-done = Joined: from now on you are one person in both messengers.
join-button = Second messenger
join-twin = Your number is here

join-letter-title = A second messenger was joined
join-letter-text = Your data can now be reached by { $messenger } too. If you did this, there is nothing to do. If you did not, press the button below at once.
join-not-me = Not me: remove it
join-parted = That messenger was removed
join-parted-text = Nobody sees your data from there any more. Give your code to nobody.

join-left-title = You have a new number
join-left-text = WhatsApp told us that you have a new number. Your data and what you began under the earlier number are still here. To join them, press the button below within a day. If you did not change your number, do nothing.
join-left-open = Have a look
join-left-what-happens = If you agree, your data under the earlier and the present number become one. This cannot be undone. If this is not you, do not press.
join-left-done = Joined: your earlier data belong to this number now.
