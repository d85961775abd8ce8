"""Tables that paragraphs draw with tabs or blanks; all places are fictional."""

from __future__ import annotations

from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tests.normalizers.tables import document, draw

_ROWS = (
    '项目\t考核内容\t评分标准\t分值',
    '开放\t每周开放56小时\t少1小时扣1分\t40',
    '借阅\t按时上架\t积压一天扣1分\t60',
)
_DRAWN = '考核项目 | 分值 | 评分标准\n值班 | 40 | 缺一次扣1分'


def _read(*rows: str) -> Catalogue:
    return normalize(document('云溪图书馆考核表', *rows, '以上每月考核一次。', draw(_DRAWN)), '云溪.docx')


def test_columns_that_add_up_to_the_printed_total_are_a_table() -> None:
    for total, apart in (('合计\t\t\t100', '\t'), ('合计      100', '    ')):
        found = _read(*(row.replace('\t', apart) for row in _ROWS), total)
        assert [(table.title, table.total_points, table.proof) for table in found.tables] == [
            ('云溪图书馆考核表', 100, 'proved'),
            (None, None, 'consistent'),
        ]
        assert [(line.table, line.name, line.requirement, line.criteria, line.points) for line in found.indicators] == [
            (0, '开放', '每周开放56小时', '少1小时扣1分', 40),
            (0, '借阅', '按时上架', '积压一天扣1分', 60),
            (1, '值班', None, '缺一次扣1分', 40),
        ]
        assert [block.table for block in found.blocks] == [None, 0, None, 1]


def test_columns_that_do_not_add_up_stay_text_and_are_told() -> None:
    for rows in ((*_ROWS, '合计\t\t\t90'), _ROWS, (_ROWS[0], '开放\t少1小时扣1分\t40', _ROWS[2], '合计\t\t\t100')):
        found = _read(*rows)
        assert [line.name for line in found.indicators] == ['值班']
        assert [one.code for one in found.findings if one.code == 'table.unknown'] == ['table.unknown']
