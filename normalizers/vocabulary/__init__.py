"""The words that the grammar knows: data that a person who knows the field may widen, without code."""
