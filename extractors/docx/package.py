"""Opening a Word package safely: limits, flat XML, strict namespaces, and parts that are broken.

python-docx opens the package and resolves its relationships. It reads every part at once and refuses the whole file for one
broken theme, so sizes are checked before, and a refused package is tried again without the parts that cannot be read.

The parts are parsed here: python-docx would have lxml make an object of a class of its own for each element that somebody looks
at, which takes three times as long.
"""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docx.opc.constants import CONTENT_TYPE
from docx.opc.packuri import PACKAGE_URI
from docx.opc.pkgreader import PackageReader
from lxml import etree

from kaohe.extractors.document import Unreadable
from kaohe.extractors.docx.cell_limit import refuse_many_cells
from kaohe.extractors.docx.repeats import folded, shared
from kaohe.extractors.findings import Finding, finding
from kaohe.extractors.sniffing import OLE_MAGIC
from kaohe.extractors.zip.limits import MAX_XML_BYTES, NOT_EXPANDED, refuse_unsafe, refused_for

PKG = '{http://schemas.microsoft.com/office/2006/xmlPackage}'
FLAT_MARK = 'http://schemas.microsoft.com/office/2006/xmlPackage'
ENCRYPTED_STREAM = 'EncryptedPackage'.encode('utf-16-le')
CONTENT_TYPES = '[Content_Types].xml'

#: ISO/IEC 29500 strict namespaces and the transitional ones that say the same.
STRICT = (
    (
        b'http://purl.oclc.org/ooxml/wordprocessingml/main',
        b'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
    ),
    (b'http://purl.oclc.org/ooxml/officeDocument/math', b'http://schemas.openxmlformats.org/officeDocument/2006/math'),
    (b'http://purl.oclc.org/ooxml/drawingml/main', b'http://schemas.openxmlformats.org/drawingml/2006/main'),
    (b'http://purl.oclc.org/ooxml/drawingml/chart', b'http://schemas.openxmlformats.org/drawingml/2006/chart'),
    (b'http://purl.oclc.org/ooxml/drawingml/diagram', b'http://schemas.openxmlformats.org/drawingml/2006/diagram'),
    (
        b'http://purl.oclc.org/ooxml/officeDocument/relationships',
        b'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
    ),
)


#: Parts that are parsed whether or not somebody asks for them: a broken one is said.
XML_PARTS = frozenset(
    {
        CONTENT_TYPE.WML_DOCUMENT_MAIN,
        CONTENT_TYPE.WML_STYLES,
        CONTENT_TYPE.WML_NUMBERING,
        CONTENT_TYPE.WML_HEADER,
        CONTENT_TYPE.WML_FOOTER,
        CONTENT_TYPE.WML_COMMENTS,
        CONTENT_TYPE.WML_SETTINGS,
        CONTENT_TYPE.OPC_CORE_PROPERTIES,
    }
)


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points: the last word of the relationship's type, and the name of the other part (None: outside the file)."""

    kind: str
    target: str | None


Part = etree._Element | bytes
Relations = Mapping[str, Relation]


@dataclass(frozen=True, slots=True)
class WordPackage:
    """An opened package: the main part's root, the parts that it points to by relationship id, and what had to be left out.

    ``parts`` are all parts by name, those of the types ``XML_PARTS`` parsed. ``repeated`` are properties that the body states once for
    many paragraphs or runs, by the reference to them.
    """

    body: etree._Element
    parts: Mapping[str, Part]
    relations: Relations
    repeated: Mapping[str, etree._Element]
    findings: tuple[Finding, ...] = ()

    def related(self, kind: str) -> etree._Element | None:
        """The root of the first part that the main part relates to as ``kind`` (the last word of the relationship type)."""
        for relation in self.relations.values():
            if relation.target is not None and relation.kind == kind:
                return _root(self.parts[relation.target])
        return None

    def by_id(self, relation_id: str) -> etree._Element | None:
        """The root of the part behind a relationship id; None where the id leads nowhere."""
        relation = self.relations.get(relation_id)
        return None if relation is None or relation.target is None else _root(self.parts[relation.target])


