"""Catalogue files as they are written: their canonical form, rewriting them, and new records."""
