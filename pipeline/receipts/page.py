"""The receipt of one document as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from urllib.parse import quote

from kaohe.pipeline.language.phrases import number
from kaohe.pipeline.language.terms import NOTICE_KIND, PROOF, SCOPE, STATUS, TABLE_KIND
from kaohe.pipeline.receipts.first_page import INDEX
from kaohe.pipeline.receipts.line_cards import line_cards, read_clauses
from kaohe.pipeline.receipts.marks import Mark, coloured
from kaohe.pipeline.receipts.markup import Html, join, page, tag
from kaohe.pipeline.receipts.receipt_content import ReceiptBlock, ReceiptClause, ReceiptContent, ReceiptTable
from kaohe.pipeline.receipts.receipt_corrections import corrections_section
from kaohe.pipeline.receipts.receipt_findings import doubts_section
from kaohe.pipeline.receipts.receipt_words import decided, figure_says, halves, moment, next_step, table_name

_NO_MATCH = '不符'
# Said even where there are none.
_ALWAYS = ('条指标', '处要核对')


def receipt(content: ReceiptContent, stamp: str) -> Html:
    """The page. The same content gives the same page."""
    paper = content.paper
    title = paper.title or paper.source
    cards = line_cards(content)
    return page(
        f'回执：{title}',
        stamp,
        tag(
            'main',
            tag('nav', tag('a', '‹ 全部回执', href=quote(INDEX))),
            _head(content, title),
            _read(content),
            None if paper.status == 'failed' else doubts_section(content),  # its one finding stands in the head
            corrections_section(content),
            _sums(content),
            _legend() if content.lines or content.clauses else None,
            *(_table(table, cards[table.id]) for table in content.tables if cards[table.id]),
            _prose(content),
            _figures(content),
            tag('footer', f'编号 {paper.id}', f'　读入时间 {moment(paper.read_at)}' if paper.read_at else None),
        ),
    )


def _head(content: ReceiptContent, title: str) -> Html:
    paper = content.paper
    reason = halves(paper.message)[0] if paper.message else None
    doubts = content.grave
    rows = [
        (
            '文件',
            '；'.join(name.source if name.present else f'{name.source}（已离开收件夹）' for name in content.names),
        ),
        ('发文机关', paper.issuer),
        ('发文字号', paper.doc_number),
        ('成文日期', paper.issued_on),
        ('考核年度' if paper.kind == 'assessment' else '年度', str(paper.year) if paper.year else None),
        ('类型', NOTICE_KIND.get(paper.kind or '')),
        ('格式', '，'.join(x for x in (paper.format, f'{paper.pages} 页' if paper.pages else '') if x)),
    ]
    return tag(
        'header',
        tag('h1', title),
        tag(
            'div',
            tag('p', STATUS[paper.status], cls='word'),
            tag('div', tag('p', reason, cls='reason') if reason else None, tag('p', next_step(content), cls='next')),
            tag('a', f'{doubts} 处要核对', href='#doubts', cls='jump') if doubts and paper.status != 'failed' else None,
            cls=f'status {paper.status}',
        ),
        *(tag('p', line, cls='left') for line in decided(paper)),
        None if content.present else tag('p', '这个文件已离开收件夹；读到的数据还保留着。', cls='left'),
        tag('p', '这份通知在收件夹里还有另一个版本或格式，查询时以那一份为准。', cls='left')
        if paper.edition_of
        else None,
        tag('dl', *(join(tag('dt', name), tag('dd', value)) for name, value in rows if value)),
    )


def _read(content: ReceiptContent) -> Html | None:
    paper = content.paper
    if paper.status == 'failed':
        return None
    counts = [
        (str(len(content.tables)), '个表格'),
        (str(len(content.lines)), '条指标'),
        (str(len(content.clauses)), '条条款'),
        (str(len(content.targets)), '个目标值'),
        (str(len(content.duties)), '项责任'),
        (str(len(content.figures)), '个数据'),
        (str(content.grave), '处要核对'),
    ]
    held = None
    if paper.amounts_seen:
        missing = paper.amounts_seen - paper.amounts_held
        rest = f'其余 {missing} 处列在上面的疑点里' if missing else '没有遗漏'
        held = tag(
            'p', f'原文有 {paper.amounts_seen} 处提到分数，{paper.amounts_held} 处已有归处，{rest}。', cls='held'
        )
    return tag(
        'section',
        tag('h2', '读到了什么'),
        tag(
            'ul',
            *(tag('li', tag('b', count), what) for count, what in counts if count != '0' or what in _ALWAYS),
            cls='counts',
        ),
        held,
    )


def _sums(content: ReceiptContent) -> Html | None:
    scoring = [table for table in content.tables if table.kind in ('scoring', 'articles')]
    if not scoring:
        return None
    return tag(
        'section',
        tag('h2', '分值与印的总分'),
        tag('ul', *(_sum(content, table) for table in scoring), cls='sums'),
    )


def _sum(content: ReceiptContent, table: ReceiptTable) -> Html:
    lines = [line for line in content.lines if line.table_id == table.id]

    def total(*kinds: str) -> Decimal:
        return sum((Decimal(str(x.points)) for x in lines if x.points is not None and x.kind in kinds), Decimal(0))

    scored, bonus, less = total('scored'), total('bonus'), total('penalty', 'downgrade')
    printed = None if table.total_points is None else Decimal(str(table.total_points))
    disputed = any(doubt.code == 'total.sum' and doubt.table_id == table.id for doubt in content.doubts)
    if printed is None:
        verdict, cls = '没有印总分', 'none'
    elif disputed:
        verdict, cls = _NO_MATCH, 'no'
    elif printed in (scored, scored + bonus, scored + bonus + less):
        verdict, cls = '相符', 'yes'
    else:
        verdict, cls = '没法核对：有的分值不明', 'none'
    figures = [f'印的总分 {number(float(printed))} 分'] if printed is not None else []
    figures.append(f'{len(lines)} 条指标' + (f'合计 {number(float(scored))} 分' if scored else ''))
    figures += [f'加分 {number(float(bonus))} 分'] if bonus else []
    figures += [f'扣分 {number(float(less))} 分'] if less else []
    return tag(
        'li',
        tag('p', tag('a', table_name(table), href=f'#t{table.ordinal + 1}')),
        tag('p', '，'.join(figures), cls='soft'),
        tag('p', verdict, cls=f'verdict {cls}'),
        tag('p', PROOF[table.proof], cls='soft proof') if table.proof else None,
    )


@cache
def _legend() -> Html:
    samples = (('gain', '得分、加分'), ('loss', '扣分、不得分、否决'), ('limit', '上限、比例、酌情等'))
    return tag(
        'p',
        tag('b', '颜色'),
        *(tag('mark', words, cls=cls) for cls, words in samples),
        tag('mark', '分数', cls='pts'),
        tag('mark', '条件', cls='cond'),
        tag('mark', '目标值', cls='goal'),
        tag('mark', '拿不准', cls='doubt'),
        tag('i', '责任单位', cls='duty'),
        tag('span', '小数字是条款的编号，与旁边的读法对应。', cls='soft'),
        cls='legend',
    )


def _table(table: ReceiptTable, cards: Sequence[Html]) -> Html:
    pages = [str(x) for x in dict.fromkeys((table.page_first, table.page_last)) if x]
    where = f'第 {"—".join(pages)} 页' if pages else ''
    return tag(
        'section',
        tag('h2', table_name(table), tag('small', '　'.join(x for x in (TABLE_KIND[table.kind], where) if x))),
        *cards,
        id=f't{table.ordinal + 1}',
        cls='lines',
    )


def _prose(content: ReceiptContent) -> Html | None:
    """Clauses that stand in notes, prose or cells outside the lines."""
    loose = [clause for clause in content.clauses if clause.indicator_id is None]
    if not loose:
        return None
    return tag('section', tag('h2', '正文和附注里的条款'), *_loose(content, loose), cls='lines prose')


def _loose(content: ReceiptContent, loose: Sequence[ReceiptClause]) -> Iterator[Html]:
    for block in content.blocks:
        own = [clause for clause in loose if clause.block_id == block.id]
        if own:
            yield _paragraph(block, *read_clauses(own), SCOPE[own[0].scope])
    tables = {table.id: table for table in content.tables}
    for clause in loose:
        if clause.block_id is None:
            _, readings = read_clauses([clause])
            where = table_name(tables[clause.table_id]) if clause.table_id else ''
            yield tag(
                'article',
                tag('header', tag('span', SCOPE[clause.scope], cls='no')),
                tag('div', tag('p', clause.text, cls='text'), tag('ul', *readings, cls='read'), cls='field'),
                tag('p', f'出处：{where}', cls='place') if where else None,
            )


def _figures(content: ReceiptContent) -> Html | None:
    if not content.figures:
        return None
    articles = []
    for block in content.blocks:
        own = [figure for figure in content.figures if figure.block_id == block.id]
        if own:
            marks = [Mark(figure.start, figure.end, 'goal', str(at)) for at, figure in enumerate(own, start=1)]
            readings = [
                tag('li', tag('b', str(at), cls='goal'), ' ', figure_says(x)) for at, x in enumerate(own, start=1)
            ]
            articles.append(_paragraph(block, marks, readings, None))
    return tag(
        'section', tag('h2', '报告里的数据', tag('small', f'{len(content.figures)} 个')), *articles, cls='lines prose'
    )


def _paragraph(block: ReceiptBlock, marks: Sequence[Mark], readings: Sequence[Html], scope: str | None) -> Html:
    page_of = f'第 {block.page} 页 ' if block.page else ''
    return tag(
        'article',
        tag('header', tag('span', scope, cls='no')) if scope else None,
        tag('div', tag('p', coloured(block.text, marks), cls='text'), tag('ul', *readings, cls='read'), cls='field'),
        tag('p', f'出处：{page_of}第 {block.ordinal + 1} 段', cls='place'),
    )
