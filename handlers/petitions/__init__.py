"""What is said about petitions?"""
