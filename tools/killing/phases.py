"""The verbs that write, each with what must hold after it was killed and the program has run again."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.killing.office import (
    BACKUP,
    DATABASE,
    EXPORT,
    INBOX,
    LOG,
    Dump,
    decided,
    dump,
    kaohe,
    line_of,
    logged,
    points,
    rows,
)


@dataclass(frozen=True, slots=True)
class Killed:
    """An office after a kill and the program's next run: where it is, what the killed verb had told, what an undisturbed run makes of it."""

    folder: Path
    told: str
    whole: Dump


@dataclass(frozen=True, slots=True)
class Phase:
    """A verb: the words of its command, how the office is prepared for it, and what is wrong afterwards (None: nothing)."""

    name: str
    words: Callable[[Path], tuple[str, ...]]
    judge: Callable[[Killed], str | None]
    prepare: Callable[[Path], None] = lambda folder: None


def _ingest(folder: Path) -> tuple[str, ...]:
    return 'ingest', 'in', '--db', 'c.db'


def _nothing_yet(folder: Path) -> None:
    (folder / DATABASE).unlink()
    shutil.rmtree(folder / LOG)
    shutil.rmtree(folder / 'c.receipts')


def _more(folder: Path) -> None:
    for name in ('丙细则', '丁细则'):
        text = (folder / INBOX / '青川市甲细则.txt').read_text('utf-8').replace('甲细则', name)
        (folder / INBOX / f'青川市{name}.txt').write_text(text, 'utf-8')
    changed = folder / INBOX / '青川市乙细则.txt'
    changed.write_text(changed.read_text('utf-8').replace('扣2分', '扣3分'), 'utf-8')


def _older(folder: Path) -> None:
    (folder / 'older.db').replace(folder / DATABASE)
    shutil.rmtree(folder / LOG)
    (folder / 'older.decisions').replace(folder / LOG)


def _without_receipts(folder: Path) -> None:
    shutil.rmtree(folder / 'c.receipts')


def _same(killed: Killed) -> str | None:
    now = dump(killed.folder / DATABASE)
    if now == killed.whole:
        return None
    return f'differs from the undisturbed run in {[name for name in now if now[name] != killed.whole.get(name)]}'


def _migrated(killed: Killed) -> str | None:
    if not decided(killed.folder / DATABASE) or not rows(
        killed.folder / DATABASE, "SELECT 1 FROM documents WHERE id = 'd_old'"
    ):
        return 'lost: what the older catalogue held'
    return _same(killed)


def _corrected(killed: Killed) -> str | None:
    now = points(killed.folder, 2)
    if now not in (10.0, 9.0):
        return f'half: {now} points'
    return 'lost: told, and not there' if '→' in killed.told and now != 9.0 else None


def _all_or_none(count: int, told: str, query: str) -> Callable[[Killed], str | None]:
    def judge(killed: Killed) -> str | None:
        found = rows(killed.folder / DATABASE, query)[0][0]
        if found not in (0, count):
            return f'half: {found} of {count}'
        return 'lost: told, and not there' if told in killed.told and not found else None

    return judge


def _forgotten(killed: Killed) -> str | None:
    left = rows(killed.folder / DATABASE, "SELECT count(*) FROM documents WHERE title LIKE '%旧办法'")[0][0]
    return 'lost: told, and still there' if '已删去' in killed.told and left else None


def _backed_up(killed: Killed) -> str | None:
    file, log = killed.folder / BACKUP, killed.folder / 'backup.decisions'
    checked = kaohe(killed.folder, 'check', '--db', BACKUP.name)
    if checked.returncode:
        return f'half: the backup is not whole: {checked.stdout[-300:]}{checked.stderr[-300:]}'
    missing = decided(file) - logged(log)
    if missing:
        return f'lost: {len(missing)} decisions of the backup are not in its log'
    if '已备份' in killed.told and decided(file) != decided(killed.folder / DATABASE):
        return 'lost: told, and the older backup is there'
    return None


def _restored(killed: Killed) -> str | None:
    if points(killed.folder, 0) != 6.0 or points(killed.folder, 1) not in (5.0, 7.0):
        return f'half: {points(killed.folder, 0)}, {points(killed.folder, 1)} points'
    again = kaohe(killed.folder, 'restore', 'backup.db', '--db', 'c.db', '--force')
    if again.returncode or (points(killed.folder, 0), points(killed.folder, 1)) != (6.0, 5.0):
        return f'locked: it cannot be restored again: {again.stderr[-300:]}'
    return None


def _receipts(killed: Killed) -> str | None:
    folder = killed.folder / 'c.receipts'
    ends = [path.name for path in folder.glob('*.html') if not path.read_text('utf-8').rstrip().endswith('</html>')]
    if ends:
        return f'half: {ends}'
    documents = rows(killed.folder / DATABASE, 'SELECT count(*) FROM documents')[0][0]
    count = len([*folder.glob('*.html')]) - 1
    return None if count == documents else f'lost: {count} receipts of {documents} notices'


def _exported(killed: Killed) -> str | None:
    try:
        with zipfile.ZipFile(killed.folder / EXPORT) as book:
            bad = book.testzip()
    except (OSError, zipfile.BadZipFile) as error:
        bad = str(error)
    return None if bad is None else f'half: the export is broken: {bad}'


_SIGNED = "SELECT count(*) FROM sign_offs WHERE signed_by = '王五'"
_SCORED = 'SELECT count(*) FROM assessments'
_APPLIED = "SELECT count(*) FROM corrections WHERE decided_by = '李四'"

PHASES = (
    Phase('first run', _ingest, _same, _nothing_yet),
    Phase('later run', _ingest, _same, _more),
    Phase('migrate', _ingest, _migrated, _older),
    Phase('receipts', _ingest, _receipts, _without_receipts),
    Phase('correct', lambda folder: ('correct', line_of(folder, 2), '分值', '9', '--by', '张三', '--db', 'c.db'), _corrected),
    Phase('apply', lambda folder: ('apply', 'edited.xlsx', '--by', '李四', '--yes', '--db', 'c.db'), _all_or_none(3, '已存下', _APPLIED)),
    Phase('sign', lambda folder: ('sign', '甲细则', '--by', '王五', '--db', 'c.db'), _all_or_none(1, '已核对', _SIGNED)),
    Phase('score', lambda folder: ('score', '--answers', 'form.json', '--by', '王五', '--db', 'c.db'), _all_or_none(1, '收到', _SCORED)),
    Phase('forget', lambda folder: ('forget', '旧办法', '--yes', '--db', 'c.db'), _forgotten),
    Phase('backup', lambda folder: ('backup', 'backup.db', '--force', '--db', 'c.db'), _backed_up),
    Phase('restore', lambda folder: ('restore', 'backup.db', '--force', '--db', 'c.db'), _restored),
    Phase('export', lambda folder: ('export', 'out.xlsx', '--db', 'c.db'), _exported),
)  # fmt: skip
