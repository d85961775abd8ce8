"""The files of the log of decisions (``*.jsonl`` in its folder): read line by line, only ever added to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kaohe.pipeline.decisions.decision import Decision, as_line, in_order
from kaohe.pipeline.decisions.log.log_lines import Unfit, of_lines
from kaohe.pipeline.language.system_words import cause
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.record_lines import NOT_TEXT, Spoiled, append_lines, log_lines, open_end

FILE = 'decisions.jsonl'
_CALLED = '更正记录'


@dataclass(frozen=True, slots=True)
class Log:
    """Every decision of the log, oldest first, each once, and the lines that are set aside."""

    decisions: tuple[Decision, ...]
    spoiled: tuple[Spoiled, ...]


def read_log(folder: Path) -> Log:
    """The log in the folder. Raises `Refusal` where a file of it cannot be opened: then nobody knows what was decided."""
    found: dict[str, Decision] = {}
    spoiled: list[Spoiled] = []
    said: dict[object, object] = {}
    for file in sorted(folder.glob('*.jsonl')):
        try:
            for number, line in log_lines(file):
                try:
                    if isinstance(line, bytes):
                        raise Unfit(NOT_TEXT)
                    for decision in of_lines(line):
                        decision.share(said)
                        found[decision.id] = decision
                except Unfit as why:
                    spoiled.append(Spoiled(_CALLED, file, number, str(why)))
        except OSError as error:
            raise Refusal(f'读不了更正记录 {file}（{cause(error)}），请检查权限，或从备份恢复这个文件') from error
    return Log(in_order(found.values()), tuple(spoiled))


def append(folder: Path, decisions: Sequence[Decision], *like: Path) -> None:
    """Adds decisions to the log; they are on the disk when this returns, and none of them where it raises `Refusal`.

    A log that begins is no more open than ``like``.
    """
    file = open_end(folder, FILE)
    try:
        append_lines(file, ''.join(f'{as_line(decision)}\n' for decision in decisions).encode(), *like)
    except OSError as error:
        raise Refusal(
            f'写不了更正记录 {file}（{cause(error)}），什么也没有改；请检查权限和磁盘空间，或用 --decisions 换一个文件夹'
        ) from error
