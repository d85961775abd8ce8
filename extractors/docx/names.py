"""WordprocessingML names and the lenient reading of its attributes.

Only the transitional namespaces stand here: ``docx_package`` rewrites strict files before anyone looks at them.
"""

from __future__ import annotations

from lxml import etree

W = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'
M = '{http://schemas.openxmlformats.org/officeDocument/2006/math}'
A = '{http://schemas.openxmlformats.org/drawingml/2006/main}'
C = '{http://schemas.openxmlformats.org/drawingml/2006/chart}'
DGM = '{http://schemas.openxmlformats.org/drawingml/2006/diagram}'
MC = '{http://schemas.openxmlformats.org/markup-compatibility/2006}'
R = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}'
V = '{urn:schemas-microsoft-com:vml}'
XML_SPACE = '{http://www.w3.org/XML/1998/namespace}space'

VAL = W + 'val'
OFF = frozenset({'0', 'false', 'off', 'none'})


def value(parent: etree._Element | None, name: str) -> str | None:
    """The ``w:val`` of the child ``w:name``; None where there is no such child or value."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(VAL)


def switched_on(parent: etree._Element | None, name: str) -> bool | None:
    """Whether the on/off child ``w:name`` is on; None where it is absent. A child without a value is on."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(VAL, 'true').lower() not in OFF


def whole(text: str | None) -> int | None:
    """``text`` as a whole number; None where it is none. Writers exist that print ``12.0``."""
    try:
        return None if text is None else int(float(text))
    except (ValueError, OverflowError):
        return None


def choices(alternate: etree._Element) -> etree._Element | None:
    """The branch of an ``mc:AlternateContent`` to read: both hold the same content, so one, the newer."""
    branch = alternate.find(MC + 'Choice')
    return alternate.find(MC + 'Fallback') if branch is None else branch
