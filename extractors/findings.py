"""The one vocabulary of complaint: every code that a person can be shown, and the finding that carries it.

A finding has a stable code, a severity, a place and a sentence in plain Chinese that says what is wrong, where, and what to do.
To add one, add a row to ``CODES``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Severity = Literal['error', 'warning', 'info']
About = Literal['reading', 'notice']


class Code(NamedTuple):
    """What a code means. ``what`` and ``todo`` are Chinese templates; ``{name}`` is filled from the finding's details."""

    severity: Severity
    about: About
    what: str
    todo: str


CODES: dict[str, Code] = {
    # what could not be read at all
    'file.unknown': Code(
        'error', 'reading', '认不出这是什么文件（{detail}）', '请确认它是通知原件；可另存为 docx、pdf 或 txt 后重新放入'
    ),
    'file.empty': Code('error', 'reading', '文件是空的，一个字也没有', '请重新取得原件后再放入'),
    'file.encrypted': Code('error', 'reading', '文件设了密码，打不开', '请去掉密码另存一份后重新放入'),
    'file.broken': Code('error', 'reading', '文件已损坏或不完整，读不出来（{detail}）', '请重新复制或下载原件后再放入'),
    'file.too_large': Code(
        'error', 'reading', '文件超出可安全读取的限度（{detail}）', '请拆分文件，或只留下需要的部分后重新放入'
    ),
    'file.no_text': Code(
        'error', 'reading', '文件里没有可读的文字', '若是扫描件，请先运行 make setup-ocr 装上文字识别，再重新运行'
    ),
    'file.unsupported': Code('error', 'reading', '暂时读不了这种文件（{detail}）', '{todo}'),
    'file.unreadable': Code(
        'error', 'reading', '没有权限或读取时出错（{detail}）', '请检查文件的权限和所在磁盘后重新运行'
    ),
    'worker.crashed': Code(
        'error', 'reading', '读这个文件时程序出错（{detail}）', '其余文件不受影响；请把文件和这一行发给维护者'
    ),
    'store.refused': Code(
        'error',
        'reading',
        '读出的内容不合数据库的规则，没有存入（{detail}）',
        '其余文件不受影响；请把文件和这一行发给维护者',
    ),
    # part of it could not be read
    'page.no_text': Code(
        'error',
        'reading',
        '第 {page} 页没有文字层，像是扫描或图片，没有读入',
        '请先运行 make setup-ocr 装上文字识别，再重新运行；或换成有文字的版本',
    ),
    'page.unreadable': Code(
        'error', 'reading', '第 {page} 页读取出错，没有读入（{detail}）', '请对照原件，或换一份完好的文件'
    ),
    'page.limit': Code(
        'error', 'reading', '只读到第 {page} 页为止，后面的没有读（{detail}）', '请把文件拆成几份后重新放入'
    ),
    'part.unreadable': Code('error', 'reading', '文件中有一部分读不出来（{detail}）', '请对照原件检查这一部分'),
    'part.pictures': Code(
        'info',
        'reading',
        '文件里有 {count} 幅图片或嵌入对象，其中的文字没有读入',
        '请对照原件，看图片里有没有考核内容',
    ),
    'text.undecodable': Code(
        'warning', 'reading', '有 {count} 个字符无法按 {encoding} 解读', '请用记事本另存为 UTF-8 后重新放入'
    ),
    # the notice as a whole
    'notice.file_name': Code(
        'info', 'reading', '文中没有读到标题，暂以文件名“{title}”作标题', '请核对，必要时更正标题'
    ),
    'table.large': Code('warning', 'reading', '表格太大，只读了前 {rows} 行', '请把表格拆成几份后重新放入'),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint. Places count as in ``Document`` and ``Catalogue``: indexes into their tuples; ``page`` counts from 1.

    Make one with ``finding(code, ...)``, which fills the sentence from ``CODES``.
    """

    code: str
    severity: Severity
    about: About
    message: str
    page: int | None = None
    table: int | None = None
    row: int | None = None
    col: int | None = None
    indicator: int | None = None
    clause: int | None = None


def finding(
    code: str,
    *,
    where: str | None = None,
    page: int | None = None,
    table: int | None = None,
    row: int | None = None,
    col: int | None = None,
    indicator: int | None = None,
    clause: int | None = None,
    **details: object,
) -> Finding:
    """A finding whose message reads ``where：what。todo。`` in Chinese.

    ``details`` fill the ``{names}`` of the code's sentences (``page`` may be used there too). Raises ``KeyError`` for an unknown
    code or a missing detail.
    """
    meaning = CODES[code]
    words = {**details, 'page': page}
    sentence = f'{meaning.what.format_map(words)}。{meaning.todo.format_map(words)}。'
    return Finding(
        code=code,
        severity=meaning.severity,
        about=meaning.about,
        message=f'{where}：{sentence}' if where else sentence,
        page=page,
        table=table,
        row=row,
        col=col,
        indicator=indicator,
        clause=clause,
    )
