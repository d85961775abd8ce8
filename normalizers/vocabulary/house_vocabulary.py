"""The words of one's own house, added to the vocabularies: read once, when the first vocabulary is loaded, in whatever process that is.

They stand in ``*.toml`` files of a folder (``data/house``, or what the environment variable ``KAOHE_HOUSE`` says, which worker processes inherit):
sections of keys with lists of words, all in Chinese and in quotation marks (``["表头"]``, ``"考核内容" = ["督办事项"]``), and in the same files that
plugins bring. What cannot be used is left out here and told by ``PROBLEMS``; whoever reads notices refuses to begin while there are any.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kaohe.extractors.plugins import words_of_plugins

VARIABLE: Final = 'KAOHE_HOUSE'
"""The environment variable with the folder, so that processes in other working folders find the same words."""

OF_PLUGIN: Final = '插件 '
"""Stands before the name of a plugin where a person is told whose words they are."""

SECTIONS: Final[dict[str, dict[str, str]]] = {
    '表头': {
        '序号': 'number', '项目': 'topic', '考核内容': 'content', '评分标准': 'scoring', '考核方式': 'method', '分值': 'points', '得分': 'score', '备注': 'remark', '责任人': 'person',
        '责任处室': 'responsible_office', '牵头领导': 'lead_leader', '牵头科室': 'lead_department', '配合科室': 'supporting_department', '依据来源': 'source', '其他': 'other',
    },
    '动词': {'扣分': 'deduct', '得分': 'award', '加分': 'bonus'},
    '单位': {'计数': 'counted', '目标值': 'measured'},
    '比较词': {'不低于': '>=', '高于': '>', '不高于': '<=', '低于': '<', '等于': '='},
    '页眉页脚': {'整行': 'lines'},
    '计分来源': {'名称': 'names'},
    '科室': {},
}  # fmt: skip
"""What a file may hold, and what each key means to the program; the keys of 科室 are the offices themselves."""

_LEAST: Final = {'动词': 2, '比较词': 2, '页眉页脚': 4, '计分来源': 2, '科室': 2, '表头': 1, '单位': 1}
_LONGEST: Final = {'动词': 6, '单位': 6, '比较词': 8, '表头': 20, '页眉页脚': 60, '计分来源': 20, '科室': 30}
_CHINESE = re.compile(r'[\u4e00-\u9fffA-Za-z0-9（）()、·]+')
_AT_LINE = re.compile(r'at line (\d+)')
_LEFT_BARE = re.compile(r'^\s*(?:\[\s*)?[\u4e00-\u9fff]')


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A word of the house: ``key`` says what it means within its ``section``; where it stands."""

    section: str
    key: str
    word: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class WordProblem:
    """What cannot be used, where, and what to do, in Chinese."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f'{self.file} 第 {self.line} 行：{self.what}'


def house_folder() -> Path:
    """Where the words of the house stand."""
    return Path(os.environ.get(VARIABLE) or 'data/house')


def house_files(folder: Path) -> dict[str, Path]:
    """The files with words in order, by the names under which they are told: those of plugins, then those of the folder (none where there is none)."""
    return {f'{OF_PLUGIN}{name}': file for name, file in words_of_plugins().items()} | {
        file.name: file for file in sorted(folder.glob('*.toml'))
    }


def read_house(folder: Path) -> tuple[tuple[OwnWord, ...], tuple[WordProblem, ...]]:
    """All words that can be used, in order, and what is wrong with the rest."""
    words: list[OwnWord] = []
    problems: list[WordProblem] = []
    for name, file in house_files(folder).items():
        for found in _read(name, file):
            (words if isinstance(found, OwnWord) else problems).append(found)  # type: ignore[arg-type]
    meant: dict[tuple[str, str], OwnWord] = {}
    kept = []
    for word in words:
        first = meant.setdefault((word.section, word.word), word)
        if first is not word and first.key != word.key:
            told = f'“{word.word}”在 {first.file} 第 {first.line} 行已写作“{first.key}”，这里又写作“{word.key}”；请删去一处'
            problems.append(WordProblem(word.file, word.line, told))
        elif first is word:
            kept.append(word)
    return tuple(kept), tuple(problems)


def _read(name: str, file: Path) -> Iterator[OwnWord | WordProblem]:
    import tomllib  # most houses have no words of their own

    try:
        text = file.read_bytes().decode('utf-8-sig')
        data = tomllib.loads(text)
    except UnicodeDecodeError:
        yield WordProblem(name, 1, '不是 UTF-8 编码；请用记事本“另存为”，编码选 UTF-8')
        return
    except tomllib.TOMLDecodeError as error:
        yield _unreadable(name, text, str(error))
        return
    for section, keys in data.items():
        known = SECTIONS.get(section)
        if known is None or not isinstance(keys, dict):
            told = f'没有“{section}”这一类；可写的有：{"、".join(SECTIONS)}'
            yield WordProblem(name, _line_of(text, section), told)
            continue
        for key, words in keys.items():
            line = _line_of(text, key, section)
            if known and key not in known:
                yield WordProblem(name, line, f'“{section}”里没有“{key}”；可写的有：{"、".join(known)}')
            elif not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                yield WordProblem(name, line, f'“{key}”后面要写成一串词，例如 "{key}" = ["词一", "词二"]')
            else:
                for word in words:
                    why = unusable(section, word)
                    place = _line_of(text, word, section, key)
                    yield WordProblem(name, place, why) if why else OwnWord(section, key, word, name, place)


def unusable(section: str, word: str) -> str | None:
    """Why a word cannot stand in a section, in Chinese; None where it can."""
    bare = word.replace('*', '') if section == '页眉页脚' else word
    if not bare.strip():
        return '有一个词是空的；请删去或写上'
    if bare != bare.strip() or (section != '页眉页脚' and not _CHINESE.fullmatch(bare)):
        return f'“{word}”里有空格或标点；请只写词本身'
    if len(bare) < _LEAST[section]:
        return f'“{word}”太短，会和别的词混淆；“{section}”里的词至少 {_LEAST[section]} 个字'
    if len(bare) > _LONGEST[section]:
        return f'“{word}”太长；“{section}”里的词最多 {_LONGEST[section]} 个字'
    if section in ('动词', '单位', '比较词') and any(character.isdigit() for character in bare):
        return f'“{word}”里有数字；请只写词本身'
    return None


def _unreadable(file: str, text: str, error: str) -> WordProblem:
    found = _AT_LINE.search(error)
    lines = text.splitlines()
    at = int(found[1]) if found else max(1, len(lines))
    shown = lines[at - 1] if at <= len(lines) else ''
    if _LEFT_BARE.match(shown):
        return WordProblem(file, at, '中文要写在英文引号里，例如 ["表头"] 和 "考核内容" = ["督办事项"]')
    if any(mark in shown for mark in '“”，【】＝'):
        return WordProblem(file, at, '引号、逗号、方括号和等号要用英文的：" , [ ] =')
    if 'overwrite' in error or 'twice' in error or 'mutate' in error:
        return WordProblem(file, at, '同一类或同一个键写了两次；请合在一起')
    return WordProblem(file, at, '写法不对；请对照 data/house 里的示例，看引号、逗号和方括号是否成对')


def _line_of(text: str, *path: str) -> int:
    """The line on which the first of ``path`` stands in quotation marks, behind the others of it (``path[1:]``, in order); 1 where it cannot be found."""
    begin = 0
    for word in (*path[1:], path[0]):
        found = re.compile(rf'["\']{re.escape(word)}["\']').search(text, begin)
        begin = found.start() if found else begin
    return text.count('\n', 0, begin) + 1


def house_state(folder: Path) -> str:
    """A hash of the files with words; empty where there are none."""
    files = house_files(folder)
    found = hashlib.sha256()
    for name, file in files.items():
        found.update(name.encode() + b'\0' + file.read_bytes())
    return found.hexdigest() if files else ''


STATE: Final = house_state(house_folder())
"""The files as this process has read them: words added later hold from the next start on."""
OWN_WORDS, PROBLEMS = read_house(house_folder())


def own(section: str, key: str) -> tuple[str, ...]:
    """The words of the house in a section that mean ``key`` (as ``SECTIONS`` translates it)."""
    if not OWN_WORDS:
        return ()
    meanings = SECTIONS[section]
    return tuple(word.word for word in OWN_WORDS if word.section == section and meanings[word.key] == key)
