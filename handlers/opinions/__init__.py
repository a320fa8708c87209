"""How do staff ask for a quick opinion in groups and channels?"""
