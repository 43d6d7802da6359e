"""The catalogue as data: for programs, spreadsheets, and whoever wants all of it at once."""
