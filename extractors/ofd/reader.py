"""OFD (GB/T 33190-2016), the national format of official documents → Document.

Template pages are drawn under or over the page as it says. Annotations, stamps and signatures are not part of the text.
"""

from __future__ import annotations

from lxml import etree

from kaohe.extractors.document import Document, Unreadable
from kaohe.extractors.findings import finding
from kaohe.extractors.layout.composition import PAGE_LIMIT, PageMarks, PageRead, assemble, read_page
from kaohe.extractors.layout.inks import sort_out, without_struck
from kaohe.extractors.ofd.package import Package, child, children
from kaohe.extractors.ofd.page import POINTS, Marks

_A4 = (210.0, 297.0)


class _OfdReader:
    def __init__(self, package: Package, path: str) -> None:
        self.package = package
        self.path = path
        self.root = package.root(path)
        common = child(self.root, 'CommonData')
        self.area = _area(child(common, 'PageArea')) or _A4
        self.templates = {
            template.get('ID', ''): package.beside(path, template.get('BaseLoc', ''))
            for template in children(common, 'TemplatePage')
        }
        self.resources = [
            root
            for part in children(common, 'PublicRes', 'DocumentRes')
            if part.text and (root := package.root(package.beside(path, part.text.strip()))) is not None
        ]

    def composite(self, identifier: str) -> etree._Element | None:
        """The content of a composite object that the resources define."""
        for root in self.resources:
            for unit in children(child(root, 'CompositeGraphicUnits'), 'CompositeGraphicUnit'):
                if unit.get('ID') == identifier:
                    return child(unit, 'Content')
        return None

    def pages(self) -> list[str]:
        return [
            self.package.beside(self.path, page.get('BaseLoc', ''))
            for page in children(child(self.root, 'Pages'), 'Page')
        ]

    def page(self, path: str, number: int) -> PageRead:
        root = self.package.root(path)
        if root is None:
            return PageRead.unreadable(number, '页面的内容缺失或损坏')
        marks = Marks(self.composite)
        for template in children(root, 'Template'):
            base = self.package.root(self.templates.get(template.get('TemplateID', ''), ''))
            marks.draw(child(base, 'Content'))
        marks.draw(child(root, 'Content'))
        width, height = _area(child(root, 'Area')) or self.area
        seen = sort_out(marks.glyphs, marks.runs, marks.grounds + marks.images, layered=False)
        text, rules, struck = without_struck(seen.text, marks.rules)
        return read_page(
            PageMarks(
                width * POINTS,
                height * POINTS,
                text,
                rules,
                marks.images,
                watermarks=seen.watermarks,
                hidden=seen.hidden + struck + marks.unseen,
            ),
            number,
        )


def _area(area: etree._Element | None) -> tuple[float, float] | None:
    box = child(area, 'PhysicalBox')
    try:
        numbers = [float(part) for part in (box.text or '').split()] if box is not None else []
    except ValueError:
        return None
    return (numbers[2], numbers[3]) if len(numbers) == 4 else None


def read(data: bytes) -> Document:
    """The document in an OFD file. Pages without text and pages that cannot be read are findings.

    Raises ``Unreadable`` where the file is broken or encrypted, or no page has text.
    """
    package = Package(data)
    readers = [_OfdReader(package, path) for path in package.documents()]
    listed = [(reader, path) for reader in readers for path in reader.pages()]
    if not listed:
        raise Unreadable(finding('file.broken', detail='OFD 文件里没有一页'))
    pages = tuple(reader.page(path, number) for number, (reader, path) in enumerate(listed[:PAGE_LIMIT], 1))
    return assemble('ofd', pages, len(listed))
