"""The timetable and the post, as administrators see them."""
