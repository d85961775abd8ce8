"""The library: objects, frames, JSON and catalogues, as docs/library.md says."""

from __future__ import annotations

import doctest
import importlib
import json
import re
import shutil
import subprocess
import sys
from dataclasses import FrozenInstanceError
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pytest

import kaohe

ROOT = Path(__file__).parents[3]
NOTICE = (
    '云岭市卫生健康局2025年度考核细则（10分）\n'
    '项目\t考核内容\t评分标准\t分值\t牵头科室\n'
    '安全\t满意度≥90%\t每缺一项扣0.5分，扣完为止\t5\t医务科\n'
    '质量\t建立制度\t未建立制度不得分\t5\t质控科\n'
)


@pytest.fixture(scope='module')
def notice() -> kaohe.Notice:
    return kaohe.read(NOTICE.encode(), '考核细则.txt')


def test_a_notice_is_objects_with_decimals(notice: kaohe.Notice) -> None:
    line = notice.lines[0]
    assert (line.points, line.level1 or line.name) == (Decimal(5), '安全')
    clause = line.clauses[0]
    assert (clause.effect, clause.points, clause.per_unit) == ('deduct', Decimal('0.5'), '项')
    assert line.criteria is not None
    assert line.criteria[clause.start : clause.end] == clause.text
    assert [target.value for target in line.targets] == [Decimal(90)]
    assert [duty.party for duty in notice.duties] == ['医务科', '质控科']
    assert notice.clauses[0] in line.clauses
    with pytest.raises(FrozenInstanceError):
        line.points = Decimal(6)  # type: ignore[misc]


def test_frames_have_a_row_for_each_thing_and_a_column_for_each_field(notice: kaohe.Notice) -> None:
    frames = notice.frames()
    assert list(frames) == ['tables', 'lines', 'clauses', 'targets', 'duties', 'facts', 'findings']
    assert len(frames['lines']) == 2
    assert frames['lines']['points'].sum() == 10
    assert 'clauses' not in frames['lines'].columns
    assert list(frames['facts'].columns)[:3] == ['id', 'text', 'metric']


@pytest.mark.parametrize('data', [NOTICE.encode(), b'PK\x03\x04 broken', b'', '青禾市第一人民医院2024年工作总结\n门诊847746人次，增长3.1%。'.encode()])  # fmt: skip
def test_what_a_notice_says_as_json_fits_the_published_schema(data: bytes) -> None:
    told = kaohe.read(data, '通知.txt').to_dict()
    jsonschema.Draft202012Validator(kaohe.notice_schema()).validate(json.loads(json.dumps(told)))


def test_the_published_schema_is_current() -> None:
    assert json.loads((ROOT / 'docs' / 'notice.schema.json').read_text('utf-8')) == kaohe.notice_schema()


def test_a_file_that_cannot_be_read_says_why_and_raises_nothing() -> None:
    failed = kaohe.read(b'PK\x03\x04 broken', '坏.docx')
    assert failed.status == 'failed'
    assert failed.message
    assert failed.lines == ()
    with pytest.raises(FileNotFoundError):
        kaohe.read('没有这个文件.docx')


def test_a_catalogue_gives_frames_with_corrections_applied(tmp_path: Path, in_this_process: None) -> None:
    inbox = tmp_path / 'in'
    inbox.mkdir()
    (inbox / '考核细则.txt').write_text(NOTICE, 'utf-8')
    stored: list[str] = []
    database = tmp_path / 'c.db'
    report = kaohe.ingest(inbox, database, decisions=tmp_path / 'd', jobs=1, progress=stored.append)
    assert stored == ['考核细则.txt']
    assert report.changed
    with kaohe.open(database) as catalogue:
        assert list(catalogue.notices()['title']) == ['云岭市卫生健康局2025年度考核细则']
        assert catalogue.lines(year=2025)['points'].sum() == 10
        assert catalogue.lines(year=2024).empty
        assert set(catalogue.clauses()['effect']) >= {'deduct', 'forfeit'}
        assert list(catalogue.targets()['value']) == [90]
        assert len(catalogue.duties()) == 2
        assert catalogue.facts().empty
        assert 'indicators' in catalogue.db.table_names()
    with pytest.raises(kaohe.Refusal):
        kaohe.open(tmp_path / 'none.db')


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    (tmp_path / 'in').mkdir()
    (tmp_path / 'in' / '考核细则.txt').write_text(NOTICE, 'utf-8')
    script = tmp_path / 'script.py'
    script.write_text("import kaohe\nprint('run', kaohe.ingest('in', 'c.db', jobs=2).results[0].outcome)\n", 'utf-8')
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout, done.stderr) == (0, 'run stored\n', '')


