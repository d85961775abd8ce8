"""What people decide about whole notices, findings and parties: kept in the log, undone by a later word, applied in every answer."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kaohe.normalizers.catalogue import Catalogue
from kaohe.pipeline.database.rows import rows_of
from kaohe.pipeline.decisions.log.log_files import read_log
from kaohe.pipeline.decisions.notices.party_names import proposed
from kaohe.pipeline.ingestion.store import Store
from kaohe.pipeline.planning.inbox import Candidate
from kaohe.pipeline.readers.reading import Reading
from tests.pipeline.conftest import Command
from tests.pipeline.edited_workbook import DATABASE, DECISIONS

GIVEN = ('--db', DATABASE, '--by', '张三')


def query(sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        return connection.execute(sql).fetchall()


def put(catalogue: Catalogue, *names: str) -> None:
    """Stores what was read in these files, each with bytes of its own."""
    with Store(DATABASE, {}) as store:
        for name in names:
            sha256 = name.encode().hex().ljust(64, '0')[:64]
            reading = Reading(sha256, 9, 'txt', rows_of(catalogue, sha256, 9, name), None, 0.1)
            store.put(reading, [Candidate(Path('data/raw', name), Path('data/raw'), name, 9, 1)])
        store.decide(())


@pytest.fixture
def unnamed(catalogue: Catalogue) -> Catalogue:
    """A notice that prints neither number nor issuer."""
    return replace(catalogue, notice=replace(catalogue.notice, doc_number=None, issuer=None))


def test_notices_of_two_hospitals_with_one_title_both_count_and_are_not_asked_about(
    inbox: Path, unnamed: Catalogue, command: Command
) -> None:
    put(unnamed, '甲医院/考核细则.txt', '乙医院/考核细则.txt')
    assert query('SELECT 单位, count(*) FROM 通知 GROUP BY 单位 ORDER BY 单位') == [('乙医院', 1), ('甲医院', 1)]
    assert query('SELECT count(DISTINCT 通知稳定编号) FROM 指标总表') == [(2,)]
    assert query("SELECT count(*) FROM findings WHERE code = 'edition.assumed'") == [(0,)]
    document = query("SELECT id FROM documents WHERE source LIKE '甲%'")[0][0]
    command('correct', document, '发文机关', '甲医院', *GIVEN)
    assert query('SELECT 文件, 发文机关 FROM 通知 ORDER BY 文件') == [
        ('乙医院/考核细则.txt', None),
        ('甲医院/考核细则.txt', '甲医院'),
    ]


def test_what_only_looks_like_one_notice_is_asked_about_and_people_say(
    inbox: Path, unnamed: Catalogue, command: Command
) -> None:
    put(unnamed, '甲.txt', '乙.txt')
    messages = query("SELECT 内容 FROM 疑点 WHERE 代码 = 'edition.assumed' ORDER BY 文件")
    assert len(messages) == 2
    assert all('甲.txt' in str(message) and '乙.txt' in str(message) for (message,) in messages)
    assert command('editions', '--db', DATABASE).out.count('？') == 2
    command('editions', 'join', '甲.txt', '乙.txt', *GIVEN)
    assert query('SELECT count(*) FROM 通知') == [(1,)]
    assert query('SELECT count(DISTINCT stable_id) FROM documents') == [(1,)]
    command('editions', 'part', '甲.txt', '乙.txt', *GIVEN)
    assert query('SELECT count(*) FROM 通知') == [(2,)]
    assert query("SELECT count(*) FROM findings WHERE code = 'edition.assumed'") == [(0,)]
    assert query('SELECT field, state FROM choices ORDER BY decided_at') == [
        ('joined', 'superseded'),
        ('parted', 'applied'),
    ]


def test_retired_notices_are_in_no_answer_until_that_is_undone(
    inbox: Path, unnamed: Catalogue, command: Command
) -> None:
    put(unnamed, '甲院/a.txt', '乙院/b.txt', '丙院/c.txt')
    command('retire', '甲院/a.txt', '乙院/b.txt', *GIVEN)
    assert query('SELECT DISTINCT 文件 FROM 指标总表') == [('丙院/c.txt',)]
    assert query('SELECT count(*) FROM indicators') == [(6,)]
    assert command('retire', '--db', DATABASE).out.count('\n') == 2
    command('retire', '甲院/a.txt', '--undo', *GIVEN)
    assert query('SELECT DISTINCT 文件 FROM 指标总表 ORDER BY 文件') == [('丙院/c.txt',), ('甲院/a.txt',)]


def test_samples_count_until_the_first_real_notice_and_as_people_say(
    inbox: Path, unnamed: Catalogue, command: Command
) -> None:
    put(unnamed, '示例/a.txt')
    assert query('SELECT DISTINCT 文件 FROM 指标总表') == [('示例/a.txt',)]
    assert '示例通知 1 份，算在答案里' in command('samples', '--db', DATABASE).out
    put(unnamed, '甲院/b.txt')
    assert query('SELECT DISTINCT 文件 FROM 指标总表') == [('甲院/b.txt',)]
    command('samples', 'on', *GIVEN)
    assert query('SELECT count(DISTINCT 文件) FROM 指标总表') == [(2,)]
    command('samples', 'off', *GIVEN)
    assert query('SELECT DISTINCT 文件 FROM 指标总表') == [('甲院/b.txt',)]


def test_a_file_that_cannot_be_read_is_no_real_notice(inbox: Path, command: Command, plain_reader: list[str]) -> None:
    (inbox / '示例').mkdir()
    (inbox / '示例' / 'a.txt').write_text('青禾市考核', 'utf-8')
    (inbox / '安装.txt').write_text('坏', 'utf-8')
    command('ingest', '--db', DATABASE, '--decisions', DECISIONS)
    assert query("SELECT count(*) FROM 指标总表 WHERE 文件 = '示例/a.txt'") != [(0,)]
    (inbox / 'b.txt').write_text('云岭县考核', 'utf-8')
    command('ingest', '--db', DATABASE, '--decisions', DECISIONS)
    assert query('SELECT DISTINCT 文件 FROM 指标总表') == [('b.txt',)]


def test_a_finding_is_ticked_off_with_a_remark_and_opened_again(
    inbox: Path, catalogue: Catalogue, command: Command
) -> None:
    put(catalogue, 'a.txt')
    ((finding,),) = query("SELECT id FROM findings WHERE code = 'file.broken'")
    assert str(finding) in command('findings', '--ids', '--db', DATABASE).out
    command('tick', finding, '--remark', '已问过', *GIVEN)
    assert query('SELECT 处理, 处理说明, 处理人 FROM 疑点') == [('已了结', '已问过', '张三')]
    assert str(finding) not in command('findings', '--ids', '--db', DATABASE).out
    put(catalogue, 'a.txt')  # read again: still dealt with
    assert query('SELECT 处理 FROM 疑点') == [('已了结',)]
    command('tick', finding, '--undo', *GIVEN)
    assert query('SELECT 处理, 处理说明 FROM 疑点') == [('待处理', None)]


@pytest.mark.parametrize(
    ('names', 'found'),
    [
        (('基妇老龄处等', '基妇老龄处'), {'基妇老龄处等': '基妇老龄处'}),
        (('基妇老龄处等',), {'基妇老龄处等': '基妇老龄处'}),
        (('质控科', '质量控制科'), {'质控科': '质量控制科'}),
        (('医务科（院感）', '医务科'), {'医务科（院感）': '医务科'}),
        (('质控科', '质量管理科'), {'质控科': '质量管理科'}),
        (('质控科（医务科配合）', '质控科'), {'质控科（医务科配合）': '质控科'}),
        (('党办', '党委办公室'), {'党办': '党委办公室'}),
        (('感控科', '医院感染管理科'), {'感控科': '医院感染管理科'}),
        (('质控科', '质量管理处'), {}),
        (('质控科', '质量管理科', '质量控制科'), {}),
        (('医务科', '医保科'), {}),
        (('医务科', '医务处'), {}),
        (('质控科', '质量控制科', '质控评价科'), {}),
    ],
)
def test_other_names_of_an_office_are_proposed(names: tuple[str, ...], found: dict[str, str]) -> None:
    assert {alias: party for alias, party, _ in proposed(dict.fromkeys(names, 1))} == found


def test_a_confirmed_name_holds_in_answers_and_what_was_printed_stays(
    inbox: Path, catalogue: Catalogue, command: Command
) -> None:
    put(catalogue, 'a.txt')
    command('parties', '医务科', '医务处', *GIVEN)
    assert query('SELECT 单位或人员, 原写法 FROM 责任分工') == [('医务处', '医务科')]
    command('parties', '医务科', '--different', *GIVEN)
    assert query('SELECT 单位或人员, 原写法 FROM 责任分工') == [('医务科', '医务科')]


def test_the_search_finds_what_was_corrected_and_no_longer_what_stood_there(
    inbox: Path, catalogue: Catalogue, command: Command
) -> None:
    put(catalogue, 'a.txt')
    line = query('SELECT 编号 FROM 指标总表 ORDER BY 次序')[0][0]
    command('correct', line, '评分标准', '每缺一次演练扣1分', *GIVEN)
    assert query("SELECT 位置 FROM 全文 WHERE 原文 = '每缺一次演练扣1分'") != []
    assert '共 1 条' in command('search', '演练', '--db', DATABASE).err
    command('correct', line, '评分标准', '每缺一次培训扣1分', *GIVEN)
    assert '共 0 条' in command('search', '演练', '--db', DATABASE).err
    assert '共 1 条' in command('search', '培训', '--db', DATABASE).err


def test_explain_says_what_was_corrected_by_whom(inbox: Path, catalogue: Catalogue, command: Command) -> None:
    put(catalogue, 'a.txt')
    line = query('SELECT 编号 FROM 指标总表 ORDER BY 次序')[0][0]
    command('correct', line, '分值', '3', *GIVEN)
    told = command('explain', line, '--db', DATABASE).out
    assert '更正后的分值' in told
    assert '张三' in told
    assert '更正原因' not in told
    command('correct', line, '分值', '4', *GIVEN, '--why', '原文印的是4分')
    assert re.search('更正原因.*原文印的是4分', command('explain', line, '--db', DATABASE).out)


def put_as(catalogue: Catalogue, name: str, sha256: str) -> None:
    """Stores what was read in a file of these bytes, in place of what it held before."""
    reading = Reading(sha256, 9, 'txt', rows_of(catalogue, sha256, 9, name), None, 0.1)
    with Store(DATABASE, {}) as store:
        store.put(reading, [Candidate(Path('data/raw', name), Path('data/raw'), name, 9, 1)])
        store.decide(read_log(DECISIONS).decisions)


def corrected() -> list[tuple[object, ...]]:
    return query('SELECT 文件, 序号 FROM 指标总表 WHERE 序号 IS NOT NULL ORDER BY 文件')


@pytest.mark.parametrize('noted', [True, False], ids=['office in the log', 'log of an older program'])
def test_a_decision_about_a_replaced_file_never_reaches_the_namesake_of_another_office(
    inbox: Path, unnamed: Catalogue, command: Command, noted: bool
) -> None:
    put_as(unnamed, '甲医院/考核细则.txt', 'ab' * 32)
    put_as(unnamed, '乙医院/考核细则.txt', 'cd' * 32)
    (line,) = query(
        "SELECT i.id FROM indicators AS i JOIN documents AS d ON d.id = i.document_id WHERE d.source LIKE '甲%'"
    )[:1]
    command('correct', line[0], '序号', '七', '--decisions', DECISIONS, *GIVEN)
    (log,) = DECISIONS.glob('*.jsonl')
    assert '"office":"甲医院"' in log.read_text(encoding='utf-8')
    if not noted:
        log.write_text(log.read_text(encoding='utf-8').replace(',"office":"甲医院"', ''), encoding='utf-8')
        with closing(sqlite3.connect(DATABASE)) as connection:
            connection.execute('DELETE FROM corrections')
            connection.commit()
    other = replace(unnamed, notice=replace(unnamed.notice, title='别的通知'))
    put_as(other, '甲医院/考核细则.txt', 'ef' * 32)  # the notice that was corrected is gone
    assert corrected() == []
    assert query('SELECT state FROM corrections') == [('waiting',)]
    put_as(unnamed, '甲医院/考核细则（改）.txt', '12' * 32)  # and comes back as another file of the office
    assert corrected() == [('甲医院/考核细则（改）.txt', '七')]
    assert query('SELECT state FROM corrections') == [('applied',)]


def test_a_struck_out_line_and_what_was_said_of_it_are_no_longer_found(
    inbox: Path, catalogue: Catalogue, command: Command
) -> None:
    put(catalogue, 'a.txt')
    ((line,),) = query('SELECT indicator_id FROM findings WHERE indicator_id IS NOT NULL')
    assert {kind for (kind,) in query('SELECT 类别 FROM 全文')} >= {'指标', '疑点'}
    command('correct', line, 'dropped', '是', *GIVEN)
    left = query('SELECT 记录编号, 类别 FROM 全文')
    assert [row for row in left if row[0] == line or row[1] == '疑点'] == []


def test_a_corrected_category_is_found_and_the_old_one_as_long_as_a_line_stands_below_it(
    inbox: Path, catalogue: Catalogue, command: Command
) -> None:
    first, second = catalogue.indicators[0], catalogue.indicators[1]
    below = tuple(replace(line, path=('旧类',), level1='旧类', level2=None) for line in (first, second))
    put(replace(catalogue, indicators=(*below, *catalogue.indicators[2:])), 'a.txt')
    lines = [str(line) for (line,) in query("SELECT 编号 FROM 指标总表 WHERE 一级 = '旧类' ORDER BY 次序")]
    assert len(lines) == 2
    command('correct', lines[0], '一级', '新类', *GIVEN)
    found = query("SELECT 原文, 记录编号, 位置 FROM 全文 WHERE 原文 LIKE '%类' ORDER BY 原文")
    assert [row[:2] for row in found] == [('新类', lines[0]), ('旧类', lines[1])]
    assert '新类' in str(found[0][2])
    assert '旧类' not in str(found[0][2])
    command('correct', lines[1], '一级', '新类', *GIVEN)
    assert query("SELECT 原文, 记录编号 FROM 全文 WHERE 原文 LIKE '%类'") == [('新类', lines[0])]
    command('correct', lines[0], '一级', '旧类', *GIVEN)
    command('correct', lines[1], 'dropped', '是', *GIVEN)
    assert query("SELECT 原文, 记录编号 FROM 全文 WHERE 原文 LIKE '%类'") == [('旧类', lines[0])]


def test_a_corrected_office_and_title_are_found(inbox: Path, catalogue: Catalogue, command: Command) -> None:
    put(catalogue, 'a.txt')
    ((line, office),) = query("SELECT 指标编号, 原写法 FROM 责任分工 WHERE 职责 = '牵头科室'")
    command('correct', line, '牵头科室', '紫薇科、水杉科', *GIVEN)
    assert query("SELECT 原文 FROM 全文 WHERE 位置 LIKE '%牵头科室（更正后）' ORDER BY 原文") == [
        ('水杉科',),
        ('紫薇科',),
    ]
    assert (office,) not in query("SELECT 原文 FROM 全文 WHERE 类别 = '指标'")
    document = query('SELECT id FROM documents')[0][0]
    command('correct', document, '标题', '红杉市考核办法', *GIVEN)
    assert '共 1 条' in command('search', '红杉市', '--db', DATABASE).err


def test_a_corrected_title_is_found_where_a_file_holds_nothing_but_tables(
    inbox: Path, catalogue: Catalogue, command: Command
) -> None:
    clauses = tuple(replace(one, binds=()) for one in catalogue.clauses if one.indicator is not None)
    aims = tuple(replace(one, clause=None) for one in catalogue.thresholds)
    bare = replace(catalogue, blocks=(), facts=(), findings=(), clauses=clauses, thresholds=aims)
    put(bare, 'a.txt')
    ((document,),) = query('SELECT id FROM documents')
    assert command('correct', document, '标题', '红杉市考核办法', *GIVEN).status == 0
    assert '共 1 条' in command('search', '红杉市', '--db', DATABASE).err