def is_flat(data: bytes) -> bool:
    """Whether these bytes are a Word document saved as one XML file (flat OPC)."""
    head = data[:4096]
    encoding = 'utf-16' if head[:2] in (b'\xff\xfe', b'\xfe\xff') else 'utf-8'
    text = head.decode(encoding, errors='replace').lstrip('\ufeff \t\r\n')
    return text.startswith('<') and FLAT_MARK in text and 'package' in text


def open_package(data: bytes) -> WordPackage:
    """The Word package in these bytes.

    Raises ``Unreadable``: ``file.encrypted``, ``file.too_large``, ``file.broken``, or ``file.unsupported`` for another kind of
    office file.
    """
    if data.startswith(OLE_MAGIC):
        if ENCRYPTED_STREAM in data:
            raise Unreadable(finding('file.encrypted'))
        raise Unreadable(finding('file.broken', detail='内容不是 docx'))
    packed = _zipped(data) if is_flat(data) else data
    refuse_unsafe(packed)
    lost: Mapping[str, str | None] = {}
    try:
        loaded = _load(packed)
    except Unreadable:
        raise
    except Exception:  # any fault of one part surfaces here, in as many types as there are parsers below
        packed, lost = _without_broken_parts(packed)
        try:
            loaded = _load(packed)
        except Exception as fault:
            raise Unreadable(finding('file.broken', detail='缺少正文或文件清单')) from fault
    return _word(*loaded, lost)


def parse(data: bytes) -> etree._Element:
    """The root of an XML text; nothing is fetched, and very deep or huge trees are refused.

    White space that only sets elements apart is left out. Raises ``Unreadable`` where the text uses entities of its own, which stay
    unresolved: no program writes them, and what they stand for would be lost in silence.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_blank_text=True)
    root = etree.fromstring(data, parser)
    if b'<!ENTITY' in data and next(root.iter(etree.Entity), None) is not None:
        raise Unreadable(finding('file.broken', detail=NOT_EXPANDED))
    return root


def _load(packed: bytes) -> tuple[Mapping[str, Part], Mapping[str, Relations]]:
    """The parts of a package by name, and what each of them, and the package itself, points to by relationship id."""
    package = PackageReader.from_file(io.BytesIO(packed))  # type: ignore[no-untyped-call]
    parts: dict[str, Part] = {
        name: _parsed(content) if kind in XML_PARTS else content for name, kind, _, content in package.iter_sparts()
    }
    relations: defaultdict[str, dict[str, Relation]] = defaultdict(dict)
    for source, found in package.iter_srels():
        target = None if found.is_external else found.target_partname
        relations[source][found.rId] = Relation(_kind(found.reltype), target)
    return parts, relations


def _word(parts: Mapping[str, Part], relations: Mapping[str, Relations], lost: Mapping[str, str | None]) -> WordPackage:
    findings = tuple(finding('part.unreadable', detail=name) for name in lost)
    for relation in relations.get(PACKAGE_URI, {}).values():
        if relation.target is not None and relation.kind == 'officeDocument':
            root = _root(parts[relation.target])
            if root is not None and isinstance(root.tag, str) and etree.QName(root).localname == 'document':
                return WordPackage(root, parts, relations.get(relation.target, {}), shared(root), findings)
            if root is not None:
                raise Unreadable(finding('file.unsupported', detail='不是 Word 文档', todo='请另存为 docx 后重新放入'))
    why = next((why for why in lost.values() if why), '没有正文')
    raise Unreadable(finding('file.broken', detail=why))


def _parsed(data: bytes) -> etree._Element:
    """The root of a part, properties that a document repeats folded. Raises ``Unreadable`` for tables that no notice has."""
    text = folded(data)
    refuse_many_cells(text)
    try:
        return parse(text)
    except etree.XMLSyntaxError:
        if text is data:
            raise
        refuse_many_cells(data)
        return parse(data)


def _kind(relationship_type: str | None) -> str:
    """The last word of a relationship's type; ``''`` where a damaged package states none."""
    return (relationship_type or '').rsplit('/', 1)[-1]


