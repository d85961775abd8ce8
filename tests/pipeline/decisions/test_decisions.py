"""Editions, sign-offs, and corrections that fit no more."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import combinations, permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.decisions.correctable_columns import FIELDS, Unusable, find_field
from kaohe.pipeline.decisions.decision import Decision, Identity, RowPlace, as_line
from kaohe.pipeline.decisions.force import forget, put_into_force
from kaohe.pipeline.decisions.log.log_files import append, read_log
from kaohe.pipeline.decisions.log.log_lines import of_line
from kaohe.pipeline.decisions.notices.likeness import Confirmed, Edition, alike, group_editions, perhaps_same
from kaohe.pipeline.decisions.wording import Decider
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.readers import reading
from tests.pipeline.conftest import make_catalogue

DATABASE, DECISIONS = Path('catalogue.db'), Path('data/decisions')
Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def notices(monkeypatch: pytest.MonkeyPatch, in_this_process: None) -> None:
    """Files are read as the notice of their first word, with the document number, the date and the points of the others, where given."""

    def catalogue_of(data: bytes, name: str, *rest: object) -> object:
        title, number, issued_on, points = (data.decode().split() + ['-'] * 3)[:4]
        made = make_catalogue(title)
        first, second = made.indicators
        told = replace(
            made.notice,
            doc_number=None if number == '-' else number,
            issued_on=None if issued_on == '-' else issued_on,
        )
        key = f'key of {points}'
        return replace(made, notice=told, findings=(), indicators=(replace(first, key=key), replace(second, key=key)))

    monkeypatch.setattr(reading, 'catalogue_of', catalogue_of)


def read_in(inbox: Path) -> None:
    ingest([scope_of(inbox)], DATABASE, jobs=1, decisions=DECISIONS)


def query(sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        return connection.execute(sql).fetchall()


def decide(*made: Callable[[Decider], Decision]) -> None:
    with closing(open_to_read(DATABASE)) as connection:
        decider = Decider(connection, '张三')
        decisions = [make(decider) for make in made]
    put_into_force(DATABASE, DECISIONS, decisions, ())


def points_of_the_first_line(value: float) -> Callable[[Decider], Decision]:
    (found,) = query('SELECT i.id, i.document_id FROM indicators AS i JOIN documents AS d ON d.id = i.document_id'
                     ' WHERE d.edition_of IS NULL ORDER BY i.ordinal LIMIT 1')  # fmt: skip
    field = find_field('indicators', '分值')
    assert field is not None
    return lambda decider: decider.correct('indicators', str(found[0]), str(found[1]), field, value, '原文如此')


def signed(on: str = '2025-03-01') -> Callable[[Decider], Decision]:
    ((document,),) = query('SELECT id FROM documents WHERE edition_of IS NULL')
    return lambda decider: decider.sign(str(document), '李四', on)


def edition(name: str, *marks: str, **told: str | int | None) -> Edition:
    known = Identity(name, *(told.get(part) for part in ('doc_number', 'title', 'issuer', 'year')))  # type: ignore[arg-type]
    return Edition(known, frozenset(marks))


def by_name(document: str) -> tuple[str]:
    """The last name is current."""
    return (document,)


@pytest.mark.parametrize(
    ('a', 'b', 'same'),
    [
        ({'doc_number': '青卫〔2025〕3号'}, {'doc_number': '青卫 〔2025〕 3号'}, True),
        (
            {'doc_number': '青卫〔2025〕3号', 'title': '附件1'},
            {'doc_number': '青卫〔2025〕3号', 'title': '附件2'},
            False,
        ),
        ({'title': '甲', 'issuer': '委', 'year': 2025}, {'title': '甲', 'issuer': '委', 'year': 2025}, True),
        (
            {'title': '甲', 'issuer': '委', 'year': 2025, 'doc_number': '1号'},
            {'title': '甲', 'issuer': '委', 'year': 2025},
            True,
        ),
        (
            {'title': '甲', 'issuer': '委', 'year': 2025, 'doc_number': '1号'},
            {'title': '甲', 'issuer': '委', 'year': 2025, 'doc_number': '2号'},
            False,
        ),
        ({'title': '甲', 'issuer': '委', 'year': 2025}, {'title': '甲', 'issuer': '委', 'year': 2024}, False),
        ({'title': '甲', 'issuer': '委', 'year': 2025}, {'title': '甲', 'issuer': '院', 'year': 2025}, False),
        ({'title': '甲'}, {'title': '甲', 'issuer': '委', 'year': 2025}, False),
        ({'title': '甲'}, {'title': '甲'}, False),
        ({'title': '甲'}, {'title': '乙'}, False),
        ({}, {}, False),
    ],
)
def test_documents_are_editions_of_one_notice_by_number_or_by_title_issuer_and_year(
    a: dict[str, str | int], b: dict[str, str | int], same: bool
) -> None:
    current = group_editions([edition('a', 'x', 'y', 'u', **a), edition('b', 'x', 'z', 'u', **b)], by_name).current
    assert (current['a'] == current['b']) is same


def test_parts_of_one_notice_that_came_as_files_of_their_own_are_no_editions() -> None:
    number: dict[str, str | int | None] = {'doc_number': '青卫〔2025〕3号'}
    parts = [edition('a', 'x', title='附件1', **number), edition('b', 'y', title='附件2', **number)]
    grouped = group_editions(parts, by_name)
    assert grouped.current == {'a': 'a', 'b': 'b'}
    assert grouped.assumed == ()


_FEW = st.sampled_from([None, '甲', '乙'])
_EDITIONS = st.lists(
    st.tuples(
        _FEW, _FEW, _FEW, st.sampled_from([None, 2024, 2025]), st.frozensets(st.sampled_from('uvwxyz'), max_size=4),
        st.frozensets(st.sampled_from('甲乙'), max_size=1),
    ),
    max_size=7,
)  # fmt: skip


def _same_notice(a: Edition, b: Edition) -> bool:
    """Whether what two documents print is evidence that they are editions of one notice: the same number and title; or the same title,
    issuer and year and most of the lines of each."""
    if not alike(a.identity, b.identity):
        return False
    numbered = a.identity.doc_number and b.identity.doc_number
    return bool(numbered) or 2 * len(a.marks & b.marks) > max(len(a.marks), len(b.marks))


@given(_EDITIONS)
def test_documents_are_grouped_and_proposed_as_a_look_at_every_pair_would(
    told: list[tuple[str | None, str | None, str | None, int | None, frozenset[str], frozenset[str]]],
) -> None:
    documents = [
        replace(edition(str(at), *marks, doc_number=number, title=title, issuer=issuer, year=year), offices=offices)
        for at, (number, title, issuer, year, marks, offices) in enumerate(told)
    ]
    grouped = group_editions(documents, by_name)
    for a, b in combinations(documents, 2):
        one, other = a.identity, b.identity
        together = grouped.current[one.document] == grouped.current[other.document]
        if one.doc_number and other.doc_number:
            assert together is (one.doc_number == other.doc_number and one.title == other.title)
        elif together:
            assert one.title == other.title
        elif _same_notice(a, b):  # a third one has another number: it cannot be both
            numbers = {x.identity.doc_number for x in documents if x.identity.title == one.title} - {None}
            assert len(numbers) > 1
    for first, second in grouped.assumed:
        assert perhaps_same(documents[int(first)], documents[int(second)])
        assert grouped.current[first] != grouped.current[second]


def test_what_looks_like_one_notice_is_proposed_but_never_across_offices_that_nothing_printed_names() -> None:
    a, b = edition('a', 'x', 'y', title='甲'), edition('b', 'x', 'z', title='甲')
    assert group_editions([a, b], by_name).assumed == (('a', 'b'),)
    assert group_editions([a, edition('b', 'u', 'v', 'x', title='甲')], by_name).assumed == (('a', 'b'),)
    assert group_editions([a, edition('b', 'u', 'v', title='甲')], by_name).assumed == ()
    apart = [replace(a, offices=frozenset({'甲院'})), replace(b, offices=frozenset({'乙院'}))]
    assert group_editions(apart, by_name).assumed == ()


def test_people_join_what_looks_alike_and_part_what_is_not_one_notice() -> None:
    vague = [edition('a', 'x', 'y', title='甲'), edition('b', 'x', 'z', title='甲')]
    joined = group_editions(vague, by_name, Confirmed(joined=frozenset({('a', 'b')})))
    assert (joined.current, joined.assumed) == ({'a': 'b', 'b': 'b'}, ())
    parted = group_editions(vague, by_name, Confirmed(parted=frozenset({('a', 'b')})))
    assert (parted.current, parted.assumed) == ({'a': 'a', 'b': 'b'}, ())
    sure = [edition(name, 'x', 'y', title='甲', doc_number='1号') for name in 'abc']
    split = group_editions(sure, by_name, Confirmed(parted=frozenset({('a', 'b')}))).current
    assert split['a'] != split['b']


def test_which_edition_is_current_does_not_depend_on_the_order() -> None:
    documents = [edition(name, 'x', title='甲', issuer='委', year=2025) for name in 'abc']
    ranks = {'a': (1,), 'b': (3,), 'c': (2,)}
    for order in permutations(documents):
        assert group_editions(order, ranks.__getitem__).current == dict.fromkeys('abc', 'b')


def test_what_makes_an_edition_current_is_asked_only_where_there_are_several() -> None:
    documents = [edition(name, name, title='甲', issuer='委', year=2025, doc_number=name) for name in 'abc']
    unknown: dict[str, tuple[int]] = {}
    assert group_editions(documents, unknown.__getitem__).current == {'a': 'a', 'b': 'b', 'c': 'c'}


def test_the_newest_edition_is_current_and_an_older_one_again_once_that_is_withdrawn(
    inbox: Path, notices: None
) -> None:
    (inbox / '旧.txt').write_text('细则 青卫〔2025〕3号 2025-02-03 5')
    (inbox / '新.txt').write_text('细则 青卫〔2025〕3号 2025-03-03 6')
    read_in(inbox)
    current = 'SELECT DISTINCT 文件 FROM 指标总表'
    assert query(current) == [('新.txt',)]
    (inbox / '新.txt').unlink()
    read_in(inbox)
    assert query(current) == [('旧.txt',)]
    (inbox / '旧.txt').unlink()
    read_in(inbox)
    assert query('SELECT DISTINCT 文件, 原件已移走 FROM 指标总表') == [('新.txt', '是')]


def test_editions_and_decisions_leave_the_same_rows_in_any_order_of_arrival(
    inbox: Path, notices: None, dump: Dump
) -> None:
    texts = {
        '甲.txt': '细则 青卫〔2025〕3号 2025-02-03 5',
        '乙.txt': '细则 青卫〔2025〕3号 - 5',
        '丙.txt': '细则 青卫〔2025〕3号 2025-01-01 7',
    }
    for name, text in texts.items():
        (inbox / name).write_text(text)
    read_in(inbox)
    decide(points_of_the_first_line(9), signed())
    for order in permutations(texts):
        other = Path('other.db')
        other.unlink(missing_ok=True)
        for name in order:
            ingest([scope_of(inbox / name)], other, jobs=1, decisions=DECISIONS)
        assert dump(other) == dump(DATABASE)


def test_a_correction_whose_line_changed_is_a_finding_until_the_notice_is_signed_off(
    inbox: Path, notices: None
) -> None:
    (inbox / '甲.txt').write_text('细则 青卫〔2025〕3号 2025-02-03 5')
    read_in(inbox)
    decide(points_of_the_first_line(9))
    assert query('SELECT 分值, 更正人 FROM 指标总表') == [(9.0, '张三'), (5.0, None)]
    (inbox / '乙.txt').write_text('细则 青卫〔2025〕3号 2025-03-03 6')
    read_in(inbox)
    assert query('SELECT DISTINCT 分值 FROM 指标总表') == [(5.0,)]
    assert query('SELECT state FROM corrections') == [('orphaned',)]
    ((said,),) = query("SELECT 内容 FROM 疑点 WHERE 代码 = 'correction.orphaned'")
    assert '张三' in str(said)
    assert '“分值”改为“9' in str(said)
    decide(signed())
    assert query("SELECT 内容 FROM 疑点 WHERE 代码 = 'correction.orphaned'") == []
    (inbox / '乙.txt').unlink()
    read_in(inbox)
    assert query('SELECT state FROM corrections') == [('applied',)]


def test_a_sign_off_says_when_the_notice_changed_or_was_corrected_since(inbox: Path, notices: None) -> None:
    state = 'SELECT DISTINCT 核对人, 核对日期, 核对状态 FROM 指标总表'
    (inbox / '甲.txt').write_text('细则 青卫〔2025〕3号 2025-02-03 5')
    read_in(inbox)
    assert query(state) == [(None, None, '未核对')]
    decide(signed())
    assert query(state) == [('李四', '2025-03-01', '已核对')]
    decide(points_of_the_first_line(9))
    assert query(state) == [('李四', '2025-03-01', '核对后有变动')]
    decide(signed('2025-04-01'))
    assert query(state) == [('李四', '2025-04-01', '已核对')]
    (inbox / '乙.txt').write_text('细则 青卫〔2025〕3号 2025-03-03 6')
    read_in(inbox)
    assert query(state) == [('李四', '2025-04-01', '核对后有变动')]


def test_a_forgotten_notice_is_gone_and_finds_its_corrections_when_it_returns(inbox: Path, notices: None) -> None:
    (inbox / '甲.txt').write_text('细则 青卫〔2025〕3号 2025-02-03 5')
    read_in(inbox)
    decide(points_of_the_first_line(9))
    ((document,),) = query('SELECT id FROM documents')
    shutil.move(inbox / '甲.txt', '甲.txt')
    read_in(inbox)
    forget(DATABASE, DECISIONS, str(document))
    assert query('SELECT count(*) FROM documents') == query('SELECT count(*) FROM indicators') == [(0,)]
    assert query('SELECT state FROM corrections') == [('waiting',)]
    shutil.move('甲.txt', inbox / '甲.txt')
    read_in(inbox)
    assert query('SELECT 分值 FROM 指标总表') == [(9.0,), (5.0,)]


def test_decisions_of_another_folder_stay_in_force(inbox: Path, notices: None) -> None:
    (inbox / '甲.txt').write_text('细则 - - 5')
    read_in(inbox)
    decide(points_of_the_first_line(9))
    (inbox / '乙.txt').write_text('别的细则 - - 5')
    ingest([scope_of(inbox)], DATABASE, jobs=1, decisions=Path('elsewhere'))
    assert (9.0,) in query('SELECT 分值 FROM 指标总表')


def test_a_new_decision_in_the_log_is_applied_though_no_file_changed(inbox: Path, notices: None) -> None:
    (inbox / '甲.txt').write_text('细则 - - 5')
    read_in(inbox)
    with closing(open_to_read(DATABASE)) as connection:
        append(DECISIONS, [points_of_the_first_line(9)(Decider(connection, '张三'))])
    read_in(inbox)
    assert query('SELECT 分值 FROM 指标总表 LIMIT 1') == [(9.0,)]
    before = DATABASE.read_bytes()
    read_in(inbox)
    assert DATABASE.read_bytes() == before


def test_the_log_is_only_added_to_and_reads_back_as_it_was_written(tmp_path: Path) -> None:
    notice = Identity('d_x', None, '细则\u2028', None, 2025)
    first = Decision(
        'correct', '2025-01-01', '张三', None, notice, 'indicators', RowPlace('表', 'k'), '标', 'points', 5.0, None
    )
    second = Decision(
        'add',
        '2025-01-02',
        '张三',
        '漏',
        notice,
        'clauses',
        RowPlace('表', 'k'),
        row=(('text', '扣1分'), ('points', 1.0)),
    )
    append(tmp_path, [second])
    written = (tmp_path / 'decisions.jsonl').read_bytes()
    append(tmp_path, [first])
    assert (tmp_path / 'decisions.jsonl').read_bytes().startswith(written)
    assert [decision.id for decision in read_log(tmp_path).decisions] == [first.id, second.id]
    assert of_line(as_line(second)).id == second.id


@pytest.mark.parametrize(
    ('owner', 'title', 'written', 'value'),
    [
        ('indicators', '分值', '０．5', 0.5),
        ('indicators', '分值', '', None),
        ('indicators', '序号', 5.0, '5'),
        ('indicators', '牵头科室', '医务科、护理部', ['医务科', '护理部']),
        ('indicators', '核对日期', '2025年3月1日', '2025-03-01'),
        ('clauses', '效果', '扣分', 'deduct'),
        ('clauses', '这不是条款', '是', 1),
        ('documents', '年度', '2025年度', 2025),
    ],
)
def test_values_are_read_as_people_write_them(owner: str, title: str, written: object, value: object) -> None:
    field = find_field(owner, title)
    assert field is not None
    assert field.parse(written) == value


@pytest.mark.parametrize(
    ('owner', 'title', 'written'),
    [
        ('indicators', '分值', '五六分'),
        ('indicators', '分值', True),
        ('indicators', '分值', 'nan'),
        ('indicators', '分值', -1),
        ('indicators', '核对日期', '2025-02-30'),
        ('clauses', '效果', '送分'),
        ('clauses', '条款原文', ' '),
        ('documents', '年度', '二五年'),
    ],
)
def test_values_that_cannot_be_are_refused(owner: str, title: str, written: object) -> None:
    field = find_field(owner, title)
    assert field is not None
    with pytest.raises(Unusable):
        field.parse(written)


@pytest.mark.parametrize('owner', FIELDS)
def test_the_titles_of_a_table_are_told_apart(owner: str) -> None:
    assert len({field.title for field in FIELDS[owner]}) == len(FIELDS[owner])


def test_the_docs_name_the_views_and_every_view_can_be_read(inbox: Path, notices: None) -> None:
    (inbox / '甲.txt').write_text('细则 青卫〔2025〕3号 2025-02-03 5')
    read_in(inbox)
    docs = (Path(__file__).parents[3] / 'docs' / 'catalogue.md').read_text('utf-8')
    views = [str(name) for (name,) in query("SELECT name FROM sqlite_master WHERE type = 'view'")]
    assert {'指标总表', '条款明细', '目标值', '责任分工', '疑点', '事实'} <= {*views}
    for view in views:
        query(f'SELECT * FROM {view}')  # noqa: S608 a name of the schema
        assert f'`{view}`' in docs