def test_threads_of_a_script_find_what_is_its_own_meanwhile(tmp_path: Path) -> None:
    (tmp_path / 'in').mkdir()
    (tmp_path / 'in' / '考核细则.txt').write_text(NOTICE, 'utf-8')
    script = tmp_path / 'script.py'
    script.write_text(
        'import pickle, threading\nimport kaohe\n'
        'def own(): pass\n'
        'lost, over = [], threading.Event()\n'
        'def work():\n'
        '    while not over.is_set():\n'
        '        try: pickle.dumps(own)\n'
        '        except pickle.PicklingError as error: lost.append(error)\n'
        'other = threading.Thread(target=work)\nother.start()\n'
        "kaohe.ingest('in', 'c.db', jobs=2)\nover.set()\nother.join()\nprint(lost[:1])\n",
        'utf-8',
    )
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout, done.stderr) == (0, '[]\n', '')


def test_what_a_script_has_set_up_does_not_decide_what_is_read(tmp_path: Path) -> None:
    (tmp_path / 'in').mkdir()
    (tmp_path / 'in' / '考核细则.txt').write_text(NOTICE.replace('\t5\t', '\t15.25\t'), 'utf-8')
    told = []
    for setting in ('pass', 'decimal.getcontext().prec = 2'):
        script = (
            f'import decimal, kaohe\n{setting}\nkaohe.ingest("in", "{len(told)}.db", jobs=1)\n'
            f'with kaohe.open("{len(told)}.db") as catalogue: print(catalogue.lines().to_csv(), catalogue.clauses().to_csv())'
        )
        done = subprocess.run([sys.executable, '-c', script], cwd=tmp_path, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        told.append(done.stdout)
    assert '15.25' in told[0]
    assert told[1] == told[0]


def test_answers_are_scored_and_forms_written(tmp_path: Path, in_this_process: None) -> None:
    inbox, database, log = tmp_path / 'in', tmp_path / 'c.db', tmp_path / 'd'
    inbox.mkdir()
    (inbox / '考核细则.txt').write_text(NOTICE, 'utf-8')
    kaohe.ingest(inbox, database, decisions=log, jobs=1)
    with kaohe.open(database) as catalogue:
        questions = catalogue.questions()
    (missing,) = questions[questions['kind'] == 'count']['id']
    scored = kaohe.score(database, {missing: 3, 'q_none': True}, notice='考核细则', assessed='内科', decisions=log)
    assert len(scored.refused) == 1
    with kaohe.open(database) as catalogue:
        scores = catalogue.scores(year=2025)
    assert set(scores['assessed']) == {'内科'}
    assert 3.5 in set(scores['score'])
    form = kaohe.worksheet(database, '考核细则', tmp_path / '表.docx', assessed='内科')
    assert (form.lines, form.files) == (2, (tmp_path / '表.docx',))
    (table,) = docx.Document(str(tmp_path / '表.docx')).tables
    assert [cell.text for cell in table.rows[1].cells][3:5] == ['每缺一项扣0.5分，扣完为止', '5']
    with pytest.raises(kaohe.Refusal):
        kaohe.score(database, {}, notice='没有这份', decisions=log)


@pytest.mark.parametrize(
    'module', ['kaohe', 'kaohe.pipeline.library.doing', 'kaohe.pipeline.library.language_pipeline']
)
def test_the_examples_of_the_library_hold(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted > 0
    assert result.failed == 0


def test_every_public_name_is_documented_and_there() -> None:
    page = (ROOT / 'docs' / 'library.md').read_text('utf-8')
    for name in kaohe.__all__:
        assert getattr(kaohe, name).__doc__, name
        assert re.search(rf'\b{name}\b', page), name
    with pytest.raises(AttributeError):
        kaohe.nothing  # type: ignore[attr-defined]  # noqa: B018 asked for


def test_importing_loads_nothing_else() -> None:
    loaded = subprocess.run(
        [sys.executable, '-c', 'import sys; before = set(sys.modules); import kaohe; print(*(set(sys.modules) - before))'],
        capture_output=True, text=True, check=True, env={'PYTHONPATH': str(ROOT / 'src')},
    ).stdout.split()  # fmt: skip
    assert [
        name for name in loaded if name.split('.')[0] in ('pandas', 'spacy', 'jieba', 'lxml', 'numpy', 'click')
    ] == []
    assert [name for name in loaded if name.startswith('kaohe.')] == []


def test_the_examples_of_the_page_run(tmp_path: Path, in_this_process: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the page says: in a folder where the samples lie in ``data/raw``."""
    page = (ROOT / 'docs' / 'library.md').read_text('utf-8')
    shutil.copytree(ROOT / 'data' / 'raw', tmp_path / 'data' / 'raw')
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for code in re.findall(r'```python\n(.*?)```', page, re.DOTALL):
        exec(code, names)
    assert set(names['lines']['year']) == {2025}
    assert len(names['lines']) > len(names['clauses'].indicator_id.unique()) > 0
    assert (names['scored'].refused, names['forms'].questions) == ((), len(names['questions']))
    assert (tmp_path / 'notices.spacy').exists()


def test_the_grammar_is_a_spacy_pipeline() -> None:
    doc = kaohe.nlp()('每少1项扣0.5分，扣完为止；满意度≥90%得2分')
    told = [(span.label_, span._.points, span._.per_unit) for span in doc.spans['clauses']]
    assert told[:2] == [('deduct', 0.5, '项'), ('cap', None, None)]
    assert [(span._.metric, span._.value) for span in doc.spans['targets']] == [('满意度', 90.0)]
    assert [(span.text, span.label_, span._.value) for span in doc.spans['amounts']] == [('≥90%', '>=', 90.0)]
    assert doc.text == '每少1项扣0.5分，扣完为止；满意度≥90%得2分'


def test_training_data_holds_what_the_catalogue_says_after_corrections(tmp_path: Path, in_this_process: None) -> None:
    from kaohe.pipeline.decisions.correctable_columns import find_field
    from kaohe.pipeline.decisions.force import put_into_force
    from kaohe.pipeline.decisions.wording import Decider

    inbox = tmp_path / 'in'
    inbox.mkdir()
    (inbox / '考核细则.txt').write_text(NOTICE, 'utf-8')
    database = tmp_path / 'c.db'
    kaohe.ingest(inbox, database, decisions=tmp_path / 'd', jobs=1)
    with kaohe.open(database) as catalogue:
        clauses = catalogue.clauses()
        forfeit = clauses[clauses['effect'] == 'forfeit'].iloc[0]
        decider = Decider(catalogue.db.conn, '张三')
        dropped = find_field('clauses', 'dropped')
        assert dropped is not None
        decision = decider.correct('clauses', forfeit['id'], forfeit['document_id'], dropped, 1, None)
    put_into_force(database, tmp_path / 'd', [decision], ())
    docs = list(kaohe.training_data(database).get_docs(kaohe.nlp().vocab))
    labels = [span.label_ for doc in docs for span in doc.spans['clauses']]
    assert 'deduct' in labels
    assert 'forfeit' not in labels
