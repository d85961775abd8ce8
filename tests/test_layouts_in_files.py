"""Layouts that offices draw, each read from a Word file and from a worksheet or a web page: the lines are those that its drawing has. All places
are fictional."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as WordFile
from openpyxl import Workbook

from kaohe.extractors.document import Table
from kaohe.extractors.formats import read
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tests.normalizers.tables import draw

# title, drawing, number of lines, what their points come to (None: points stand in the clauses)
LAYOUTS = {
    'grades in rows': (
        '云岭饲养员考核表',
        """
        考核项目 | 等级 | 评价标准 | 分值
        笼舍卫生 | 优 | 笼舍无异味 | 20
        ^ | 良 | 偶有异味 | 15
        ^ | 差 | 长期不清理 | 0
        动物喂养 | 优 | 按食谱投喂 | 30
        ^ | 差 | 不按食谱 | 0
        """,
        2,
        None,
    ),
    'grades in columns under heads of two rows': (
        '青禾灯光师评价表',
        """
        评价项目 | 权重 | 评价等级 | < | <
        ^ | ^ | 优秀(100%) | 良好(80%) | 不合格(0%)
        灯位调试 | 0.3 | 一次到位 | 两次到位 | 三次以上
        演出配合 | 0.7 | 无差错 | 差错1次 | 差错2次以上
        """,
        2,
        100,
    ),
    'codes with amounts': (
        '青禾停车场违规代码表',
        """
        违规代码 | 违规事项 | 扣分标准（分/次）
        A01 | 未着工装 | A01=2
        A02 | 错收停车费 | A02=5
        """,
        2,
        None,
    ),
    'negative points': (
        '河湾网点减分项目',
        """
        序号 | 减分情形 | 分值
        1 | 未按时开门 | -2
        2 | 未张贴标识 | -1
        """,
        2,
        3,
    ),
    'points at every level': (
        '静山墓园服务考评细则',
        """
        考评项目 | 分值 | 考评内容 | 分值 | 考评细目 | 分值 | 扣分标准
        环境 | 50 | 绿化 | 30 | 草坪修剪 | 10 | 未修剪每处扣1分
        ^ | ^ | ^ | ^ | 枯枝清理 | 20 | 枯枝每处扣2分
        ^ | ^ | 道路 | 20 | 路面清扫 | 20 | 垃圾每处扣1分
        """,
        3,
        50,
    ),
    'head repeated amid the lines': (
        '云溪卫生室评估',
        """
        序号 | 评估内容 | 分值 | 评分方法
        1 | 业务用房80平方米 | 20 | 不足扣10分
        2 | 执业医师1名 | 20 | 没有不得分
        序号 | 评估内容 | 分值 | 评分方法
        3 | 签约率70%以上 | 60 | 每低1个百分点扣1分
        """,
        3,
        100,
    ),
    'form whose cells hold rules': (
        '云岭茶园评分表',
        """
        单位名称 |  | 联系人 |
        茶园面积（10分） | 200亩以上得10分，其余得2分 | < | 自评：
        病虫防治（30分） | 未建台账扣10分 | < | 自评：
        审核意见： | < | < | 盖章
        """,
        2,
        40,
    ),
    'traditional characters': (
        '翠谷溫室考核表',
        """
        項次 | 考核項目 | 配分 | 評分標準
        1 | 溫度記錄 | 40 | 漏記一次扣2分
        2 | 澆灌作業 | 60 | 未依時澆灌每次扣3分
        合計 | < | 100 |
        """,
        2,
        100,
    ),
    'heads in two languages': (
        '云溪供应商评价表',
        """
        No. | Evaluation Item 考核项目 | Full Score 满分 | Criteria 评分标准 | Score 得分
        1 | 交货 | 40 | 每迟交一次扣2分 |
        2 | 质量 | 60 | 每批不合格扣5分 |
        """,
        2,
        100,
    ),
    'rules in rows below their lines': (
        '云溪保洁评分表',
        """
        序号 | 项目 | 分值
        1 | 地面 | 40
        评分标准：水渍每处扣2分 | < | <
        2 | 墙面 | 60
        评分标准：蛛网每处扣1分 | < | <
        """,
        2,
        100,
    ),
    'answers to tick': (
        '云溪微型站检查单',
        """
        检查内容 | 检查结果 | 得分
        配有灭火器10具 | □是（20分） □否（0分） |
        每月演练1次 | □是（50分） □部分（25分） □否（0分） |
        """,
        2,
        None,
    ),
    'tables beside each other': (
        '云溪文工团考核表',
        """
        一、演员考核（50分） |  |  |  | 二、乐师考核（50分） |  |
        项目 | 分值 | 标准 |  | 项目 | 分值 | 标准
        排练 | 20 | 缺勤一次扣2分 |  | 谱面 | 25 | 错一处扣1分
        演出 | 30 | 失误一次扣3分 |  | 保养 | 25 | 未保养扣5分
        """,
        4,
        100,
    ),
}


def _word(path: Path, title: str, table: Table) -> None:
    paper = WordFile()
    paper.add_paragraph(title)
    drawn = paper.add_table(table.rows, table.cols)
    for cell in table.cells:
        place = drawn.cell(cell.row, cell.col)
        if cell.row_span * cell.col_span > 1:
            place = place.merge(drawn.cell(cell.bottom_row, cell.right_col))
        place.text = cell.text
    paper.save(str(path))


def _sheet(path: Path, title: str, table: Table) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.cell(1, 1, title)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=table.cols)
    for cell in table.cells:
        sheet.cell(cell.row + 2, cell.col + 1, float(cell.text) if _is_number(cell.text) else cell.text or None)
        if cell.row_span * cell.col_span > 1:
            sheet.merge_cells(None, cell.row + 2, cell.col + 1, cell.bottom_row + 2, cell.right_col + 1)
    book.save(path)


def _page(path: Path, title: str, table: Table) -> None:
    rows = [
        ''.join(
            f'<td rowspan="{cell.row_span}" colspan="{cell.col_span}">{cell.text}</td>'
            for cell in table.cells
            if cell.row == row
        )
        for row in range(table.rows)
    ]
    body = ''.join(f'<tr>{row}</tr>' for row in rows)
    path.write_text(f'<html><meta charset="utf-8"><h1>{title}</h1><table>{body}</table></html>', encoding='utf-8')


def _is_number(text: str) -> bool:
    return text.lstrip('-').replace('.', '', 1).isdigit()


def _lines(found: Catalogue) -> list[tuple[object, ...]]:
    return [
        (line.kind, line.level1, line.level1_points, line.name, line.requirement, line.criteria, line.points)
        for line in found.indicators
    ]


@pytest.mark.parametrize('layout', LAYOUTS)
def test_a_layout_is_read_alike_from_every_kind_of_file(layout: str, tmp_path: Path) -> None:
    title, picture, count, total = LAYOUTS[layout]
    table = draw(picture)
    paths = [tmp_path / f'notice.{ending}' for ending in ('docx', 'xlsx', 'html')]
    for path, write in zip(paths, (_word, _sheet, _page), strict=True):
        write(path, title, table)
    word, *others = (normalize(read(path.read_bytes()), path.name) for path in paths)
    assert len(word.indicators) == count
    if total is not None:
        assert sum(line.points or 0 for line in word.indicators) == total
    assert word.notice.title == title
    for other in others:
        assert _lines(other) == _lines(word)
        assert other.notice.title == title