def _root(part: Part) -> etree._Element | None:
    """The root of a part in transitional names; None where the part is no XML."""
    try:
        root = _parsed(part) if isinstance(part, bytes) else part
        if b'purl.oclc.org' in (root.nsmap.get(root.prefix) or '').encode():
            text = etree.tostring(root)
            for strict, transitional in STRICT:
                text = text.replace(strict, transitional)
            root = parse(text)
    except etree.XMLSyntaxError:
        return None
    return root


def _zipped(data: bytes) -> bytes:
    """A flat XML file as the zip that it describes."""
    if len(data) > MAX_XML_BYTES:
        raise Unreadable(finding('file.too_large', detail=f'{len(data) // 2**20} MB'))
    try:
        root = parse(data)
    except etree.XMLSyntaxError as fault:
        raise Unreadable(finding('file.broken', detail=refused_for(fault) or 'XML 不完整')) from fault
    types = etree.Element('Types', nsmap={None: 'http://schemas.openxmlformats.org/package/2006/content-types'})  # type: ignore[dict-item]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w') as archive:
        for name, kind, content in _flat_parts(root):
            etree.SubElement(types, 'Override', PartName=name, ContentType=kind)
            archive.writestr(name.lstrip('/'), content)
        archive.writestr(CONTENT_TYPES, etree.tostring(types))
    return packed.getvalue()


def _flat_parts(root: etree._Element) -> Iterator[tuple[str, str, bytes]]:
    seen: set[str] = set()
    for part in root.iterfind(f'{PKG}part'):
        name, kind = part.get(f'{PKG}name', ''), part.get(f'{PKG}contentType', '')
        xml, binary = part.find(f'{PKG}xmlData'), part.find(f'{PKG}binaryData')
        if not name.strip('/') or name in seen:
            continue
        seen.add(name)
        if xml is not None and len(xml):
            yield name, kind, etree.tostring(xml[0], with_tail=False)
        elif binary is not None:
            try:
                yield name, kind, base64.b64decode(binary.text or '')
            except ValueError:
                continue


def _without_broken_parts(packed: bytes) -> tuple[bytes, Mapping[str, str | None]]:
    """The package without the members that cannot be unpacked or parsed and without relationships that lead nowhere; the members left out,
    with the reason where it is not that they are broken."""
    kept: dict[str, bytes] = {}
    lost: dict[str, str | None] = {}
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for member in archive.infolist():
            try:
                content = archive.read(member)
                if member.filename.lower().endswith(('.xml', '.rels')):
                    parse(content)
            except (
                zipfile.BadZipFile,
                zlib.error,
                etree.XMLSyntaxError,
                NotImplementedError,
                EOFError,
                OSError,
                ValueError,
            ) as fault:
                lost[member.filename] = refused_for(fault) if isinstance(fault, etree.XMLSyntaxError) else None
            else:
                kept[member.filename.replace('\\', '/').lstrip('/')] = content
    names = {name.lower() for name in kept}
    mended = io.BytesIO()
    with zipfile.ZipFile(mended, 'w') as archive:
        for name, content in kept.items():
            archive.writestr(name, _live_relations(name, content, names) if name.endswith('.rels') else content)
    return mended.getvalue(), lost


def _live_relations(name: str, content: bytes, names: set[str]) -> bytes:
    """A relationship part without the relationships whose target is not in the package."""
    folder = name.rsplit('_rels/', 1)[0]
    root = parse(content)
    for relation in list(root):
        if not isinstance(relation.tag, str) or relation.get('TargetMode') == 'External':
            continue
        target = (relation.get('Target') or '').replace('\\', '/')
        steps: list[str] = []
        for step in (target if target.startswith('/') else folder + target).split('/'):
            if step == '..':
                del steps[-1:]
            elif step not in ('', '.'):
                steps.append(step)
        if '/'.join(steps).lower() not in names:
            root.remove(relation)
    return etree.tostring(root)
