"""Every verb answers programs in JSON that names its schema, as docs/json.md says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest

from kaohe.pipeline.command import VERBS, kaohe
from kaohe.pipeline.language.json_answers import VERSIONS, schema
from tests.pipeline.conftest import Command

PAGE = (Path(__file__).parents[3] / 'docs' / 'json.md').read_text('utf-8')
NOTICE = (
    '云岭市卫生健康局2025年度考核细则（10分）\n'
    '项目\t考核内容\t评分标准\t分值\t牵头科室\n'
    '安全\t满意度≥90%\t每缺一项扣0.5分，扣完为止\t5\t医务科\n'
    '质量\t建立制度\t未建立制度不得分\t5\t质控科\n'
)


@pytest.mark.parametrize('name', [name for name in VERBS if name not in ('desk', 'serve')])
def test_every_verb_that_ends_takes_json(name: str) -> None:
    verb = kaohe.get_command(click.Context(kaohe), name)  # type: ignore[attr-defined]
    assert '--json' in {option for parameter in verb.params for option in parameter.opts}  # type: ignore[attr-defined]


def test_the_page_names_each_schema_and_no_other() -> None:
    assert set(re.findall(r'kaohe\.[a-z-]+/\d+', PAGE)) - {'kaohe.notice/1'} == {schema(name) for name in VERSIONS}


@pytest.fixture
def told(command: Command, inbox: Path) -> object:
    (inbox / '考核细则.txt').write_text(NOTICE, 'utf-8')

    def run(*words: str, status: int = 0) -> dict[str, object]:
        ran = command(*words, '--json')
        assert ran.status == status, ran.err
        answer = json.loads(ran.out)
        assert next(iter(answer)) == 'schema'
        assert isinstance(answer, dict)
        return answer

    return run


def test_what_is_decided_is_told_as_it_stands_in_the_log(command: Command, told: object, tmp_path: Path) -> None:
    run = told
    assert callable(run)
    assert run('ingest')['schema'] == 'kaohe.ingest/1'
    assert run('samples')['schema'] == 'kaohe.samples/1'
    signed = run('sign', '考核细则', '--by', '张三')
    assert (signed['schema'], [one['kind'] for one in signed['decisions']]) == ('kaohe.decided/1', ['sign'])
    log = [json.loads(line) for path in (tmp_path / 'data' / 'decisions').rglob('*.jsonl') for line in path.read_text('utf-8').splitlines()]  # fmt: skip
    assert [{key: value for key, value in one.items() if key != 'id'} for one in signed['decisions']] == log
    joined = run('parties', '质控科', '质量管理科', '--by', '张三')
    assert joined['decisions'][0]['value'] == '质量管理科'
    assert {'alias': '质控科', 'party': '质量管理科', 'state': 'confirmed', 'why': None} in [
        {key: row[key] for key in ('alias', 'party', 'state', 'why')} for row in run('parties')['aliases']
    ]
    assert run('editions') == {'schema': 'kaohe.editions/1', 'notices': [], 'assumed': []}
    assert len(run('retire', '考核细则', '--by', '张三')['decisions']) == 1
    assert [one['title'] for one in run('retire')['notices']] == ['云岭市卫生健康局2025年度考核细则']


def test_a_value_that_stands_there_already_is_no_decision(told: object) -> None:
    run = told
    assert callable(run)
    run('ingest')
    line = run('search', '满意度')
    assert line['schema'] == 'kaohe.search/1'
    exported = run('export', '目录.json')
    assert exported == {'schema': 'kaohe.exported/1', 'files': ['目录.json'], 'notices': 1}
    sheets = json.loads(Path('目录.json').read_text('utf-8'))
    assert sheets['schema'] == 'kaohe.export/1'
    row = sheets['指标'][0]['编号']
    assert run('correct', row, '分值', '5', '--by', '张三')['decisions'] == []
    (decision,) = run('correct', row, '分值', '4', '--by', '张三')['decisions']
    assert (decision['field'], decision['before'], decision['value']) == ('points', 5, 4)


def test_forms_backups_and_training_data(command: Command, told: object) -> None:
    run = told
    assert callable(run)
    run('ingest')
    form = run('worksheet', '考核细则')
    assert (len(form['files']), form['lines'] > 0) == (1, True)
    (file,) = form['files']
    Path(file).write_bytes(b'what somebody filled in')
    assert command('worksheet', '考核细则', '--json').status == 2
    assert run('worksheet', '考核细则', '--force')['files'] == [file]
    kept = run('backup', '备份.db')
    assert kept['bytes'] == Path('备份.db').stat().st_size
    assert run('export', '训练.spacy')['files'] == ['训练.spacy']
    from spacy.tokens import DocBin

    import kaohe as library

    docs = list(DocBin().from_bytes(Path('训练.spacy').read_bytes()).get_docs(library.nlp().vocab))
    assert {span.label_ for doc in docs for span in doc.spans['clauses']} >= {'deduct', 'forfeit'}
