proof-post-title = The journal’s mark
proof-post-text =
    The newest entry: { $moment }
    { $head }

    As long as this mark stands in the channel, no earlier entry can be changed unseen: the mark would no longer fit. A specialist checks it like this: python -m bot verify --head, followed by this mark.

proof-page-title = Checking the journal
proof-page-text = This mark belongs to the whole journal: if an entry is changed later, it no longer fits. It stands in the channel too.
proof-page-newest = The newest entry

proof-receipt-title = Check a signature
proof-receipt-ask = Write the code you got when you signed: ten letters and digits. For example: 7KQ4M2XWPA
proof-receipt-unknown = There is no such code. Look once more at each letter and digit.
proof-receipt-is-counted = The signature is counted
proof-receipt-is-withdrawn = Taken back by the signer: { $on }
proof-receipt-is-invalid = Taken out of the count: { $on }
proof-receipt-petition = Petition
proof-receipt-hidden = Petition no. { $number }
proof-receipt-signed = Signed
proof-receipt-number = Number in the journal
proof-receipt-reason = Reason
proof-receipt-nobody = Nobody can tell from it whose code it is.
proof-receipt-open = Open the petition
proof-receipt-other = Check another
proof-receipt-check = Check
proof-receipt-later = Too many people are asking right now. Try again in a moment.
