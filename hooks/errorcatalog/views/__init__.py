"""What a template sees, in one locale, with nothing left to decide: a module a kind of page."""
