proof-post-title = The journal’s mark
proof-post-text =
    The newest entry: { $moment }
    { $head }

    As long as this mark stands in the channel, no earlier entry can be changed unseen: the mark would no longer fit. A specialist checks it like this: python -m bot verify --head, followed by this mark.

proof-page-title = Checking the journal
proof-page-text = This mark belongs to the whole journal: if an entry is changed later, it no longer fits. It stands in the channel too.
proof-page-newest = The newest entry
