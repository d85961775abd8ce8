"""Receipts tell what people decided: corrections one by one, and how far the checking is."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from kaohe.pipeline.database.files import receipts_folder
from kaohe.pipeline.receipts import write_receipts
from tests.pipeline.conftest import Command
from tests.pipeline.edited_workbook import DATABASE, DECISIONS, WORD, read_in

GIVEN = ('--db', DATABASE, '--decisions', DECISIONS, '--by', '张三')


def words(page: str) -> str:
    (path,) = receipts_folder(DATABASE).glob(page)
    return ' '.join(re.sub(r'<[^>]+>', ' ', path.read_text(encoding='utf-8')).split())


def test_a_receipt_tells_who_corrected_what_and_why_and_the_index_how_far_it_is(inbox: Path, command: Command) -> None:
    read_in(inbox, WORD)
    with closing(sqlite3.connect(DATABASE)) as connection:
        line, points = connection.execute(
            'SELECT id, points FROM indicators WHERE points IS NOT NULL ORDER BY ordinal LIMIT 1'
        ).fetchone()
        (document,) = connection.execute('SELECT id FROM documents').fetchone()
    write_receipts(DATABASE)
    assert '已签字 0 份' in words('index.html')
    command('correct', line, '分值', points + 1, '--why', '原件印的', *GIVEN)
    command('correct', line, '分值', points + 2, '--why', '又看了一遍', *GIVEN)
    told = words('青*.html')
    assert '更正记录 2 处' in told
    assert f'分值：{points:g} → {points + 1:g}' in told.replace('.0 ', ' ')
    assert '张三' in told
    assert '原因：原件印的；后来又改过' in told
    assert '原因：又看了一遍' in told
    command('sign', document, *GIVEN)
    assert '核对进度：1 份通知，已签字 1 份' in words('index.html')
    assert re.search(r'张三 \d{4}-\d\d-\d\d 已核对', words('index.html'))
    command('correct', line, '分值', points, *GIVEN)
    assert '签字后有变动' in words('index.html')


def test_words_of_corrected_and_added_clauses_and_targets_are_found(inbox: Path, command: Command) -> None:
    read_in(inbox, WORD)
    with closing(sqlite3.connect(DATABASE)) as connection:
        (clause,) = connection.execute('SELECT id FROM clauses WHERE indicator_id IS NOT NULL ORDER BY id').fetchone()
        (target,) = connection.execute('SELECT id FROM thresholds ORDER BY id').fetchone()
    command('correct', clause, '条件', '少报水葫芦一次', *GIVEN)
    command('correct', target, '衡量内容', '紫薇覆盖率', *GIVEN)
    found = command('search', '水葫芦', '--db', DATABASE)
    write_receipts(DATABASE)
    assert '更正后 条件：少报水葫芦一次（张三' in words('青*.html').replace('　', ' ')
    assert '更正后 衡量内容：紫薇覆盖率（张三' in words('青*.html').replace('　', ' ')
    assert '条款（更正后）' in found.out
    assert '少报«水葫芦»一次' in found.out
    assert '目标值（更正后）' in command('search', '紫薇覆盖率', '--db', DATABASE).out
    command('correct', clause, 'dropped', '是', *GIVEN)
    assert command('search', '水葫芦', '--db', DATABASE).out == ''


def test_notes_in_a_cell_that_bind_a_table_or_its_categories_are_corrected_and_found(
    inbox: Path, command: Command
) -> None:
    (inbox / '岚港.html').write_text(
        '<h1>岚港市2025年度食堂考核细则</h1><table><tr><th>项目</th><th>考核内容</th><th>评分标准</th><th>分值</th></tr>'
        '<tr><td>留样</td><td>按餐留样</td><td>每缺一次扣1分。</td><td>5</td></tr>'
        '<tr><td>采购</td><td>公开采购</td><td>每缺一份合同扣1分。</td><td>3</td></tr>'
        '<tr><td colspan=4>注：各项扣完为止，不出现负分；加分总分不超过4分。</td></tr></table>',
        'utf-8',
    )
    assert command('ingest', '--db', DATABASE, '--decisions', DECISIONS).status == 0
    with closing(sqlite3.connect(DATABASE)) as connection:
        notes = dict(
            connection.execute(
                'SELECT scope, id FROM clauses WHERE indicator_id IS NULL AND block_id IS NULL'
            ).fetchall()
        )
    assert sorted(notes) == ['category', 'table']
    for scope, word in (('table', '芦花鸡'), ('category', '金银花')):
        assert command('correct', notes[scope], '条件', word, *GIVEN).status == 0
        assert f'«{word}»' in command('search', word, '--db', DATABASE).out
