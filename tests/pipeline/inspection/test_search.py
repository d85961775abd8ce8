"""Full text search: words of any length are found wherever they stand, the best first, and the index follows the store."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kaohe.pipeline.command import kaohe
from kaohe.pipeline.database import schema
from kaohe.pipeline.database.schema import migrations, open_to_read, open_to_write
from kaohe.pipeline.database.tokens import index_document, query_of, spans_of, tokens
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.inspection.full_text import FoundTexts, search
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.refusal import Refusal

SAMPLES = Path(__file__).parents[3] / 'data' / 'raw' / '示例'
DATABASE = Path('data/structured/catalogue.db')
RESPONSIBILITY = '青一医〔2025〕18号 2025年重点工作目标责任制考核内容及责任分工.docx'
CLEAN = '清廉医院建设评价标准.docx'


@pytest.fixture(scope='module')
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The samples in Word and text, read."""
    folder = tmp_path_factory.mktemp('samples')
    (folder / 'raw').mkdir()
    for file in sorted(SAMPLES.iterdir()):
        if file.suffix in ('.docx', '.txt'):
            shutil.copy2(file, folder / 'raw')
    ingest([scope_of(folder / 'raw')], folder / 'a.db', jobs=1)
    with closing(open_to_read(folder / 'a.db')) as connection:
        yield connection


def best(found: FoundTexts) -> tuple[str, str, str]:
    hit = found.hits[0]
    return hit.source, hit.place, hit.text


@pytest.mark.parametrize(
    ('question', 'source', 'place', 'text'),
    [
        ('赴', None, None, None),
        ('床', RESPONSIBILITY, '配合科室', '各临床科室'),
        ('何', RESPONSIBILITY, '牵头领导', '何静'),
        ('投诉', RESPONSIBILITY, '考核内容', '年度投诉办结率达到95%以上'),
        ('点评', CLEAN, '考核内容', '落实处方点评制度'),
        ('满意度', RESPONSIBILITY, '名称', '群众满意度'),
        ('专利权', None, None, None),
        ('警示教育', CLEAN, '考核内容', '开展警示教育'),
        ('扣完为止', '青禾市河长制考核评分细则.txt', '评分标准', '每发现1处扣0..2分，扣完为止'),
        ('处方点评合格率<', CLEAN, '评分标准', '② 未建立制度'),
        ('门诊次均药品费用', CLEAN, '考核内容', '控制门诊次均药品费用增幅'),
        ('未按规定时间报告', RESPONSIBILITY, '评分标准', '重大事项未按规定时间报告的，每起扣1分'),
    ],
)
def test_words_of_one_to_eight_characters_have_their_known_answers(
    catalogue: sqlite3.Connection, question: str, source: str | None, place: str, text: str
) -> None:
    found = search(catalogue, question)
    if source is None:
        assert found == FoundTexts((), 0)
        return
    assert best(found)[0] == source
    assert place in best(found)[1]
    if question in text:
        assert best(found)[2] == text
    assert all(question in hit.text for hit in found.hits)


@pytest.mark.parametrize(
    'question', ['扣', '制', '考核', '责任', '满意度', '每少1次', '扣0.5分', '95%', '〔2025〕18号']
)
def test_every_text_that_holds_the_words_is_found_and_no_other(catalogue: sqlite3.Connection, question: str) -> None:
    found = search(catalogue, question, limit=10_000)
    expected = [text for (text,) in catalogue.execute('SELECT 原文 FROM 全文') if question in ''.join(text.split())]
    assert expected
    assert sorted(hit.text for hit in found.hits) == sorted(expected)
    assert found.total == len(expected)
    for hit in found.hits:
        assert [''.join(hit.text[start:end].split()) for start, end in hit.marks] == [question] * len(hit.marks) != []


def test_all_words_must_stand_in_one_text(catalogue: sqlite3.Connection) -> None:
    found = search(catalogue, '责任 投诉')
    assert not found.hits
    assert [hit.text for hit in search(catalogue, '办结率 扣0.2分').hits] == ['办结率每下降1个百分点扣0.2分，扣完为止']


def test_full_width_and_half_width_and_small_letters_are_the_same() -> None:
    assert tokens('ＤＲＧ≥９５％') == tokens('drg≥95%') == 'drg ≥ 95 %'
    assert spans_of('drg 95%', '（ＤＲＧ）\n达９５％') == [(1, 4), (7, 10)]


def test_a_number_is_not_found_inside_another() -> None:
    assert spans_of('5分', '扣0.5分、15分、5分、5.5分') == [(10, 12)]
    assert query_of('0.5分') == '"0.5 分"'


def test_words_are_found_across_line_feeds() -> None:
    assert spans_of('责任处室', '责任\n处室') == [(0, 5)]


@given(st.text(max_size=30))
def test_whatever_is_typed_is_searched_or_refused(question: str) -> None:
    query = query_of(question)
    if query is None:
        return
    with closing(sqlite3.connect(':memory:')) as connection:
        connection.execute(
            'CREATE VIRTUAL TABLE t USING fts5 (x, tokenize="unicode61 categories \'L* M* N* P* S* Co\'")'
        )
        connection.execute('SELECT * FROM t WHERE t MATCH ?', (query,)).fetchall()


