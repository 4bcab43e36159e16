"""The organisation: its tree on any day, the profile of a unit, changes with a date."""
