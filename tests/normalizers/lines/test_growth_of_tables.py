"""Tables whose header stands again and again, and tables in many cells of one, take time that grows with their size."""

from __future__ import annotations

from dataclasses import replace

from kaohe.extractors.document import Document
from kaohe.normalizers.lines.scoring_tables import read_tables
from kaohe.normalizers.lines.table_titles import TableTitle
from tests.growth import hold_growth, seconds
from tests.normalizers.tables import document, draw

_HEAD = '序号 | 考核内容 | 评分标准 | 分值'


def _rows(count: int) -> list[str]:
    return [f'{at} | 路段{at}整洁 | 按下表扣分 | 2' for at in range(count)]


def _seconds(source: Document) -> float:
    return seconds(lambda: read_tables(source, [TableTitle() for _ in source.tables]))


def test_a_header_that_stands_again_over_every_few_rows() -> None:
    def measure(count: int) -> float:
        lines = [line for at, row in enumerate(_rows(count)) for line in ((_HEAD, row) if at % 8 == 0 else (row,))]
        return _seconds(document('保洁考核表', draw('\n'.join(lines))))

    hold_growth(measure, 200, 800, at_most=8, spare=0.1)


def test_a_table_in_each_of_many_cells() -> None:
    def measure(count: int) -> float:
        source = document('保洁考核表', draw('\n'.join([_HEAD, *_rows(count)])))
        inner = [
            replace(draw('情形 | 扣分\n未清扫 | 2\n未洒水 | 1', index=at), parent=(0, at, 2))
            for at in range(1, count + 1)
        ]
        return _seconds(replace(source, tables=(*source.tables, *inner)))

    hold_growth(measure, 40, 160, at_most=8, spare=0.1)
