issues-list-title = Issues of local importance: { $count }
issues-list-text = This is what the aiyl okmotu or mayor’s office answers for. Press a subject, or type a word to search, for example: road.
issues-list-empty = The list has not been filled in yet. With questions turn to the aiyl okmotu or mayor’s office.
issues-all = All issues
issues-page = page { $page } of { $pages }
issues-whole-list = Full list
issues-whose-title = The list of which place?

issues-found-title = Found for “{ $words }”: { $count }
issues-not-found-title = Nothing was found
issues-not-found-text = There is no issue with the word “{ $words }”. Try another word or open the full list.

issues-fact-law = Legal basis
issues-fact-responsible = Responsible
issues-fact-contact = Phone
issues-fact-renewed = Updated
issues-nobody-yet = not named yet
issues-doing = What is being done now:
issues-never-renewed = No information has been entered yet
issues-fresh = Up to date. Next update due by { $until }
issues-overdue = Update overdue since { $until }

issues-follow = Follow
issues-unfollow = Unfollow
issues-followed = You follow this. It is now on your list, under “Me”.
issues-followed-already = You already follow this issue.
issues-unfollowed = You no longer follow this.
issues-followed-button = Those I follow
issues-followed-title = Issues I follow: { $count }
issues-followed-none = You follow nothing yet. Open an issue and press “Follow”.

issues-share = Share
issues-share-title = Pass it on
issues-share-text = You can forward the message below to the group of your village or quarter.
issues-share-choose = Choose a chat
issues-share-inline = Show it in a chat
