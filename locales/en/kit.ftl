kit-language-name = English

kit-choose = Choose
kit-choose-more = More to choose
kit-choose-how = If the list does not open, type a number or a name
kit-back = Back
kit-cancel = Cancel
kit-main-menu = Main menu
kit-next = Next
kit-previous = Previous
kit-send = Send
kit-send-contact = Send my number
kit-send-location = Send location
kit-skip = Skip
kit-undo = Undo
kit-change = Change: { $what }

kit-check-answers = Please check before sending
kit-skipped = no answer
kit-photo = photo
kit-voice = voice message
kit-received = Received.
kit-page-offer = You can write all answers on one page. Or just answer here.
kit-page-open = Open the page
kit-page-answer = Your answer
kit-page-wrong = { $what }: { $why }
kit-cancelled = Stopped. Your answers are kept: press “Undo” to go on from the same place.
kit-goes-on = What you began is kept: go on from here. To start over, press “Cancel”.
kit-nothing-to-cancel = There is nothing to cancel.
kit-came-late = This message came late: you had sent it before your next one. It was not taken as an answer; write it again if it is needed.
kit-moved-on = You have gone further in the other messenger, so this was not taken as an answer. Go on from here.
kit-crashed =
    Sorry, something went wrong on our side. You broke nothing.
    Please try again in a little while. If it happens again, tell the aiyl okmotu or mayor’s office this code: { $code }
kit-is-now = Now
kit-sent-already = It has been sent; no need to press again.
