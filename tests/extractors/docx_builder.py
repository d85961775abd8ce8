"""Word files from raw XML, for tests: what no writing library makes (revisions, wrong grids, old merges) can be drawn."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
NAMES = (
    f'xmlns:w="{WORD}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
KIND = 'application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml'
RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
MAIN = KIND.format('document.main')


def run(text: str, properties: str = '') -> str:
    """A run of text."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content: str = '', properties: str = '') -> str:
    """A paragraph; plain text becomes one run."""
    inner = content if content.startswith('<') or not content else run(content)
    return f'<w:p>{f"<w:pPr>{properties}</w:pPr>" if properties else ""}{inner}</w:p>'


def cell(content: str = '', properties: str = '') -> str:
    """A cell; plain text becomes one paragraph."""
    inner = content if content.startswith('<') else par(content)
    return f'<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>'


def row(*cells: str, properties: str = '') -> str:
    """A row of a table."""
    return f'<w:tr>{f"<w:trPr>{properties}</w:trPr>" if properties else ""}{"".join(cells)}</w:tr>'


def table(*rows: str) -> str:
    """A table without a stated grid, as careless writers leave it."""
    return f'<w:tbl><w:tblPr/>{"".join(rows)}</w:tbl>'


def listed(num_id: int, level: int = 0) -> str:
    """The properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'


def level(at: int, form: str, text: str, extra: str = '', start: int = 1) -> str:
    """A level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, overrides: str = '') -> str:
    """A list that paragraphs can name."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def parts(body: str, related: Mapping[str, str] | None = None) -> dict[str, tuple[str, str]]:
    """The parts of a document: name → (content type, XML). ``related`` is the inner XML of styles, numbering, header1 …"""
    found = {'/word/document.xml': (MAIN, f'<w:document {NAMES}><w:body>{body}</w:body></w:document>')}
    relations = ''
    for name, inner in (related or {}).items():
        kind = name.rstrip('0123456789')
        root = {'header': 'hdr', 'footer': 'ftr'}.get(kind, kind)
        found[f'/word/{name}.xml'] = (KIND.format(kind), f'<w:{root} {NAMES}>{inner}</w:{root}>')
        relations += f'<Relationship Id="{name}" Type="{RELATION}{kind}" Target="{name}.xml"/>'
    found['/word/_rels/document.xml.rels'] = (RELATIONS_KIND, RELATIONS.format(relations))
    main = f'<Relationship Id="main" Type="{RELATION}officeDocument" Target="word/document.xml"/>'
    found['/_rels/.rels'] = (RELATIONS_KIND, RELATIONS.format(main))
    return found


RELATIONS_KIND = 'application/vnd.openxmlformats-package.relationships+xml'
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def zipped(members: Mapping[str, tuple[str, str]]) -> bytes:
    """The parts as a .docx."""
    types = ''.join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, (kind, _) in members.items())
    default = f'<Default Extension="rels" ContentType="{RELATIONS_KIND}"/>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            '[Content_Types].xml',
            f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{default}{types}</Types>',
        )
        for name, (_, xml) in members.items():
            archive.writestr(name.lstrip('/'), xml)
    return packed.getvalue()


def flat(members: Mapping[str, tuple[str, str]]) -> bytes:
    """The parts as one XML file."""
    inner = ''.join(
        f'<pkg:part pkg:name="{name}" pkg:contentType="{kind}"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>'
        for name, (kind, xml) in members.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>'
        f'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{inner}</pkg:package>'
    ).encode()


def strict(members: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The same parts in the names of ISO/IEC 29500 strict."""
    swaps = (
        (WORD, 'http://purl.oclc.org/ooxml/wordprocessingml/main'),
        (RELATION, 'http://purl.oclc.org/ooxml/officeDocument/relationships/'),
        (RELATION.rstrip('/'), 'http://purl.oclc.org/ooxml/officeDocument/relationships'),
        (
            'http://schemas.openxmlformats.org/officeDocument/2006/math',
            'http://purl.oclc.org/ooxml/officeDocument/math',
        ),
    )
    found = {}
    for name, (kind, xml) in members.items():
        for old, new in swaps:
            xml = xml.replace(old, new)
        found[name] = (kind, xml)
    return found


def docx(body: str, **related: str) -> bytes:
    """A .docx with this body and these related parts."""
    return zipped(parts(body, related))
