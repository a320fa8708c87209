"""Founding a municipality and setting it up from chat."""
