"""What happens by itself: the timetable and the clockwork that keeps it."""
