"""Quantities in a text: a number or a range with its unit and the words that compare it. The terms of targets and of figures."""
