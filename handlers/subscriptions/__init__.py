"""What people hear of by themselves, how often, and why."""
