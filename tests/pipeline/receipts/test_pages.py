"""Receipts as files: what they say, when they are written, and that they are the same for the same notices."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from kaohe.extractors.findings import finding
from kaohe.normalizers.catalogue import Catalogue, Proof
from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.decisions.correctable_columns import find_field
from kaohe.pipeline.decisions.force import forget, put_into_force
from kaohe.pipeline.decisions.wording import Decider, find_document
from kaohe.pipeline.ingestion.report import Report
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.readers import reading
from kaohe.pipeline.receipts import folder as folder_module
from kaohe.pipeline.receipts import write_receipts
from kaohe.pipeline.receipts.receipt_words import halves, without_place
from kaohe.pipeline.refusal import Refusal
from tests.pipeline.conftest import CRITERIA, make_catalogue

DATABASE = Path('data/structured/catalogue.db')
HOSTILE = '<script>alert(1)</script>"\'&\u202e\x1b[31m'


def run(inbox: Path) -> tuple[Report, Path]:
    report = ingest([scope_of(inbox)], DATABASE, jobs=1)
    first = write_receipts(DATABASE, [result.source for result in report.of('waiting')])
    assert first is not None
    return report, first.parent


def page_of(folder: Path, name: str) -> str:
    (path,) = folder.glob(f'{name}-*.html')
    return path.read_text('utf-8')


def words(markup: str) -> str:
    """What a person reads."""
    return unescape(re.sub(r'<[^>]*>', '', re.sub(r'<style>.*?</style>', '', markup, flags=re.S)))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch, in_this_process: None) -> Callable[[Catalogue], None]:
    """Sets the catalogue that every file is read as."""

    def set_to(catalogue: Catalogue) -> None:
        monkeypatch.setattr(reading, 'catalogue_of', lambda data, name, *rest: catalogue)

    return set_to


def test_a_receipt_tells_what_was_read_what_to_check_and_where(
    inbox: Path, catalogue: Catalogue, reads: Callable[[Catalogue], None]
) -> None:
    reads(catalogue)
    (inbox / '细则.docx').write_text('1')
    page = page_of(run(inbox)[1], '细则')
    said = words(page)
    for part in (
        '青川市2025年度考核细则', '已读入', '1 处', '青川市卫生健康委', '青卫〔2025〕3号', '2025-02-03', '考核通知', '细则.docx',
        '1个表格2条指标3条条款1个目标值1项责任1个数据1处要核对', '原文有 7 处提到分数，6 处已有归处，其余 1 处列在上面的疑点里',
        '印的总分 100 分，2 条指标合计 10 分', '扣分 0.5 分，每 1 项', '满意度 ≥ 90%', '牵头科室 医务科', '第 1 页 表 1 第 2 行（含表头）',
        '上限 6 分', '整份通知', '第 3 段', '门诊 110 人次', '怎么办请重新复制或下载原件后再放入',
    ):  # fmt: skip
        assert part in said, part


@pytest.mark.parametrize(
    ('proof', 'says'),
    [
        ('proved', '印出的合计都对得上'),
        ('consistent', '没有印合计可以对，读法也没有矛盾之处'),
        ('open', '还不能证明读得对'),
    ],
)
def test_a_receipt_tells_of_each_table_what_its_printed_sums_prove(
    inbox: Path, catalogue: Catalogue, reads: Callable[[Catalogue], None], proof: Proof, says: str
) -> None:
    first, *others = catalogue.tables
    reads(replace(catalogue, tables=(replace(first, proof=proof), *others)))
    (inbox / '细则.docx').write_text('1')
    assert says in words(page_of(run(inbox)[1], '细则'))


def test_clauses_conditions_points_and_targets_are_coloured_to_the_character(
    inbox: Path, catalogue: Catalogue, reads: Callable[[Catalogue], None]
) -> None:
    reads(catalogue)
    (inbox / '细则.docx').write_text('1')
    page = page_of(run(inbox)[1], '细则')
    assert CRITERIA == '1.每缺一项扣0.5分，扣完为止。满意度≥90%得2分'
    assert (
        '1.<mark class="loss cond">每缺一项</mark><mark class="loss">扣</mark><mark class="loss pts">0.5</mark>'
        '<mark class="loss" data-n="1">分</mark>，<mark class="limit" data-n="2">扣完为止</mark>。<mark class="goal">满意度≥90%</mark>得2分'
    ) in page


def test_every_finding_is_shown_with_its_severity_place_and_next_step(
    inbox: Path, catalogue: Catalogue, reads: Callable[[Catalogue], None]
) -> None:
    found = (
        *catalogue.findings,
        finding('page.no_text', page=3),
        finding('total.sum', where='表“考核细则”', printed='100', sum='10', bonus='', table=0),
        finding('clause.unparsed', where='表“考核细则”第 1 行', text='得2分', table=0, row=1, indicator=0),
        finding('year.stale', where='表“考核细则”第 2 行', old='2013', year='2025', table=0, row=2, indicator=1),
        finding('column.unknown', header='？', table=0, col=3),
    )
    reads(replace(catalogue, findings=found))
    (inbox / '细则.docx').write_text('1')
    page = page_of(run(inbox)[1], '细则')
    section = re.search(r'<section id="doubts">.*?</section>', page, re.S)
    assert section
    items = re.findall(r'<li class="(\w+)">(.*?)</li>', section[0], re.S)
    assert [severity for severity, _ in items] == ['error', 'warning', 'warning', 'warning', 'warning', 'info']
    said = [words(item) for _, item in items]
    for one in found:
        what, todo = halves(one.message)
        assert sum(without_place(what) in item and todo in item for item in said) == 1, one.message
    (unparsed,) = [item for _, item in items if '没有读成条款' in item]
    assert '<a href="#l1">表 1《考核细则》 第 1 条</a>　第 1 页 表 1 第 2 行（含表头）' in unparsed
    assert 'id="l1"' in page
    assert '<mark class="doubt">得2分</mark>' in page
    assert '部分读入' in words(page)
    assert '不符' in words(page)


def test_hostile_text_is_shown_as_text(inbox: Path, catalogue: Catalogue, reads: Callable[[Catalogue], None]) -> None:
    line = replace(catalogue.indicators[0], requirement=HOSTILE, level1=HOSTILE, number=HOSTILE)
    duty = replace(catalogue.responsibilities[0], party=HOSTILE)
    table = replace(catalogue.tables[0], title=HOSTILE)
    made = replace(
        catalogue, notice=replace(catalogue.notice, title=HOSTILE), indicators=(line, catalogue.indicators[1]), responsibilities=(duty,),
        tables=(table,), findings=(finding('line.doubtful', detail=HOSTILE, table=0, row=1, indicator=0),),
    )  # fmt: skip
    reads(made)
    name = '"><img src=x onerror=alert(1)>&.docx'
    (inbox / name).write_text('1')
    _, folder = run(inbox)
    for path in folder.glob('*.html'):
        page = path.read_text('utf-8')
        assert '<script' not in page
        assert '<img' not in page
        assert 'alert(1)' in words(page)
        assert not set(page) & {'\u202e', '\x1b'}
        assert "default-src 'none'" in unescape(page)
        assert not re.search(
            r'\b(?:src|style|onload|onclick)=',
            re.sub(r'&[a-z]+;|&#x27;', '', page).split('<body>')[1].replace('img src=x', ''),
        )
        assert re.findall(r'href="(?!#|[^":/]+\.html")[^"]*"', page) == []
    assert not any(set('<>"|?*:') & set(path.name) for path in folder.iterdir())


def test_the_index_puts_failed_files_first_then_partial_then_read_then_waiting_then_those_that_left(
    inbox: Path, plain_reader: list[str]
) -> None:
    for name, text in (('甲好', '甲通知'), ('乙半', '半通知'), ('丙坏', '坏通知'), ('丁走', '丁通知')):
        (inbox / f'{name}.txt').write_text(text)
    run(inbox)
    (inbox / '丁走.txt').unlink()
    ingest([scope_of(inbox)], DATABASE, jobs=1)
    first = write_receipts(DATABASE, ['戊等.txt'])
    assert first is not None
    said = words(first.read_text('utf-8'))
    assert re.findall(r'丙坏|乙半|甲好|戊等|丁走', said) == ['丙坏', '乙半', '甲好', '戊等', '丁走']
    assert '1没有读入1部分读入1已读入1等待中1已离开' in said
    assert '怎么办请重新复制或下载原件后再放入' in said
    assert '已离开收件夹' in words(page_of(first.parent, '丁走'))


def test_every_link_of_the_index_leads_to_a_page(inbox: Path, plain_reader: list[str]) -> None:
    for name in ('子夹/甲 #1%.txt', '乙?.txt', '很' * 80 + '.txt', '...txt'):
        path = inbox / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    _, folder = run(inbox)
    links = re.findall(r'<a href="([^"#]+)"', (folder / 'index.html').read_text('utf-8'))
    assert len(links) == 4 - 1  # what begins with a dot is hidden
    assert all((folder / unquote(link)).is_file() for link in links)


def test_two_names_of_one_document_share_its_receipt(inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('同一份')
    (inbox / 'b.txt').write_text('同一份')
    _, folder = run(inbox)
    assert len(list(folder.glob('*.html'))) == 2
    assert 'a.txt；b.txt' in words(page_of(folder, 'a'))
    index = words((folder / 'index.html').read_text('utf-8'))
    assert 'a.txt' in index
    assert 'b.txt' in index


def test_only_pages_that_changed_are_written_and_lost_ones_are_made_again(inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('甲')
    (inbox / 'b.txt').write_text('乙')
    _, folder = run(inbox)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    (lost,) = folder.glob('b-*')
    lost.unlink()
    run(inbox)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert {path.name for path in folder.iterdir() if path.stat().st_mtime != 1} == {lost.name}


def test_pages_of_another_program_are_made_anew(
    inbox: Path, plain_reader: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / 'a.txt').write_text('甲')
    _, folder = run(inbox)
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    monkeypatch.setattr(folder_module, '_maker', lambda: 'another')
    run(inbox)
    assert all(path.stat().st_mtime != 1 for path in folder.iterdir())


def test_a_replaced_file_takes_its_old_receipt_with_it_and_strangers_stay(inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('旧')
    _, folder = run(inbox)
    (old,) = folder.glob('a-*')
    (folder / '我的笔记.html').write_text('别动')
    (inbox / 'a.txt').write_text('新的内容')
    run(inbox)
    assert not old.exists()
    assert {path.name.split('-')[0] for path in folder.iterdir()} == {'a', 'index.html', '我的笔记.html'}


def test_the_same_notices_give_the_same_pages_but_for_the_stated_time(inbox: Path, plain_reader: list[str]) -> None:
    def pages(order: tuple[str, ...], target: Path) -> dict[str, bytes]:
        for name in order:
            (inbox / f'{name}.txt').write_text(name)
            ingest([scope_of(inbox)], target, jobs=1)
        with closing(sqlite3.connect(target)) as connection, connection:
            connection.execute("UPDATE ingestions SET finished_at = '2026-03-02T01:02:03+00:00'")
        first = write_receipts(target)
        assert first is not None
        for path in inbox.iterdir():
            path.unlink()
        return {path.name: path.read_bytes() for path in first.parent.iterdir()}

    one = pages(('甲', '乙', '半'), Path('one/c.db'))
    other = pages(('半', '甲', '乙'), Path('other/c.db'))
    assert one == other
    assert '读入时间 2026-03-02 09:02（北京时间）' in words(
        next(page.decode() for name, page in one.items() if name.startswith('甲'))
    )


def test_many_pages_are_the_same_whoever_writes_them(inbox: Path, plain_reader: list[str]) -> None:
    for number in range(32):
        (inbox / f'{number}.txt').write_text(f'{number}县考核')
    ingest([scope_of(inbox)], DATABASE, jobs=1)
    pages = []
    for jobs in (1, 2):
        first = write_receipts(DATABASE, jobs=jobs)
        assert first is not None
        pages.append({path.name: path.read_bytes() for path in first.parent.iterdir()})
        shutil.rmtree(first.parent)
    assert len(pages[0]) == 33
    assert pages[0] == pages[1]


def test_receipts_beside_a_database_in_the_inbox_are_no_notices(inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('甲')
    database = inbox / 'catalogue.db'
    ingest([scope_of(inbox)], database, jobs=1)
    write_receipts(database)
    report = ingest([scope_of(inbox)], database, jobs=1)
    assert [(result.source, result.outcome) for result in report.results] == [('a.txt', 'unchanged')]


def test_without_a_database_there_are_no_receipts(tmp_path: Path) -> None:
    assert write_receipts(tmp_path / 'none.db') is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('甲')
    ingest([scope_of(inbox)], DATABASE, jobs=1)
    (DATABASE.parent / 'receipts').write_text('a file in its place')
    with pytest.raises(Refusal, match='回执没有写成'):
        write_receipts(DATABASE)


def test_a_notice_of_a_thousand_lines_stays_below_two_megabytes(
    inbox: Path, reads: Callable[[Catalogue], None]
) -> None:
    made = make_catalogue()
    text = '；'.join([CRITERIA] * 4)
    step = len(CRITERIA) + 1
    lines = tuple(
        replace(
            made.indicators[0],
            criteria=text,
            requirement='落实' * 40,
            key=f'{at:08x}',
            row_first=at + 1,
            row_last=at + 1,
        )
        for at in range(1000)
    )
    clauses = tuple(
        replace(made.clauses[0], indicator=at, start=2 + step * n, end=11 + step * n, origins=())
        for at in range(1000)
        for n in range(4)
    )
    reads(replace(made, indicators=lines, clauses=clauses, items=(), thresholds=(), responsibilities=(), findings=()))
    (inbox / '长.docx').write_text('1')
    page = page_of(run(inbox)[1], '长')
    assert page.count('<article') == 1001  # and the paragraph that states a figure
    assert len(page.encode()) < 2_000_000


def test_what_people_decide_shows_at_once(
    inbox: Path, catalogue: Catalogue, reads: Callable[[Catalogue], None], tmp_path: Path
) -> None:
    reads(catalogue)
    (inbox / '细则.docx').write_text('1')
    _, folder = run(inbox)
    log = tmp_path / 'data' / 'decisions'
    with closing(open_to_read(DATABASE)) as connection:
        decider = Decider(connection, '张三')
        document, _ = find_document(connection, '细则', current=True)
        line = connection.execute('SELECT id FROM indicators ORDER BY ordinal').fetchone()[0]
        found = decider.find(line)
        field = find_field('indicators', '分值')
        assert found is not None
        assert field is not None
        corrected = decider.correct(*found, field, 4.0, None)
        signed = decider.sign(document, '李四', '2026-03-02')
    put_into_force(DATABASE, log, [corrected], ())
    assert '有 1 处人工更正' in words(page_of(folder, '细则'))
    put_into_force(DATABASE, log, [signed], ())
    assert '李四 已于 2026-03-02 核对签字' in words(page_of(folder, '细则'))
    forget(DATABASE, log, document)
    assert [path.name for path in folder.iterdir()] == ['index.html']


def test_alike_findings_are_one_with_their_places(
    inbox: Path, catalogue: Catalogue, reads: Callable[[Catalogue], None]
) -> None:
    many = tuple(
        finding('clause.unparsed', where=f'表“考核细则”第 {at} 行', text='得2分', table=0, row=at, indicator=at % 2)
        for at in range(121)
    )
    reads(replace(catalogue, findings=(*many, finding('page.no_text', page=3), finding('page.no_text', page=4))))
    (inbox / '细则.docx').write_text('1')
    page = page_of(run(inbox)[1], '细则')
    section = re.search(r'<section id="doubts">.*?</section>', page, re.S)
    assert section
    assert '123 处' in words(section[0])
    assert section[0].count('同样的 121 处') == 1
    assert section[0].count(halves(many[0].message)[1]) == 1
    places = re.findall(r'<ul class="places[^"]*">(.*?)</ul>', section[0], re.S)
    assert [found.count('<li>') for found in places] == [121]
    assert places[0].count('href="#l1"') == 61
    assert section[0].count('<li class="error">') == 2


@pytest.mark.parametrize(
    'place', ['表“甲（20分）”第 3 条（完成任务（乙））：', '第 2 张表第 12 条、序号 3（丙）：', '表“甲”第 4 条：', '表“甲”第 3 行、序号 2（丁）：']
)  # fmt: skip
def test_a_doubt_beside_its_line_does_not_name_the_line(place: str) -> None:
    assert without_place(f'{place}“每项扣1分”可能读得不准') == '“每项扣1分”可能读得不准'
