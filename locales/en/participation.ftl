participation-text = By law there are two ways to take part in local matters: directly, and through the deputies of the kenesh (local council). Press the one you want or type its number.
participation-who = Who takes part
participation-how = How
participation-signatures = Signatures needed
participation-by-population = from 300 to 5,000, depending on the population
participation-contact = Questions
participation-office = ask the aiyl okmotu or mayor’s office
participation-law = Legal basis
participation-plan = Typical Plan, { $clause }
participation-charter = Model Charter, { $clause }

participation-meetings-label = Assemblies
participation-meetings-title = Assembly
participation-meetings-text = The people of one street, quarter or village discuss an important matter together and adopt proposals.
participation-meetings-who = Every member of the local community.
participation-meetings-how = The day, place and matter are announced at least { $days ->
        [one] { $days } day
       *[other] { $days } days
    } before: come and speak. To call an assembly yourselves, form an initiative group of at least { $group ->
        [one] { $group } person
       *[other] { $group } people
    } and apply to the aiyl okmotu or mayor’s office: you are answered within { $decide ->
        [one] { $decide } day
       *[other] { $decide } days
    }.

participation-hearings-label = Hearings
participation-hearings-title = Public and budget hearings
participation-hearings-text = The aiyl okmotu or mayor’s office presents a draft budget or programme; residents ask and propose.
participation-hearings-who = Any resident.
participation-hearings-how = Ask the aiyl okmotu or mayor’s office for the date, and come. The document is published { $weeks ->
        [one] { $weeks } week
       *[other] { $weeks } weeks
    } before, the results within { $results ->
        [one] { $results } day
       *[other] { $results } days
    } after.

participation-initiatives-label = Initiatives
participation-initiatives-title = Local and community initiatives
participation-initiatives-text = If you have a project that is good for people, you can ask for money from the local budget (local initiative) or the regional development fund (community initiative).
participation-initiatives-who = Residents, their associations, entrepreneurs and organisations.
participation-initiatives-how = When a call is announced, hand in an application with a cost estimate at the aiyl okmotu or mayor’s office and show your own contribution.

participation-self-government-label = Street committees
participation-self-government-title = Territorial public self-government
participation-self-government-text = The people of a street, quarter or house form a committee and settle local matters themselves.
participation-self-government-who = Those who live in that street, quarter or house.
participation-self-government-how = Gather with your neighbours and elect a committee. The kenesh sets its bounds as residents propose and registers it.

participation-norms-label = People’s initiative
participation-norms-title = People’s norm-making initiative
participation-norms-text = Residents put a ready draft decision before the local kenesh. With enough signatures the kenesh must consider it.
participation-norms-who = An initiative group of { $least }–{ $most } residents aged { $age } or older.
participation-norms-how = The group shows the draft to residents and collects signatures on paper. They are not given through this bot.

participation-kurultai-label = Kurultai
participation-kurultai-title = Kurultai
participation-kurultai-text = A large gathering that recommends how the aimak or city should develop. The kenesh must consider its recommendations.
participation-kurultai-who = Delegates elected at assemblies of residents.
participation-kurultai-how = Come to the assembly of your village or quarter, elect a delegate or stand yourself.

participation-programme-label = Development plan
participation-programme-title = Socio-economic development programme
participation-programme-text = This is the overall plan of how and when the problems of the aimak or city are to be solved.
participation-programme-who = Every resident may add a problem and a proposal.
participation-programme-how = Say it at the public hearing on the programme, or hand your proposal in writing to the aiyl okmotu or mayor’s office.

participation-online-label = Online
participation-online-title = E-petitions, online voting and other ways
participation-online-text = There are other ways that the law does not forbid: e-petitions, online voting, gathering opinions.
participation-online-who = Members of the local community.
participation-online-how = In this bot you can sign petitions, make proposals and follow the local issues. Ask the aiyl okmotu or mayor’s office whether there are other online ways.

participation-deputies-label = Through a deputy
participation-deputies-title = Deputies of the local kenesh
participation-deputies-text = Deputies are elected by residents. In the kenesh they decide on your behalf.
participation-deputies-who = Every resident may turn to a deputy.
participation-deputies-how = Ask the aiyl okmotu or mayor’s office who your deputy is and how to reach them.
