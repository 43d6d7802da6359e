"""What search knows of a catalog, and the engine that answers: the site's own JavaScript."""
