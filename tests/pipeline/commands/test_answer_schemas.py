"""What every verb answers fits docs/answers.schema.json, member for member; each exit status of docs/json.md is given by a command that was run."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer
from typing import Any

import jsonschema
import pytest
from openpyxl import load_workbook

from kaohe.pipeline.command import VERBS
from kaohe.pipeline.language.json_answers import VERSIONS, schema
from tests.pipeline.conftest import Command, Ran

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / 'docs' / 'answers.schema.json').read_text('utf-8'))
NOTICE = (
    '云岭市卫生健康局{year}年度考核细则（10分）\n'
    '项目\t考核内容\t评分标准\t分值\t牵头科室\n'
    '安全\t提高患者满意度\t患者满意度低于90%的，每低1%扣{points}分，扣完为止\t5\t医务科\n'
    '质量\t建立制度\t每缺一项扣1分\t5\t质控科、质量管理科\n\n说明：出现医疗事故的，一票否决。\n'
)
WAIT = 60.0
MORE_THAN_A_PIPE_HOLDS = 4 << 20
ELSEWHERE = Path('另一处')
ENVIRONMENT = os.environ | {'PYTHONPATH': str(ROOT / 'src'), 'PYTHONUNBUFFERED': '1', 'PYTHONUTF8': '1'}


def strict(part: Any) -> Any:
    """The schema, but with no member that it does not name: what is answered and not published is a fault here."""
    if isinstance(part, list):
        return [strict(one) for one in part]
    if not isinstance(part, dict):
        return part
    closed = {'additionalProperties': False} if 'properties' in part else {}
    return closed | {name: strict(one) for name, one in part.items()}


CLOSED = strict(SCHEMA)


class Answers:
    """Runs verbs, holds each answer against the schema that it names, and keeps which verbs and schemas were seen."""

    def __init__(self, command: Command) -> None:
        self._command = command
        self.verbs: set[str] = set()
        self.schemas: set[str] = set()

    def apart(self) -> Answers:
        """The same, but that each command is a process of its own."""
        other = Answers(in_a_process_of_its_own)
        other.verbs, other.schemas = self.verbs, self.schemas
        return other

    def fits(self, answer: dict[str, Any]) -> None:
        name = answer['schema'].removeprefix('kaohe.').partition('/')[0]
        assert answer['schema'] == schema(name)
        jsonschema.Draft202012Validator(CLOSED | {'oneOf': [{'$ref': f'#/$defs/{name}'}]}).validate(answer)
        self.schemas.add(name)

    def __call__(self, *words: str, status: int = 0, typed: str = '') -> dict[str, Any]:
        ran = self._command(*words, *([] if '--format' in words else ['--json']), answer=typed)
        assert ran.status == status, (words, ran.err)
        assert ran.out, (words, ran.err)
        answer: dict[str, Any] = json.loads(ran.out)
        self.fits(answer)
        self.verbs.add(words[0])
        return answer


def in_a_process_of_its_own(*words: str, answer: str = '') -> Ran:
    """The command as `Command` gives it, in the folder `ELSEWHERE`."""
    ran = subprocess.run(
        [sys.executable, '-m', 'kaohe', *words], input=answer, capture_output=True, text=True, encoding='utf-8', env=ENVIRONMENT,
        cwd=ELSEWHERE,
    )  # fmt: skip
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def test_the_schema_is_sound_and_has_each_answer() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert [one['$ref'] for one in SCHEMA['oneOf']] == [f'#/$defs/{name}' for name in VERSIONS]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({'schema': 'kaohe.samples/1', 'notices': 'none', 'counted': True}, SCHEMA)


def test_every_verb_answers_what_its_schema_says(command: Command, inbox: Path, in_this_process: None) -> None:
    told = Answers(command)
    (inbox / '细则2024.txt').write_text(NOTICE.format(year=2024, points='0.5'), 'utf-8')
    (inbox / '细则2025.txt').write_text(NOTICE.format(year=2025, points='1'), 'utf-8')
    (inbox / '总结.txt').write_text('云岭医院2025年工作总结\n\n患者满意度88.5%，门诊847746人次，增长3.1%。\n', 'utf-8')
    (inbox / '坏.docx').write_bytes(b'PK\x03\x04 broken')
    shutil.copy(next((ROOT / 'data' / 'raw').rglob('*责任分工.docx')), inbox)
    assert {one['outcome'] for one in told('ingest', status=1)['files']} == {'stored', 'failed'}
    _looks(told, inbox)
    _scores(told)
    _decides(told)
    _keeps(told, inbox)
    _watches(told, inbox)
    _words(told)
    assert set(VERBS) - told.verbs == {'desk', 'serve'}
    assert set(VERSIONS) - told.schemas == set()


def _looks(told: Answers, inbox: Path) -> None:
    for step in ('document', 'tables', 'rows', 'indicators', 'clauses'):
        told('show', str(inbox / '细则2025.txt'), '--until', step)
    for sample in ('*综合督查*.pdf', '*责任分工.docx', '*工作总结.docx'):
        told('show', str(next((ROOT / 'data' / 'raw').rglob(sample))))
    sheets = told('export', '-', '--format', 'json')
    for rows in (rows for name, rows in sheets.items() if name != 'schema'):
        for row in rows[:3]:
            told('explain', row['编号'])
    told('findings', '--all')
    told('search', '满意度')
    told('search', '没有这个词')
    told('compare', '细则2024', '细则2025')
    told('compare', '2024', '2025', '--issuer', '云岭市卫生健康局')
    told('formats')
    told('rules')
    told('doctor')


def _scores(told: Answers) -> None:
    told('worksheet', '细则2025', '表.xlsx', '--assessed', '内科')
    told('worksheet', '细则2025', '各科室', '--each-office', '--period', '2025')
    told('score', '--notice', '细则2025')
    asked = json.loads(_questions('细则2025'))
    for unit, missing in (('内科', 2), ('外科', 4)):
        answers = {one: missing if kind == 'count' else 88.5 if kind == 'number' else False for one, kind in asked}
        Path(f'{unit}.json').write_text(json.dumps({'assessed': unit, 'period': '2025', 'answers': answers}), 'utf-8')
        told('score', '--notice', '细则2025', '--answers', f'{unit}.json')
    Path('错.json').write_text(json.dumps({'assessed': '儿科', 'answers': {'q_none': 1}}), 'utf-8')
    assert told('score', '--notice', '细则2025', '--answers', '错.json', status=1)['refused']
    told('score', '--notice', '细则2025', '--assessed', '内科', '--period', '2025')
    Path('收回').mkdir()
    for unit in ('内科', '外科'):
        shutil.copy(f'{unit}.json', '收回')
    together = told('score', '--notice', '细则2025', '--answers', '收回')
    assert together['notices'][0]['disputed']
    told('score', '--notice', '细则2025', '--compare', '内科', '外科')
    assert len(told('score', '--notice', '细则2025', '--rank')['ranking']) >= 2
    assert told('score', '--notice', '细则2025', '--report', '总结', '--assessed', '全院')['proposals']


def _questions(notice: str) -> str:
    import kaohe

    with kaohe.open('data/structured/catalogue.db') as catalogue:
        every = catalogue.db.query(
            'SELECT i.id, i.kind FROM inputs AS i JOIN documents AS d ON d.id = i.document_id WHERE instr(d.source, ?)',
            (notice,),
        )
        return json.dumps([(row['id'], row['kind']) for row in every])


def _decides(told: Answers) -> None:
    told('export', '目录.xlsx')
    told('apply', '目录.xlsx', '--by', '张三')
    book = load_workbook('目录.xlsx')
    sheet = book['指标']
    column = [cell.value for cell in sheet[1]].index('分值') + 1
    sheet.cell(2, column).value, sheet.cell(3, column).value = 4, '很多'
    book.save('目录.xlsx')
    assert not told('apply', '目录.xlsx', '--by', '张三', status=1)['stored']
    changed = told('apply', '目录.xlsx', '--by', '张三', '--yes', status=1)
    assert (changed['stored'], len(changed['changes']), len(changed['rejected'])) == (True, 1, 1)
    row = told('export', '-', '--format', 'json')['指标'][1]['编号']
    told('correct', row, '分值', '3', '--by', '张三')
    told('correct', row, '这不是指标', '是', '--by', '张三')
    told('sign', '细则2025', '--by', '张三')
    told('tick', told('findings')['findings'][0]['id'], '--by', '张三')
    told('editions', 'join', '细则2024', '细则2025', '--by', '张三')
    assert told('editions')['notices']
    told('editions', 'part', '细则2024', '细则2025', '--by', '张三')
    told('parties', '质控科', '质量管理科', '--by', '张三')
    assert told('parties')['aliases']
    told('retire', '细则2024', '--by', '张三')
    assert told('retire')['notices']
    told('retire', '细则2024', '--undo')
    told('samples')
    told('samples', 'on')


def _keeps(told: Answers, inbox: Path) -> None:
    told('check')
    told('backup', '备份.db')
    assert told('restore', '备份.db', '--force')['kept']
    told('backup', '别处.db')
    told('merge', '备份.db', '别处.db', '合.db')
    (inbox / '总结.txt').unlink()
    told('ingest', status=1)
    told('forget', '总结', '--yes')


def _words(told: Answers) -> None:
    """In processes and a folder of their own: one that runs already refuses to go on where the words of the house have changed under it."""
    told = told.apart()
    ELSEWHERE.mkdir()
    told('words')
    told('words', '动词', '扣分', '核罚', '--try', '每人核罚0.5分')
    told('words', '--try', '每人扣0.5分')
    told('words', '动词', '扣分', '核罚')
    told('words', '动词', '扣分', '核罚', '--remove')
    (ELSEWHERE / 'data' / 'house' / '坏.toml').write_text('["动词"]\n"没有这个意思" = ["某"]\n', 'utf-8')
    assert told('words', status=1)['problems']


def _watches(told: Answers, inbox: Path) -> None:
    """``watch`` runs as a process of its own: it ends by a signal. What it hands to a command is told to it alone."""
    process = subprocess.Popen(
        [sys.executable, '-m', 'kaohe', 'watch', '--json', '--jobs', '1', '--exec', 'tee 交给别人.json'],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding='utf-8',
        env=ENVIRONMENT,
    )  # fmt: skip
    silent = Timer(WAIT, process.kill)  # then there is no line, and nothing waits for it
    silent.start()
    try:
        (inbox / '新来的.txt').write_text(NOTICE.format(year=2023, points='2'), 'utf-8')
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, 'watch ended, or said nothing in time'
        told.fits(json.loads(line))
        told.verbs.add('watch')
        end = time.monotonic() + WAIT
        while not (Path('交给别人.json').exists() and Path('交给别人.json').read_bytes()):
            assert time.monotonic() < end
            time.sleep(0.1)
    finally:
        silent.cancel()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=WAIT)
    assert process.returncode == 0
    handed = Path('交给别人.json').read_text('utf-8')
    told.fits(json.loads(handed))
    assert '云岭' not in handed
    assert '新来的' not in handed


@pytest.mark.parametrize('verb', [verb for verb in VERBS if verb not in ('formats', 'rules')])
def test_wrong_usage_is_told_with_2_and_no_answer(verb: str, command: Command, inbox: Path) -> None:
    ran = command(verb, '--no-such-option', *([] if verb in ('desk', 'serve') else ['--json']))
    assert (ran.status, ran.out) == (2, '')
    assert '--no-such-option' in ran.err


def test_where_there_is_no_catalogue_the_reason_is_told_with_1_and_no_answer(command: Command, inbox: Path) -> None:
    for words in (['findings'], ['search', '词'], ['explain', 'i_1'], ['check'], ['backup', 'b.db'], ['export', 'a.xlsx'], ['score', '--notice', 'x']):  # fmt: skip
        ran = command(*words, '--json')
        assert (ran.status, ran.out) == (1, ''), words
        assert '数据库' in ran.err, words


def test_a_database_with_a_fault_is_told_with_1(command: Command, inbox: Path, in_this_process: None) -> None:
    (inbox / '细则.txt').write_text(NOTICE.format(year=2025, points='1'), 'utf-8')
    assert command('ingest').status == 0
    assert command('check').status == 0
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect('data/structured/catalogue.db')) as connection:
        connection.execute("UPDATE clauses SET text = '别的字'")
        connection.commit()
    ran = command('check', '--json')
    assert ran.status == 1
    assert any(not one['ok'] for one in json.loads(ran.out)['checks'])


@pytest.mark.skipif(sys.platform == 'win32', reason='signals as of POSIX')
def test_an_interrupted_run_ends_with_130(tmp_path: Path) -> None:
    """A pipe that nobody ends holds the command until it is interrupted. It is being read when it has taken more than a pipe holds."""
    process = subprocess.Popen(
        [sys.executable, '-c', 'import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from kaohe.pipeline.__main__ import main; main()', 'show', '-'],
        cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    )  # fmt: skip
    silent = Timer(WAIT, process.kill)
    silent.start()
    try:
        assert process.stdin is not None
        process.stdin.write(b' ' * MORE_THAN_A_PIPE_HOLDS)
        process.stdin.flush()
    finally:
        silent.cancel()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=WAIT)
    assert process.returncode == 130, said.decode()
    assert b'Traceback' not in said
