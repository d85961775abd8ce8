"""The one vocabulary of complaint: every code that a person can be shown, and the finding that carries it.

A finding has a stable code, a severity, a place and a plain Chinese sentence: what is wrong, where, what to do. To add one, add a row to ``CODES``.
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


_PLUGIN = '{advice}，再运行一次；其余的照常'
_SPLIT = '其余文件不受影响；请检查原件是否完好，或把它拆成几份、另存为 docx 后重新放入'

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
        'error',
        'reading',
        '文件里没有可读的文字',
        '若是扫描件：还没装文字识别的，请先运行 make setup-ocr，再重新运行；已经装了的，请换更清楚的扫描件或有文字的版本',
    ),
    'file.needs_office': Code(
        'error',
        'reading',
        '这种文件（RTF、odt、ods、Word 6/95 等）要借助 LibreOffice 才能读，本机没有装',
        '请安装 LibreOffice（如 sudo apt install libreoffice-writer libreoffice-calc）后重新运行，或用 WPS 另存为 docx、xlsx 后重新放入',
    ),
    'file.archive': Code(
        'error',
        'reading',
        '这是压缩包，里面有 {count} 个文件，不能当作一份通知来读',
        '请把它（扩展名 .zip）放进收件夹后运行 kaohe ingest，会逐个读入；压缩包里再套两层以上的，请先解压',
    ),
    'file.unsupported': Code('error', 'reading', '暂时读不了这种文件（{detail}）', '{todo}'),
    'file.unreadable': Code(
        'error', 'reading', '没有权限或读取时出错（{detail}）', '请检查文件的权限和所在磁盘后重新运行'
    ),
    'file.link': Code('error', 'reading', '这是指到收件夹外的链接，没有读', '请放入文件本身，或加 --follow-links'),
    'worker.crashed': Code(
        'error', 'reading', '读这个文件时程序出错（{detail}）', '其余文件不受影响；请把文件和这一行发给维护者'
    ),
    'worker.timeout': Code('error', 'reading', '读了 {seconds} 秒还没有读完，已停止', _SPLIT),
    'worker.memory': Code('error', 'reading', '读这个文件要用的内存太多，已停止', _SPLIT),
    'plugin.format': Code('error', 'reading', '插件 {name} 读不了这个文件（{detail}）', _PLUGIN),
    'plugin.check': Code('warning', 'reading', '插件 {name} 的检查没有用上（{detail}）', _PLUGIN),
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
        '还没装文字识别的，请先运行 make setup-ocr，再重新运行；已经装了的，请换更清楚的扫描件或有文字的版本',
    ),
    'page.beyond_limit': Code(
        'error', 'reading', '第 {page} 页是图片；{detail}，这一页没有读入', '请把文件拆成几份后重新放入'
    ),
    'page.pictures': Code(
        'info',
        'reading',
        '第 {page} 页有 {count} 幅图片，其中的文字没有读入',
        '请对照原件，看图片里有没有考核内容；有的话请先运行 make setup-ocr 装上文字识别，再重新运行',
    ),
    'page.unreadable': Code(
        'error', 'reading', '第 {page} 页读取出错，没有读入（{detail}）', '请对照原件，或换一份完好的文件'
    ),
    'page.limit': Code(
        'error', 'reading', '只读到第 {page} 页为止，后面的没有读（{detail}）', '请把文件拆成几份后重新放入'
    ),
    'part.unreadable': Code('error', 'reading', '文件中有一部分读不出来（{detail}）', '请对照原件检查这一部分'),
    'part.pictures': Code(
        'info', 'reading', '文件里有 {count} 幅图片或嵌入对象，其中的文字没有读入', '请对照原件，看图片里有没有考核内容'
    ),
    'layer.unchecked': Code(
        'warning',
        'reading',
        '第 {pages} 页的文字是扫描图上看不见的文字层，其中的数字没有与图核对',
        '请对照原件核对数字；还没装文字识别的，运行 make setup-ocr 后重新运行，会自动核对',
    ),
    'form.differs': Code(
        'warning',
        'reading',
        '第 {page} 页的表单域“{name}”有几处，填的值不一样，各按自己的值读入',
        '请对照原件核对这几处的值',
    ),
    'formula.uncached': Code(
        'warning',
        'reading',
        '{cells} 是公式，文件里没有存下算出的值，没有读入',
        '请用 WPS 或 Excel 打开，保存一次后重新放入',
    ),
    'formula.error': Code(
        'warning', 'reading', '{cells} 的公式算出的是错误值', '请在原件里改正公式，或请发文单位说明应是多少'
    ),
    'number.rounded': Code(
        'info',
        'reading',
        '{cells} 显示的数是四舍五入过的，已按文件里存的数读入',
        '请核对以哪个数为准，必要时请发文单位说明',
    ),
    'part.hidden': Code(
        'info',
        'reading',
        '有隐藏或划去的内容没有读入：{detail}',
        '如果它们也是通知的一部分，请在原件里取消隐藏或删除线后重新放入',
    ),
    'text.unmapped': Code(
        'warning',
        'reading',
        '第 {page} 页有 {count} 个字，字体没有说明是什么字，读出的可能是乱码',
        '请对照原件；或把 Word 原件另存为 PDF 后重新放入',
    ),
    'text.undecodable': Code(
        'warning', 'reading', '有 {count} 个字符无法按 {encoding} 解读', '请用记事本另存为 UTF-8 后重新放入'
    ),
    'text.holes': Code(
        'warning',
        'reading',
        '有 {count} 处是空字符，那里可能缺了字（没有存完、存坏的文件会这样）',
        '请对照原件核对这几处',
    ),
    # tables and lines
    'column.unknown': Code(
        'warning',
        'reading',
        '表头“{header}”不认识，这一列没有用上',
        '请看这一列是不是考核内容、标准或分值；是的话请告知维护人员添加这个表头',
    ),
    'column.doubtful': Code('warning', 'reading', '表头“{header}”不认识，这一列是按内容认的', '请对照原件核对这一列'),
    'table.unknown': Code(
        'warning', 'reading', '表格像是考核表，但没有读出考核条目（{detail}）', '请对照原件；可为表格加上表头后重新放入'
    ),
    'table.apart': Code('warning', 'reading', '{why}，没有接成一张表', '{todo}'),
    'line.doubtful': Code('warning', 'reading', '这一条可能读得不准：{detail}', '请对照原件核对这一条'),
    'ocr.doubtful': Code('warning', 'reading', '文字识别的结果要核对：{detail}', '请对照扫描件或照片核对这一条的数字'),
    # the notice as a whole
    'table.sheet_name': Code('info', 'reading', '表上没有印标题，暂以工作表名“{title}”作标题', '请核对标题'),
    'notice.file_name': Code(
        'info', 'reading', '文中没有读到标题，暂以文件名“{title}”作标题', '请核对，必要时更正标题'
    ),
    # what looks wrong in the notice itself: sums
    'points.sum': Code(
        'warning',
        'notice',
        '类别“{category}”印的是 {printed} 分，其下各行合计 {sum} 分',
        '请与发文单位核对哪个数对，核对前不要据此计分',
    ),
    'total.sum': Code(
        'warning',
        'notice',
        '印的总分是 {printed} 分，各行合计 {sum} 分{bonus}',
        '请与发文单位核对哪个数对，核对前不要据此计分',
    ),
    'items.sum': Code(
        'info', 'notice', '本行 {points} 分，各小项的分值合计 {sum} 分', '请核对小项的分值，必要时请发文单位说明'
    ),
    'points.doubtful': Code(
        'warning',
        'reading',
        '{checked} 个类别中有 {wrong} 个的分值与其下各行之和不符，多半是分值读错了列',
        '请对照原件检查这张表的分值',
    ),
    # what looks wrong in the notice itself: lines
    'duplicate': Code('warning', 'notice', '与本表{other}完全相同', '请确认是否重复印了一行，以免重复计分'),
    'number.gap': Code(
        'warning',
        'reading',
        '序号 {before} 之后直接是 {after}，中间可能漏读了行',
        '请对照原件核对这几行；原件本就如此则不必处理',
    ),
    'year.stale': Code(
        'info', 'notice', '写的是 {old} 年，而考核的是 {year} 年', '请确认是否沿用了旧文本，必要时请发文单位更正'
    ),
    # what looks wrong in the notice itself: clauses
    'clause.exceeds': Code(
        'info',
        'notice',
        '“{text}”一次就是 {amount} 分，超过本行的 {points} 分',
        '计分时以本行分值为限，必要时请发文单位说明',
    ),
    'clause.uncounted': Code(
        'warning',
        'notice',
        '“{text}”没有写明每多少、按什么计，暂按“每 1”读',
        '计分前请与发文单位核对计数的单位，必要时更正',
    ),
    'choose.count': Code(
        'info', 'notice', '说有 {announced} 种选择，下面列了 {listed} 种', '请核对原件是否缺项，必要时请发文单位说明'
    ),
    'band.overlap': Code(
        'info', 'notice', '分档在 {at} 处重叠（如“{first}”与“{second}”）', '结果正好落在此处时，请发文单位说明算哪一档'
    ),
    'band.gap': Code(
        'info', 'notice', '分档之间空了 {at}（“{first}”与“{second}”之间）', '结果落在此处时，请发文单位说明如何计分'
    ),
    'text.suspect': Code('warning', 'notice', '“{text}”像是印错了，已按{value}读', '请核对原件，必要时请发文单位更正'),
    'score.choice': Code('info', 'notice', '“{text}”计分时这样取：{detail}', '请核对，必要时请发文单位说明'),
    # what we may have misread
    'clause.unparsed': Code('warning', 'reading', '“{text}”提到了分数，但没有读成条款', '请人工读这一句，必要时更正'),
    'points.unplaced': Code('warning', 'reading', '“{text}”等 {count} 处分数没有归处', '请对照原件，看它算在哪里'),
    'clause.doubtful': Code(
        'warning', 'reading', '“{text}”这一条款可能读得不准：{reason}', '请对照原文核对这一句怎么计分，必要时更正'
    ),
    'target.doubtful': Code(
        'warning', 'reading', '“{text}”里的目标值可能读得不准：{reason}', '请对照原文核对指标、数值和单位，必要时更正'
    ),
    'reading.kept': Code(
        'error',
        'reading',
        '这次没有重新读成，库里仍是以前从这个文件读出的内容，一条没有动',
        '没有读成的原因和办法：{why}',
    ),
    # what people decided
    'edition.assumed': Code(
        'warning',
        'reading',
        '“{one}”与“{other}”标题相同，指标大半一样，像是同一份通知，但通知上没有能证明的字号或发文机关；现在各算一份',
        '是同一份的，请运行 kaohe editions join {id} {like}；不是的，请运行 kaohe editions part {id} {like}',
    ),
    'correction.orphaned': Code(
        'warning',
        'reading',
        '{by} 于 {on} 更正过“{label}”：{what}，但现在的通知里没有这一条，或这一条已经不同，更正没有用上',
        '请对照现在的通知，需要的重新更正；不需要的，核对后用 kaohe sign 签字，就不再提示',
    ),
    'reading.changed': Code('warning', 'reading', '{by} {on} {did}后，“{label}”的读法变了：{detail}', '请核对后再签字'),
    'sheet.hidden': Code(
        'info', 'reading', '工作表“{name}”是隐藏的，没有读入', '如果它也是通知的一部分，请取消隐藏后重新放入'
    ),
    'table.large': Code('warning', 'reading', '表格太大，只读了前 {rows} 行', '请把表格拆成几份后重新放入'),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint, made by ``finding(code, ...)``, which fills the sentence from ``CODES``. Places count as in ``Document`` and ``Catalogue``:
    indexes into their tuples; ``page`` counts from 1."""

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
    message = f'{where}：{sentence}' if where else sentence
    return Finding(code, meaning.severity, meaning.about, message, page, table, row, col, indicator, clause)
