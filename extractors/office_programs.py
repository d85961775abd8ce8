"""Files of office programs that only those programs read: told by their content, or by the name where that says more, with what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kaohe.extractors.sniffing import Signs

AS_DOCX = '请用 WPS 或 Word 打开，另存为 docx 后重新放入'
AS_XLSX = '请用 WPS 或 Excel 打开，另存为 xlsx 后重新放入'
EXPORT = '请另存为 pdf 或 docx 后重新放入'
_BY_WPS = '请用 WPS Office 打开，另存为 docx 后重新放入；新版打不开的，请发文单位用原来的 WPS 另存为 doc'
_BY_ITS_OWN = '请用{}打开，另存为 {} 后重新放入；没有装的，请发文单位发一份 docx 或 pdf'


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A kind of file that is recognised only to say what to do with it."""

    title: str
    todo: str
    matches: Callable[[Signs], bool]


def _begins(*signs_of_old: bytes) -> Callable[[Signs], bool]:
    return lambda signs: signs.data.startswith(signs_of_old)


def _named(*suffixes: str) -> Callable[[Signs], bool]:
    return lambda signs: not signs.is_zip and not signs.is_text and signs.suffix in suffixes


# WPS 2000 writes its name behind two bytes; the first bytes of the others are their programs' names.
BY_CONTENT: tuple[Unsupported, ...] = (
    Unsupported('WPS 2000 的 WPS 文字', _BY_WPS, _begins(b'\x82\xffWPS', b'WPS2000', b'WPS 2000', b'WPS97')),
    Unsupported(
        '方正 CEB 版式文件', _BY_ITS_OWN.format('方正 Apabi Reader ', 'pdf（打印到 PDF）'), _begins(b'Founder CEB')
    ),
    Unsupported(
        '知网 CAJ 文献',
        _BY_ITS_OWN.format(' CAJViewer ', 'pdf（打印到 PDF）'),
        _begins(b'CAJ\0', b'HN\0\0', b'KDH ', b'NH\0\0'),
    ),
    Unsupported(
        'UOF 标文通文件',
        _BY_ITS_OWN.format('永中 Office、WPS 或 LibreOffice ', 'docx 或 xlsx '),
        lambda signs: '<uof:' in signs.head or 'uof.xml' in signs.members,
    ),
)
BY_NAME: tuple[Unsupported, ...] = (
    Unsupported('更早的 WPS 文字', _BY_WPS, _named('.wps', '.wpt')),
    Unsupported('早期的 WPS 表格', AS_XLSX, _named('.et', '.ett')),
    Unsupported('早期的 WPS 演示', EXPORT, _named('.dps', '.dpt')),
    Unsupported('永中 Office 文件', _BY_ITS_OWN.format('永中 Office ', 'docx 或 xlsx '), _named('.eio', '.eit')),
    Unsupported(
        '书生 SEP 版式文件',
        _BY_ITS_OWN.format('书生阅读器', 'pdf（打印到 PDF）'),
        _named('.sep', '.gd', '.gw', '.s2', '.s92', '.s72'),
    ),
    Unsupported(
        '方正 CEBX 版式文件', _BY_ITS_OWN.format('方正 Apabi Reader ', 'pdf（打印到 PDF）'), _named('.ceb', '.cebx')
    ),
    Unsupported(
        '知网文献',
        _BY_ITS_OWN.format(' CAJViewer ', 'pdf（打印到 PDF）'),
        _named('.caj', '.nh', '.kdh', '.caa', '.teb'),
    ),
)
