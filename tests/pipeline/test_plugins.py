"""Plugins, as docs/plugins.md says: the package of the page is put on the path and used by the real command."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from kaohe.extractors.document import Block, Cell, Document, Table
from kaohe.extractors.findings import Finding
from kaohe.extractors.known_format import Format
from kaohe.pipeline.database.summary import Summary
from kaohe.pipeline.ingestion.after_store import address, command, tell_listeners, what_changed
from kaohe.pipeline.ingestion.report import Report, Result

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / 'docs' / 'plugins.md').read_text('utf-8')


def installed(folder: Path, module: str, words: str) -> None:
    """Lays a plugin into a folder as pip does."""
    (folder / 'kaohe_wenku').mkdir()
    (folder / 'kaohe_wenku' / '__init__.py').write_text(module, 'utf-8')
    (folder / 'kaohe_wenku' / 'words.toml').write_text(words, 'utf-8')
    info = folder / 'kaohe_wenku-0.1.dist-info'
    info.mkdir()
    (info / 'METADATA').write_text('Metadata-Version: 2.1\nName: kaohe-wenku\nVersion: 0.1\n')
    (info / 'entry_points.txt').write_text('[kaohe.plugins]\nwenku = kaohe_wenku\n[kaohe.words]\nwenku = kaohe_wenku\n')


def run(folder: Path, *arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {'PYTHONPATH': f'{ROOT / "src"}{os.pathsep}{folder}', 'PYTHONUTF8': '1'}
    return subprocess.run(
        [sys.executable, '-m', 'kaohe', *map(str, arguments)], capture_output=True, text=True, encoding='utf-8', env=environment,
        cwd=cwd or folder,
    )  # fmt: skip


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    code, _ = re.findall(r'```python\n(.*?)```', PAGE, re.DOTALL)
    (words,) = re.findall(r'```toml\n# kaohe_wenku/words.toml.*?\n(.*?)```', PAGE, re.DOTALL)
    installed(tmp_path, code, words)
    inbox = tmp_path / 'in'
    inbox.mkdir()
    (inbox / '甲.wenku').write_text('WENKU\n云岭市考核细则\n\n每缺一项扣1分。\n', 'utf-8')
    return tmp_path


def test_a_plugin_brings_a_format_a_check_and_something_to_do_after_a_run(plugin: Path) -> None:
    assert '文库文件' in run(plugin, 'formats').stdout
    done = run(plugin, 'ingest', 'in', '--db', 'c.db', '--no-receipts')
    assert done.returncode == 0, done.stderr
    assert 'stored [' in done.stderr, 'what a plugin prints is no part of the data'
    assert '没有印发文机关' in run(plugin, 'findings', '--db', 'c.db').stdout


def test_a_plugin_in_an_archive_on_the_path_is_found(plugin: Path) -> None:
    (plugin / 'kaohe_wenku-0.1.dist-info' / 'entry_points.txt').write_text('[kaohe.plugins]\nwenku = kaohe_wenku\n')
    archive = plugin / 'plugins.zip'
    with zipfile.ZipFile(archive, 'w') as packed:
        for file in plugin.glob('kaohe_wenku*/*'):
            packed.write(file, file.relative_to(plugin))
    for folder in plugin.glob('kaohe_wenku*'):
        shutil.rmtree(folder)
    assert '文库文件' in run(archive, 'formats', cwd=plugin).stdout


def test_what_reads_plugins_is_loaded_only_where_there_are_some(
    plugin: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    program = 'import sys, kaohe.extractors.formats; print("importlib.metadata" in sys.modules)'
    for folder, loaded in ((plugin, 'True'), (tmp_path_factory.mktemp('none'), 'False')):
        place = f'{ROOT / "src"}{os.pathsep}{folder}'
        done = subprocess.run(
            [sys.executable, '-c', program],
            capture_output=True,
            text=True,
            env=os.environ | {'PYTHONPATH': place},
            cwd=folder,
        )
        assert done.stdout.strip() == loaded, done.stderr


def test_what_a_plugin_does_wrong_after_a_run_is_told_and_changes_nothing(plugin: Path) -> None:
    module = plugin / 'kaohe_wenku' / '__init__.py'
    module.write_text(module.read_text('utf-8').replace("print('stored', documents)", "raise KeyError('x')"), 'utf-8')
    done = run(plugin, 'ingest', 'in', '--db', 'c.db', '--no-receipts', '--json')
    assert done.returncode == 0
    (complaint,) = json.loads(done.stdout)['complaints']
    assert '插件 wenku 出错' in complaint
    assert complaint in done.stderr
    assert run(plugin, 'check', '--db', 'c.db').returncode == 0


def test_a_plugin_that_prints_or_has_a_thread_disturbs_no_run(plugin: Path) -> None:
    module = plugin / 'kaohe_wenku' / '__init__.py'
    noisy = (
        "def kaohe_checks(catalogue):\n    import threading, time\n    print('!')\n"
        '    threading.Thread(target=time.sleep, args=(5,), daemon=True).start()\n'
    )
    text = module.read_text('utf-8')
    changed = re.sub(r'def kaohe_checks\(catalogue.*\n', lambda _: noisy, text)
    assert changed != text
    module.write_text(changed, 'utf-8')
    done = run(plugin, 'ingest', 'in', '--db', 'c.db', '--no-receipts', '--json')
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)['changed']


def test_a_check_is_asked_by_readers_alone_which_are_kept_to_limits(plugin: Path) -> None:
    changed(plugin, 'if catalogue.notice.title', "open('asked', 'w').close()\n    if catalogue.notice.title")
    environment = os.environ | {'PYTHONPATH': f'{ROOT / "src"}{os.pathsep}{plugin}'}
    load = [sys.executable, '-c', 'import kaohe.pipeline.readers.preload']
    subprocess.run(load, env=environment, cwd=plugin, check=True)
    assert not (plugin / 'asked').exists()
    assert run(plugin, 'ingest', 'in', '--db', 'c.db', '--no-receipts').returncode == 0
    assert (plugin / 'asked').exists()


def test_a_file_is_read_again_when_a_plugin_goes(plugin: Path) -> None:
    run(plugin, 'ingest', 'in', '--db', 'c.db', '--no-receipts')
    (plugin / 'kaohe_wenku-0.1.dist-info' / 'entry_points.txt').unlink()
    done = run(plugin, 'ingest', 'in', '--db', 'c.db', '--no-receipts')
    assert '没有印发文机关' not in run(plugin, 'findings', '--db', 'c.db').stdout
    assert done.returncode == 0


def test_a_plugin_brings_words(plugin: Path) -> None:
    told = json.loads(run(plugin, 'words', '--json').stdout)['words']
    assert [(word['key'], word['word'], word['file']) for word in told] == [('不低于', '不亚于', '插件 wenku')]
    sentence = '满意度不亚于90%得2分'
    with_them = run(plugin, 'words', '--try', sentence, '--json').stdout
    (plugin / 'kaohe_wenku-0.1.dist-info' / 'entry_points.txt').unlink()
    assert json.loads(with_them)['now'] != json.loads(run(plugin, 'words', '--try', sentence, '--json').stdout)['now']


def test_a_word_of_a_plugin_that_cannot_be_used_is_told_with_its_name(plugin: Path) -> None:
    (plugin / 'kaohe_wenku' / 'words.toml').write_text('["动词"]\n"得分" = ["扣分"]\n', 'utf-8')
    done = run(plugin, 'ingest', 'in', '--db', 'c.db', '--no-receipts')
    assert done.returncode == 2
    assert '插件 wenku 第 2 行' in done.stderr


def test_a_plugin_that_cannot_be_loaded_is_named(plugin: Path) -> None:
    (plugin / 'kaohe_wenku' / 'words.toml').unlink()
    assert '插件 wenku 不能用（kaohe_wenku 里没有 words.toml）' in run(plugin, 'ingest', 'in', '--db', 'c.db').stderr
    (plugin / 'kaohe_wenku' / 'words.toml').write_text('', 'utf-8')
    (plugin / 'kaohe_wenku' / '__init__.py').write_text('import kaohe_not_there', 'utf-8')
    assert '插件 wenku 不能用（ModuleNotFoundError' in run(plugin, 'ingest', 'in', '--db', 'c.db').stderr


def test_a_plugin_may_import_what_its_words_go_into(plugin: Path) -> None:
    module = plugin / 'kaohe_wenku' / '__init__.py'
    module.write_text(f'from kaohe.normalizers.grammar.clauses import scan\n{module.read_text("utf-8")}', 'utf-8')
    done = run(plugin, 'ingest', 'in', '--db', 'c.db', '--no-receipts')
    assert done.returncode == 0, done.stderr


def test_the_table_of_the_page_is_read(plugin: Path) -> None:
    _, table = re.findall(r'```python\n(.*?)```', PAGE, re.DOTALL)
    module = plugin / 'kaohe_wenku' / '__init__.py'
    module.write_text(f'{module.read_text("utf-8")}\n{table}', 'utf-8')  # its `read` comes last
    (line,) = json.loads(run(plugin, 'show', 'in/甲.wenku', '--json').stdout)['indicators']
    assert line['points'] in (5, '5')


TYPES = {
    'document.Document': Document, 'document.Block': Block, 'document.Table': Table, 'document.Cell': Cell, 'findings.Finding': Finding,
    'known_format.Format': Format,
}  # fmt: skip


@pytest.mark.parametrize('name', TYPES)
def test_the_page_names_every_field_of_the_types(name: str) -> None:
    (told,) = [line for line in PAGE.splitlines() if line.startswith(f'| `{name}`')]
    missing = [field.name for field in fields(TYPES[name]) if not re.search(rf'`{field.name}\b', told)]
    assert missing == []


def changed(plugin: Path, before: str, after: str) -> None:
    module = plugin / 'kaohe_wenku' / '__init__.py'
    code = module.read_text('utf-8')
    assert before in code
    module.write_text(code.replace(before, after), 'utf-8')


@pytest.mark.parametrize(
    ('wrong', 'why'),
    [
        ("raise KeyError('x')", 'KeyError'),
        ('return 7', 'TypeError'),
        ('return [7]', '不是 int'),
        ("return [Finding('other.code', 'info', 'notice', '话')]", '“wenku.”开头'),
        ("return [Finding('wenku.code', 'grave', 'notice', '话')]", 'severity'),
        ("return [Finding('wenku.code', 'info', 'notice', '话', table=9)]", '不存在'),
    ],
)
def test_a_check_that_fails_is_left_out_and_told_with_plugin_and_package(plugin: Path, wrong: str, why: str) -> None:
    changed(plugin, 'if catalogue.notice.title', f'{wrong}\n    if catalogue.notice.title')
    (plugin / 'in' / '乙.txt').write_text('云岭市考核细则\n\n每缺一项扣1分。\n', 'utf-8')
    done = run(plugin, 'ingest', 'in', '--db', 'c.db', '--no-receipts')
    assert done.returncode == 1
    assert 'Traceback' not in done.stderr
    (line,) = [line for line in done.stderr.splitlines() if 'wenku' in line and '检查没有用上' in line]
    assert line.startswith('! 2 份通知：插件 wenku 的检查没有用上（')
    assert why in line
    assert 'pip uninstall kaohe-wenku' in line
    assert '读入 2 个' in done.stderr
    assert '检查没有用上' in run(plugin, 'show', 'in/乙.txt').stdout
    assert '检查没有用上' in run(plugin, 'findings', '--db', 'c.db').stdout
    again = run(plugin, 'ingest', 'in', '--db', 'c.db', '--no-receipts')
    assert again.returncode == 1, 'it is still left out'
    script = "import kaohe; print(kaohe.read(open('in/乙.txt', 'rb').read(), '乙.txt').findings)"
    environment = os.environ | {'PYTHONPATH': f'{ROOT / "src"}{os.pathsep}{plugin}', 'PYTHONUTF8': '1'}
    library = subprocess.run(
        [sys.executable, '-c', script], capture_output=True, text=True, env=environment, cwd=plugin
    )
    assert 'plugin.check' in library.stdout, library.stderr


@pytest.mark.parametrize(
    ('before', 'after', 'why'),
    [
        ('return Document(', 'raise KeyError(3)\n    return Document(', 'KeyError: 3，__init__.py 第 '),
        ('return Document(', 'return str(', 'TypeError'),
        ("Document('wenku', ", "Document('wenku', (Block('table', table=0),) + ", 'ValueError'),
    ],
)
def test_a_format_that_fails_is_told_with_plugin_and_package(plugin: Path, before: str, after: str, why: str) -> None:
    changed(plugin, before, after)
    (plugin / 'in' / '乙.txt').write_text('云岭市考核细则\n\n每缺一项扣1分。\n', 'utf-8')
    done = run(plugin, 'ingest', 'in', '--db', 'c.db', '--no-receipts')
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if line.startswith('✗ ')]
    assert '插件 wenku 读不了这个文件（' in line
    assert why in line
    assert 'pip uninstall kaohe-wenku' in line
    assert '维护者' not in line
    assert '读入 1 个' in done.stderr
    assert 'pip uninstall kaohe-wenku' in run(plugin, 'show', 'in/甲.wenku').stderr


def test_a_format_that_cannot_tell_its_files_is_told(plugin: Path) -> None:
    changed(plugin, "signs.data.startswith(b'WENKU')", '1 / 0')
    (plugin / 'in' / '丙.html').write_text(
        '<html><body><p>云岭市考核细则</p><p>每缺一项扣1分。</p></body></html>', 'utf-8'
    )
    done = run(plugin, 'ingest', 'in', '--db', 'c.db', '--no-receipts')
    assert 'Traceback' not in done.stderr
    assert '插件 wenku 读不了这个文件（ZeroDivisionError' in done.stderr
    assert '读入 1 个' in done.stderr, 'what is recognised before it is asked is read'


@pytest.mark.parametrize(
    ('before', 'after'),
    [
        ('from kaohe.extractors.known_format', 'import kaohe_not_there\nfrom kaohe.extractors.known_format'),
        ('return [Format(', 'return 1 / 0, [Format('),
        ('return [Format(', "return ['wenku'] + [Format("),
    ],
)
def test_a_plugin_that_does_not_load_is_told_with_its_package(plugin: Path, before: str, after: str) -> None:
    changed(plugin, before, after)
    for words in (('ingest', 'in', '--db', 'c.db'), ('show', 'in/甲.wenku'), ('formats',)):
        done = run(plugin, *words)
        assert done.returncode == 1
        (line,) = done.stderr.splitlines()
        assert line.startswith('错误：插件 wenku 不能用（')
        assert 'pip uninstall kaohe-wenku' in line
        assert '维护者' not in line


def test_a_bad_word_of_a_plugin_is_not_blamed_on_the_house(plugin: Path) -> None:
    (plugin / 'kaohe_wenku' / 'words.toml').write_text('["动词"]\n"得分" = ["扣分"]\n', 'utf-8')
    done = run(plugin, 'ingest', 'in', '--db', 'c.db')
    assert done.returncode == 2
    assert 'data/house' not in done.stderr
    assert 'pip uninstall kaohe-wenku' in done.stderr


REPORT = Report(
    (Result('密级.docx', 'stored', Summary('d_1', 'docx', 'assessment', '标题', 'ok', None, 1, 2, 3, 0, 1, 0, 4, 4)),)
)


def test_what_others_are_told_holds_no_text_and_no_name() -> None:
    told = json.dumps(what_changed(REPORT), ensure_ascii=False)
    assert 'd_1' in told
    assert '密级' not in told
    assert '标题' not in told


def test_a_command_gets_what_changed(tmp_path: Path) -> None:
    out = tmp_path / 'out'
    line = f'{sys.executable} -c "import sys; open({str(out)!r}, \'w\').write(sys.stdin.read())"'
    assert list(tell_listeners(REPORT, [(line, command(line))])) == []
    assert json.loads(out.read_text())['documents'][0]['lines'] == 2


@pytest.mark.parametrize(
    ('words', 'said'),
    [
        ('"import sys; sys.exit(\'it was no good\')"', '结束状态 1：it was no good'),
        ('"import time; time.sleep(60)"', '1 秒还没有结束'),
    ],
)
def test_what_went_wrong_in_a_command_is_told(words: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr('kaohe.pipeline.ingestion.after_store._LONGEST', 1.0 if 'time' in words else 60.0)
    line = f'{sys.executable} -c {words}'
    (complaint,) = tell_listeners(REPORT, [(line, command(line))])
    assert said in complaint
    assert '数据已存好' in complaint


def test_a_command_that_is_not_there_is_told() -> None:
    (complaint,) = tell_listeners(REPORT, [('没有 这个', command('没有 这个'))])
    assert '找不到这个程序' in complaint


def test_a_command_of_nothing_is_told_at_once() -> None:
    with pytest.raises(ValueError, match='命令是空的'):
        command(' ')


def test_a_quote_that_is_open_is_told_at_once() -> None:
    with pytest.raises(ValueError, match='引号不成对'):
        command('cat "x')


def test_on_windows_the_system_takes_a_command_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[object] = []

    def run(parts: object, **told: object) -> subprocess.CompletedProcess[bytes]:
        ran.append(parts)
        return subprocess.CompletedProcess([], 0, b'', b'')

    line = r'"C:\tools\new one.exe" C:\out'
    with monkeypatch.context() as windows:
        windows.setattr('kaohe.pipeline.ingestion.after_store.os.name', 'nt')
        told = command(line)
    monkeypatch.setattr(subprocess, 'run', run)
    assert list(tell_listeners(REPORT, [(line, told)])) == []
    assert ran == [line]


@pytest.fixture
def server() -> Iterator[tuple[str, list[bytes]]]:
    """An address of this machine that takes what is posted; it refuses the first."""
    got: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers['Content-Length'])))
            self.send_response(500 if len(got) == 1 else 204)
            self.end_headers()

        def log_message(self, *told: object) -> None:
            pass

    with HTTPServer(('127.0.0.1', 0), Handler) as found:
        thread = threading.Thread(target=found.serve_forever)
        thread.start()
        yield f'http://127.0.0.1:{found.server_port}/', got
        found.shutdown()
        thread.join()


def test_an_address_gets_what_changed_and_its_failure_is_told(server: tuple[str, list[bytes]]) -> None:
    url, got = server
    assert len(list(tell_listeners(REPORT, [(url, address(url))]))) == 1
    assert list(tell_listeners(REPORT, [(url, address(url))])) == []
    assert json.loads(got[1])['schema'] == 'kaohe.stored/1'


def test_only_web_addresses_are_posted_to() -> None:
    with pytest.raises(ValueError, match='不是 http'):
        address('file:///etc/passwd')
