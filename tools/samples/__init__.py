"""Sample notices of the project's own writing: each a truth (what it says), drawn into files of every format.

The city, the offices and the people are fictional. ``python -m tools.samples`` writes the samples of ``data/raw/示例``.
"""
