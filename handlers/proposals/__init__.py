"""What is said about proposals?"""
