"""Assessment notices read into a structured catalogue: the one name under which everything of this program is imported and installed.

The three folders here are links to those at the top of the source tree, so that an interpreter, an editable install, a type checker and an
editor all know each module by the same name; a wheel holds them as folders.
"""
