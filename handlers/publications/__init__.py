"""How is the list published, by each channel of the Typical Plan 2.2?"""
