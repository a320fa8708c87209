"""What can be done: verbs that change the database and neither commit nor send."""
