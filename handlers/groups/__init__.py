"""What does the bot do in the groups and channels of a village?"""
