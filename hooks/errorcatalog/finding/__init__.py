"""Which records a text means: a code, an API message, a pasted response, or a few words.

It understands what the search box understands (`docs/assets/javascripts/search/`), for the
terminal. `bench/search/queries.yml` holds both to the same answers.
"""
