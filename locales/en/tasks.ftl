tasks-title = My tasks
tasks-waits = { $count ->
        [one] { $count } thing waits for you
       *[other] { $count } things wait for you
    }
tasks-nothing = Nothing waits for you now
tasks-you = You
tasks-not-yet = What your role has to do will appear here. For now you can read the list of issues and its history.
tasks-overdue = Issues overdue
tasks-due-soon = Issues due soon
tasks-channels-behind = Publications behind
tasks-invitations = Open invitations
tasks-list = Keep the list
tasks-publish = Publish
tasks-staff = Staff
tasks-set-up = Settings
tasks-stopped = Stopped
tasks-days-missing = Feast days missing
