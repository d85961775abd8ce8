"""The parts of an OFD file (GB/T 33190-2016): a zip in which XML parts name each other by path."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from kaohe.extractors.document import Unreadable
from kaohe.extractors.findings import finding
from kaohe.extractors.zip.limits import NOT_EXPANDED, ZIP_FAULTS, refuse_unsafe

_ENTRY = 'OFD.xml'


def name_of(element: etree._Element) -> str:
    """The element's name without its namespace: programs write several, and some none."""
    tag = element.tag
    return tag.rpartition('}')[2] if isinstance(tag, str) else ''


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The children with one of these names, in order; all children where none is named."""
    for child in () if element is None else element:
        if isinstance(child.tag, str) and (not names or name_of(child) in names):
            yield child


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of names, None where there is none."""
    for name in path:
        element = next(children(element, name), None)
    return element


class Package:
    """An opened OFD file. Raises ``Unreadable`` for what is broken, encrypted, or too large to unpack."""

    def __init__(self, data: bytes) -> None:
        refuse_unsafe(data)
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        # Some programs write backslashes, or names that differ from the references by case.
        self._names = {self._plain(name): name for name in self._zip.namelist()}
        if any(name.endswith('encryptions.xml') for name in self._names):
            raise Unreadable(finding('file.encrypted'))

    @staticmethod
    def _plain(path: str) -> str:
        return posixpath.normpath(path.replace('\\', '/')).lstrip('/').lower()

    def root(self, path: str) -> etree._Element | None:
        """The root of an XML part; None where it is missing or broken."""
        name = self._names.get(self._plain(path))
        if name is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            data = self._zip.read(name)
            root = etree.fromstring(data, parser)
            if b'<!ENTITY' in data and next(root.iter(etree.Entity), None) is not None:
                raise Unreadable(finding('file.broken', detail=NOT_EXPANDED))
            return root
        except (etree.XMLSyntaxError, *ZIP_FAULTS, OSError):
            return None

    def documents(self) -> list[str]:
        """Paths of the documents in the file (nearly always one)."""
        roots = [child(body, 'DocRoot') for body in children(self.root(_ENTRY), 'DocBody')]
        return [root.text.strip() for root in roots if root is not None and root.text]

    def beside(self, path: str, reference: str) -> str:
        """The path that a part means by a reference: from the top where it begins with a slash, else from its own folder.

        References that climb out of the file stay inside it.
        """
        if reference.startswith('/'):
            return reference
        here = posixpath.join(posixpath.dirname(path.replace('\\', '/')), reference.replace('\\', '/'))
        return here if self._plain(here) in self._names else reference
