"""The commands of `python -m errorcatalog`, a module each: `add` declares it, `run` runs it."""
