"""The words of the house before anything is read with them: all must be sound, and those that this process has loaded."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Final

from kaohe.extractors.plugins import advice, package_of_words
from kaohe.normalizers.vocabulary.house_vocabulary import (
    OF_PLUGIN,
    OWN_WORDS,
    PROBLEMS,
    SECTIONS,
    STATE,
    VARIABLE,
    OwnWord,
    WordProblem,
    house_folder,
    house_state,
)
from kaohe.pipeline.refusal import Refusal

_MOST_TOLD = 8
_VERBS: Final = {'deduct': '扣分', 'award': '得分', 'bonus': '加分'}


def require_sound_words() -> None:
    """Raises `Refusal` with file, line and what is wrong where a word of the house cannot be used, or the files changed since the program was started.

    The folder is pinned in the environment, so that processes in other working folders read with the same words.
    """
    os.environ[VARIABLE] = str(house_folder().absolute())
    if house_state(house_folder()) != STATE:
        raise Refusal('自有词汇（data/house）在程序启动以后改过：请关掉本程序，重新打开再读入')
    problems = [*PROBLEMS, *contradictions(OWN_WORDS)]
    brought = [problem for problem in problems if problem.file.startswith(OF_PLUGIN)]
    if brought:
        packages = sorted({package_of_words(problem.file.removeprefix(OF_PLUGIN)) for problem in brought})
        raise Refusal(f'插件带来的词汇有 {len(brought)} 处不能用：{_told(brought)}。{advice(*packages)}，再读入', 2)
    if problems:
        raise Refusal(f'自有词汇（{house_folder()}）有 {len(problems)} 处要改，改好再读入。{_told(problems)}', 2)


def _told(problems: Sequence[WordProblem]) -> str:
    more = f'；……还有 {len(problems) - _MOST_TOLD} 处' if len(problems) > _MOST_TOLD else ''
    return f'{"；".join(map(str, problems[:_MOST_TOLD]))}{more}'


def contradictions(words: tuple[OwnWord, ...]) -> Iterator[WordProblem]:
    """Words that the program knows already in another sense."""
    if not words:
        return
    from kaohe.normalizers.vocabulary import header_words, point_words, target_words

    verbs = {
        'deduct': point_words.DEDUCT,
        'award': point_words.AWARD,
        'bonus': point_words.BONUS,
    }
    for word in words:
        means = SECTIONS[word.section].get(word.key)
        other: str | None = None
        if word.section == '表头':
            classes = [kind for kind, heads in header_words.HEADS.items() if word.word in heads and kind != means]
            other = next((key for key, kind in SECTIONS['表头'].items() if kind in classes), None)
        elif word.section == '动词':
            other = next((_VERBS[kind] for kind, known in verbs.items() if kind != means and word.word in known), None)
        elif word.section == '比较词' and (sign := target_words.BEFORE.get(word.word)) not in (None, means):
            other = next(key for key, known in SECTIONS['比较词'].items() if known == sign)
        if other is not None:
            told = f'程序已把“{word.word}”认作“{other}”，不能又作“{word.key}”；请删去'
            yield WordProblem(word.file, word.line, told)
