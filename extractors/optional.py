"""Which optional parts are here. Asking loads none of them: a run that finds nothing changed asks too, and must answer at once."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

_OFFICE = ('soffice', 'libreoffice')


def has_recognition() -> bool:
    """Whether the recognition of characters (the optional part ``ocr``) is installed."""
    return find_spec('rapidocr') is not None and find_spec('cv2') is not None


def office_program() -> str | None:
    """The path of LibreOffice, None where it is not installed."""
    return next((found for name in _OFFICE if (found := shutil.which(name))), None)