def test_a_question_without_a_word_is_refused(catalogue: sqlite3.Connection) -> None:
    with pytest.raises(Refusal, match='没有可以查的词'):
        search(catalogue, ' \u200b\x07 ')


def test_words_come_before_what_only_looks_like_them(tmp_path: Path) -> None:
    with closing(open_to_write(tmp_path / 'a.db')) as connection:
        connection.execute("INSERT INTO documents (id, source) VALUES ('d_1', 'a.docx')")
        for at, text in enumerate(('工人事故', '全市卫生系统人事管理工作的考核和评价办法')):
            connection.execute(
                "INSERT INTO blocks (id, document_id, ordinal, kind, text) VALUES (?, 'd_1', ?, 'paragraph', ?)",
                (f'b_{at}', at, text),
            )
            connection.execute(
                'INSERT INTO texts (document_id, owner, owner_id, field, text, tokens)'
                " VALUES ('d_1', 'blocks', ?, 'paragraph', ?, ?)",
                (f'b_{at}', text, tokens(text)),
            )
        index_document(connection, 'd_1')
        assert [hit.id for hit in search(connection, '人事').hits] == ['b_1', 'b_0']


def test_the_index_follows_the_store(inbox: Path, plain_reader: list[str]) -> None:
    file = inbox / 'a.txt'
    file.write_text('青川市考核', encoding='utf-8')
    ingest([scope_of(inbox)], DATABASE, jobs=1)

    def found(question: str) -> int:
        with closing(open_to_read(DATABASE)) as connection:
            return search(connection, question).total

    assert found('每缺一项') > 0
    with closing(open_to_write(DATABASE)) as connection:
        connection.execute("INSERT INTO texts_fts (texts_fts) VALUES ('integrity-check')")
        connection.execute('DELETE FROM documents')
        connection.execute("INSERT INTO texts_fts (texts_fts) VALUES ('integrity-check')")
    assert found('每缺一项') == 0


def test_notices_of_an_older_database_become_searchable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = next(n for n, script in enumerate(migrations()) if 'CREATE TABLE texts' in script)
    everything = migrations()
    database = tmp_path / 'a.db'
    monkeypatch.setattr(schema, 'migrations', lambda: everything[:number])
    with closing(open_to_write(database)) as connection:
        connection.execute("INSERT INTO documents (id, source) VALUES ('d_1', 'a.docx')")
        connection.execute(
            "INSERT INTO blocks (id, document_id, ordinal, kind, text) VALUES ('b_1', 'd_1', 0, 'paragraph', '开展警示教育')"
        )
    monkeypatch.undo()
    with closing(open_to_write(database)) as connection:  # brings it up to date
        assert [hit.id for hit in search(connection, '警示').hits] == ['b_1']


def test_the_index_is_the_same_in_any_order_of_arrival(
    inbox: Path, plain_reader: list[str], dump: Callable[[Path], dict[str, list[tuple[object, ...]]]]
) -> None:
    for name in '甲乙丙':
        (inbox / f'{name}.txt').write_text(f'{name}县考核', encoding='utf-8')
    for name in '丙甲乙':
        ingest([scope_of(inbox / f'{name}.txt')], Path('one.db'), jobs=1)
    ingest([scope_of(inbox)], Path('two.db'), jobs=1)
    one, two = dump(Path('one.db')), dump(Path('two.db'))
    assert one['texts_fts_data']
    assert one == two


def test_the_command_marks_the_words_and_tells_how_many_there_are(catalogue: sqlite3.Connection) -> None:
    database = catalogue.execute('PRAGMA database_list').fetchone()[2]
    ran = CliRunner().invoke(kaohe, ['search', '扣完', '--db', database, '--limit', '1'])
    assert ran.exit_code == 0
    assert '«扣完»为止' in ran.stdout
    assert '列出前 1 条' in ran.stderr
    told = json.loads(
        CliRunner().invoke(kaohe, ['search', '扣完', '--db', database, '--json', '--source', '河长']).stdout
    )
    assert told['total'] == len(told['hits']) == 2
    assert {hit['source'] for hit in told['hits']} == {'青禾市河长制考核评分细则.txt'}


def test_a_long_text_is_cut_around_the_word() -> None:
    from kaohe.pipeline.commands.looking.search import _marked
    from kaohe.pipeline.inspection.full_text import Hit

    text = '前' * 300 + '满意度' + '后' * 300
    shown = _marked(Hit('a', None, None, '正文', '第 1 段', text, ((300, 303),), 'b_1', 'd_1'))
    assert '«满意度»' in shown
    assert len(shown) < 130


def test_a_notice_with_a_text_of_unseen_characters_is_stored(tmp_path: Path) -> None:
    (tmp_path / 'raw').mkdir()
    (tmp_path / 'raw' / '甲.txt').write_text('青川市考核细则\n\u200b\n每缺一项扣0.5分\n', 'utf-8')
    report = ingest([scope_of(tmp_path / 'raw')], tmp_path / 'a.db', jobs=1)
    assert len(report.with_status('ok')) == 1
    with closing(open_to_read(tmp_path / 'a.db')) as connection:
        found = {text for (text,) in connection.execute("SELECT text FROM texts WHERE owner = 'blocks'")}
    assert found == {'青川市考核细则', '每缺一项扣0.5分'}
