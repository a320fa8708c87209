menu-product = Ashar
menu-text = Press a button or type one word for what you need, for example: water.
menu-issues = Issues
menu-participation = How to take part?
menu-me = Me
menu-unfinished = Continue unfinished
menu-help = Help
# what one types to get the menu
menu-title-words = Menu

menu-help-text =
    Press the buttons or type a word: “water”, “road”, “waste”.
    • “Menu” — main menu
    • “Issues” — what the aiyl okmotu or mayor’s office answers for
    • “Proposals” — say what should be better, and support others
    • “Petitions” — read, sign, or write one with a group
    • “Announcements” — what the aiyl okmotu or mayor’s office tells
    • “Me” — your language, notifications (which letters, and when) and data

    Reading needs no registration. The bot is free of charge.
    The bot does not take applications yet: bring them to the aiyl okmotu or mayor’s office.
    If life is in danger, do not write to the bot, call 112.
menu-not-understood = I did not understand. Choose from the list below or type “Help”.
menu-hello = Hello!
menu-welcome-back = You are welcome. If you need anything else, just write.
menu-word-issue = Issue
menu-word-proposal = Proposal
menu-word-petition = Petition
menu-word-announcement = Announcement
menu-word-hello = Hello
menu-word-hello-polite = Hi
menu-word-hello-many = Hello there
menu-word-hello-day = Good afternoon
menu-word-hello-morning = Good morning
menu-word-hello-evening = Good evening
menu-word-thanks = Thanks
menu-word-thanks-many = Thank you
menu-word-thanks-dear = Thank you very much
menu-old-button = This button is out of date. Here is the main menu.
menu-unchanged = Editing or deleting in the chat changes nothing with us: what has arrived stays. To correct an answer, type “Back”. Everything kept about you can be deleted under “Me”.

menu-command-menu = Main menu
menu-command-issues = Issues of local importance
menu-command-proposals = Proposals
menu-command-participate = How to take part?
menu-command-me = Me: notifications and my data
menu-command-language = Тил · Язык · Language
menu-command-cancel = Stop what I began
menu-command-help = Help
# Telegram shows at most 120 characters
menu-short-description = Connects residents with their aiyl okmotu or mayor’s office. Кыргызча, русский, English.
menu-description =
    Hello! This is the “Ashar” bot. It connects residents with their aiyl okmotu (village government) or mayor’s office: who answers for local issues, what is being done now and how you can take part.

    To begin, press the button below.
menu-file-not-asked = It is not clear what this file is for. Choose below.
menu-command-petitions = Petitions
menu-command-announcements = Announcements
