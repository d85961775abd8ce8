"""The file of the house's words that the command writes: words are put in and taken out, everything else of the folder is left alone."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Final

from kaohe.normalizers.vocabulary.house_vocabulary import SECTIONS, OwnWord, read_house, unusable
from kaohe.pipeline.planning.house_words import contradictions
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.whole_files import replace_bytes

ADDED: Final = 'added.toml'
_QUOTED = re.compile(r'"[^"]*"')
_HEAD = '# 由 kaohe words 写出；也可以自己改。写法见同一文件夹里的 example.toml.off\n'


def with_words(folder: Path, section: str, key: str, words: tuple[str, ...]) -> bytes:
    """What the file holds with these words too. Raises `Refusal` where they cannot be used."""
    if section not in SECTIONS:
        raise Refusal(f'没有“{section}”这一类；可写的有：{"、".join(SECTIONS)}', 2)
    if SECTIONS[section] and key not in SECTIONS[section]:
        raise Refusal(f'“{section}”里没有“{key}”；可写的有：{"、".join(SECTIONS[section])}', 2)
    known = _sound(folder)
    for word in words:
        if why := unusable(section, word):
            raise Refusal(why, 2)
        for other in known:
            if (other.section, other.word) == (section, word) and other.key != key:
                raise Refusal(f'“{word}”在 {other.file} 第 {other.line} 行已写作“{other.key}”', 2)
    new = tuple(OwnWord(section, key, word, ADDED, 1) for word in words)
    for found in contradictions(new):
        raise Refusal(found.what, 2)
    return _printed(folder, [*(word for word in known if word.file == ADDED), *new])


def without_words(folder: Path, section: str, key: str, words: tuple[str, ...]) -> bytes:
    """What the file holds without these words. Raises `Refusal` where one does not stand in it, or a word of the house cannot be used."""
    known = [word for word in _sound(folder) if word.file == ADDED]
    for word in words:
        if not any((other.section, other.key, other.word) == (section, key, word) for other in known):
            raise Refusal(f'{folder / ADDED} 里没有“{section}”“{key}”的“{word}”；写在别的文件里的，请到那里删去', 2)
    return _printed(
        folder, [word for word in known if (word.section, word.key) != (section, key) or word.word not in words]
    )


def store(folder: Path, data: bytes) -> Path:
    """Writes the file, whole or not at all, and says where."""
    folder.mkdir(parents=True, exist_ok=True)
    replace_bytes(folder / ADDED, data)
    return folder / ADDED


def _sound(folder: Path) -> tuple[OwnWord, ...]:
    """The words of the house; refused where one cannot be used, which writing the file anew would drop."""
    known, problems = read_house(folder)
    if problems:
        raise Refusal(f'先改好已有的词：{problems[0]}', 2)
    return known


def _printed(folder: Path, words: list[OwnWord]) -> bytes:
    """The file with these words. Remarks that people wrote into it are kept, above the words."""
    file = folder / ADDED
    lines = file.read_text('utf-8').splitlines() if file.exists() else []
    bare = [_QUOTED.sub('', line) for line in lines if f'{line}\n' != _HEAD]
    remarks = [f'{line[line.index("#") :]}\n' for line in bare if '#' in line]
    by_section: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for word in words:
        by_section[word.section][word.key][word.word] = None
    parts = [_HEAD, *remarks]
    for section in sorted(by_section, key=list(SECTIONS).index):
        parts.append(f'\n["{section}"]\n')
        parts += [
            f'"{key}" = [{", ".join(f"{chr(34)}{word}{chr(34)}" for word in found)}]\n'
            for key, found in by_section[section].items()
        ]
    return ''.join(parts).encode()
