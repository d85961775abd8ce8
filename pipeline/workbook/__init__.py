"""The office's desk: the catalogue as a workbook that people read, correct and give back."""
