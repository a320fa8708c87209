template-announcement =
    📢 New announcement: { $what }

    From: { $home }. Press the button below to read all of it.
template-digest =
    🔔 There is news that was gathered for you.

    From: { $home }. Press the button below to read it.
template-petition =
    ✍️ News of a petition: { $what }

    Where: { $home }. Press the button below to read all of it.
template-proposal =
    💡 News of a proposal: { $what }

    Where: { $home }. Press the button below to read all of it.
template-issue =
    📋 News of an issue that you follow: { $what }

    Where: { $home }. Press the button below to read all of it.
template-work =
    📌 About your work: { $what }

    Where: { $home }. Press the button below to open it.
template-account =
    👤 Your messengers or your role have changed.

    Where: { $home }. Press the button below to see what changed.
template-news =
    🔔 There is news for you.

    From: { $home }. Press the button below to read it.
template-open = Open
template-footer = To stop such messages, write “stop”

template-home = Ak-Bulak aiyl aimak
template-example-announcement = No water tomorrow from 10:00 to 15:00
template-example-petition = A petition that you signed was answered
template-example-proposal = Your proposal, No. 12
template-example-issue = Repair of local roads
template-example-work = A new petition is to be checked
