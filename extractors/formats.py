"""Which formats there are, how each is recognised, and who reads it.

To add a format: write a module with ``read(data: bytes) -> Document`` and add a row to ``_BUILT_IN``, or bring it as a plugin (and drop its row from
``UNSUPPORTED``, where it has one). Content decides, the name only where content is ambiguous. The rows are asked in order: plain
text, which nearly everything could be, is the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from typing import cast

from kaohe.extractors.document import Document, Unreadable
from kaohe.extractors.findings import finding
from kaohe.extractors.known_format import Format
from kaohe.extractors.office_programs import AS_DOCX, BY_CONTENT, BY_NAME, EXPORT, Unsupported
from kaohe.extractors.parallel import Spread, here
from kaohe.extractors.plugins import advice, formats_of_plugins, place_of
from kaohe.extractors.sniffing import Signs
from kaohe.extractors.storable_text import storable

_BUILT_IN: tuple[Format, ...] = (
    Format(
        'docx',
        'Word 文档',
        ('.docx', '.docm', '.dotx', '.dotm', '.xml'),
        'kaohe.extractors.docx',
        lambda signs: signs.has_member('word/') or signs.is_flat_package,
    ),
    Format(
        'xlsx',
        'Excel 工作簿',
        ('.xlsx', '.xlsm', '.xltx'),
        'kaohe.extractors.sheet',
        lambda signs: signs.has_member('xl/') and 'xl/workbook.bin' not in signs.members,
    ),
    Format(
        'xls',
        'Excel 97–2003 工作簿',
        ('.xls', '.et'),
        'kaohe.extractors.sheet',
        lambda signs: not signs.streams.isdisjoint(('workbook', 'book')),
    ),
    Format(
        'doc',
        'Word 97–2003 文档、WPS 文字',
        ('.doc', '.wps', '.dot', '.wpt'),
        'kaohe.extractors.doc',
        lambda signs: 'worddocument' in signs.streams,
    ),
    Format('ofd', 'OFD 版式文件', ('.ofd',), 'kaohe.extractors.ofd', lambda signs: 'ofd.xml' in signs.members),
    Format(
        'zip', '压缩包（里面的每个文件各作一份通知）', ('.zip',), 'kaohe.extractors.zip', lambda signs: signs.is_archive
    ),
    Format(
        'rtf',
        'RTF、OpenDocument 文本、早期 Word 文档',
        ('.rtf', '.odt'),
        'kaohe.extractors.office',
        lambda signs: (
            signs.data.lstrip()[:5] == b'{\\rtf'
            or signs.data.startswith((b'\xdb\xa5-\x00', b'1\xbe\x00\x00'))
            or (signs.has_member('content.xml') and b'opendocument.text' in signs.data[:200])
        ),
        needs='libreoffice',
    ),
    Format(
        'ods',
        'OpenDocument 表格、Excel 二进制工作簿',
        ('.ods', '.xlsb'),
        'kaohe.extractors.sheet.opendocument',
        lambda signs: (
            'xl/workbook.bin' in signs.members
            or (signs.has_member('content.xml') and b'opendocument.spreadsheet' in signs.data[:200])
        ),
        needs='libreoffice',
    ),
    Format(
        'picture',
        '扫描件、照片（png、jpg、tiff）',
        ('.png', '.jpg', '.jpeg', '.tif', '.tiff', '.bmp', '.webp', '.gif'),
        'kaohe.extractors.ocr',
        lambda signs: is_picture(signs.data),
        needs='ocr',
        spreads=True,
    ),
    Format(
        'pdf',
        'PDF（有文字层；扫描页要装文字识别）',
        ('.pdf',),
        'kaohe.extractors.pdf',
        lambda signs: b'%PDF-' in signs.data[:1024],
        spreads=True,
    ),
    Format(
        'mht',
        '单个文件网页',
        ('.mht', '.mhtml'),
        'kaohe.extractors.html',
        lambda signs: signs.is_text and signs.is_mail,
    ),
    Format(
        'html',
        '网页',
        ('.html', '.htm', '.xhtml'),
        'kaohe.extractors.html',
        lambda signs: signs.is_html or (signs.is_text and signs.suffix in ('.html', '.htm', '.xhtml')),
    ),
    Format('txt', '纯文本', ('.txt', '.md', '.csv', '.tsv'), 'kaohe.extractors.text', lambda signs: signs.is_text),
)

# Plain text, which nearly everything could be, is the last.
FORMATS: tuple[Format, ...] = (
    *_BUILT_IN[:-1],
    *formats_of_plugins(),
    _BUILT_IN[-1],
)

_UNPACK = '请解压后，把里面的通知文件重新放入'

UNSUPPORTED: tuple[Unsupported, ...] = (
    *BY_CONTENT,
    Unsupported('演示文稿', EXPORT, lambda signs: signs.has_member('ppt/') or 'powerpoint document' in signs.streams),
    Unsupported('OpenDocument 文件', AS_DOCX, lambda signs: 'content.xml' in signs.members),
    Unsupported('未知的 Office 文件', AS_DOCX, lambda signs: signs.is_zip),
    *BY_NAME,
    Unsupported('压缩包', _UNPACK, lambda signs: signs.data.startswith((b'Rar!', b"7z\xbc\xaf'\x1c", b'\x1f\x8b'))),
    Unsupported('其他复合文档', AS_DOCX, lambda signs: signs.is_ole),
    Unsupported(
        'XML 数据',
        EXPORT,
        lambda signs: signs.head.lstrip().startswith('<?xml') and not signs.is_html and not signs.is_flat_package,
    ),
)


def is_picture(data: bytes) -> bool:
    """Whether these bytes are a picture: png, jpg, tiff, bmp, gif or webp."""
    return (
        data.startswith((b'\x89PNG\r\n\x1a\n', b'\xff\xd8\xff', b'II*\x00', b'MM\x00*', b'GIF8'))
        or (data[:2] == b'BM' and data[6:10] == bytes(4))
        or (data[:4] == b'RIFF' and data[8:12] == b'WEBP')
    )


def sniff(data: bytes, name: str = '') -> Format:
    """The format of these bytes. ``name``, the file's, decides only where the content fits several formats.

    Raises ``Unreadable``: ``file.empty``, ``file.encrypted``, ``file.broken``, ``file.unsupported`` for a known format that cannot be
    read (and what to do with it), ``file.unknown`` for anything else.
    """
    if not data.strip(b'\x00 \t\r\n'):
        raise Unreadable(finding('file.empty'))
    signs = Signs(data, name)
    if 'encryptedpackage' in signs.streams:
        raise Unreadable(finding('file.encrypted'))
    for known in FORMATS[:-1]:
        with _told(known):
            if known.matches(signs):
                return known
    for other in UNSUPPORTED:
        if other.matches(signs):
            raise Unreadable(finding('file.unsupported', detail=other.title, todo=other.todo))
    if FORMATS[-1].matches(signs):
        if signs.says_nothing:
            raise Unreadable(finding('file.unknown', detail='只有几个字母或数字，不像通知'))
        return FORMATS[-1]
    raise Unreadable(finding('file.unknown', detail='内容不像任何支持的格式'))


def read(data: bytes, name: str = '', spread: Spread = here) -> Document:
    """The document that these bytes hold. ``spread`` does the parts of a long one. Raises ``Unreadable`` where nothing of it can be read."""
    known = sniff(data, name)
    with _told(known):
        module = import_module(known.module)
        document = cast(Document, module.read(data, spread) if known.spreads else module.read(data))
        if known in formats_of_plugins():
            _require_whole(document)
        return storable(replace(document, format=known.name))


@contextmanager
def _told(known: Format) -> Iterator[None]:
    """What goes wrong in a plugin is told with its name, as ``Unreadable``; what goes wrong in the program itself is not touched."""
    source = formats_of_plugins().get(known)
    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except (Exception, SystemExit) as error:
        if source is None:
            raise
        why = finding('plugin.format', name=source.name, advice=advice(source.package), detail=place_of(error))
        raise Unreadable(why) from error


def _require_whole(document: Document) -> None:
    """Raises where whoever understands a document could not: cells that do not tile a table, a block of a table that is not there."""
    if not isinstance(document, Document):
        raise TypeError('read 要给出 Document')
    for table in document.tables:
        table.grid()
    for block in document.blocks:
        if block.kind == 'table' and block.table not in range(len(document.tables)):
            raise ValueError(f'no table {block.table} for its block')
