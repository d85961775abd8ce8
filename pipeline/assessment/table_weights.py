"""How much each table counts for the notice's total, where the notice prints it (总分＝日常考核×70%＋年终考核×30%)."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from kaohe.normalizers.scoring.score_totals import ScoredTable, TableWeights

_SHARE: Final = r'(\d{1,2}(?:\.\d+)?\s*%|0\.\d+)'
_FORMULA: Final = re.compile(r'(?:总|得|成绩|合计|最终|年度|考核)[^。,;=\n]{0,8}=([^。,;\n]+)')
_TERM: Final = re.compile(rf'^\(?(.+?)\)?\s*[×xX*·]\s*{_SHARE}$|^{_SHARE}\s*[×xX*·]\s*\(?(.+?)\)?$')
_LISTED: Final = re.compile(
    rf'([^。、,;:()\s\d%]{{2,20}}?)(?:得分|分数|成绩|分值)?(?:的)?(?:各|分别)?(?:权重)?(?:占|按|权重为|权重|的权重为)(?:总分的?|总成绩的?)?{_SHARE}'
)
_LETTER: Final = re.compile(r'([A-ZＡ-Ｚ])\s*(?:为|是|指|表示|代表|=|:)\s*([^。、,;\n]{2,20})')
_TITLED: Final = re.compile(rf'[(（][^()（）]*?(?:占|权重|比重)[^()（）\d]{{0,6}}{_SHARE}[^()（）]*[)）]')
_EMPTY: Final = re.compile(
    r'考核|考评|评价|得分|分数|成绩|分值|结果|情况|评分|标准|细则|办法|实施|附件|附表|总分|平均|百分制|其中|指标|项目|[表分的各(（)）《》“”"\s\d]'
)


def read_weights(connection: sqlite3.Connection, document: str, sheets: Sequence[ScoredTable]) -> TableWeights | None:
    """The weights of these tables; None where the notice prints none that name each of them and come to 100 % together."""
    if len(sheets) < 2:
        return None
    texts = [
        unicodedata.normalize('NFKC', row[0] or '')
        for row in connection.execute(
            "SELECT text FROM blocks WHERE document_id = ? AND kind <> 'table' ORDER BY ordinal", (document,)
        )
    ]
    letters = dict(match for text in texts for match in _LETTER.findall(text))
    for text in texts:
        told = weights_in(text)
        if len(told) == len(sheets) and sum(told.values()) == 1:
            named = {letters.get(name, name): share for name, share in told.items()}
            found = _placed(named, sheets)
            if found is not None:
                return TableWeights(text.strip()[:80], found)
    titled = {sheet.id: match for sheet in sheets if (match := _TITLED.search(sheet.title or ''))}
    shares = {one: _share(match[1]) for one, match in titled.items()}
    if len(shares) == len(sheets) and sum(shares.values()) == 1:
        return TableWeights('；'.join(sheet.title or '' for sheet in sheets)[:80], shares)
    return None


def weights_in(text: str) -> dict[str, Decimal]:
    """The names and the shares (0 to 1) that a sentence prints as parts of a total."""
    text = unicodedata.normalize('NFKC', text)
    formula = _FORMULA.search(text)
    if formula is not None:
        terms = [_TERM.match(part.strip()) for part in re.split(r'[+]', formula[1])]
        if all(terms):
            return {(term[1] or term[4]).strip(): _share(term[2] or term[3]) for term in terms if term is not None}
    return {name: _share(share) for name, share in _LISTED.findall(text)}


def _placed(named: Mapping[str, Decimal], sheets: Sequence[ScoredTable]) -> dict[str, Decimal] | None:
    """The shares by table: each name says one table and no other."""
    found: dict[str, Decimal] = {}
    for name, share in named.items():
        words = _EMPTY.sub('', name)
        fits = [sheet.id for sheet in sheets if _alike(words, _EMPTY.sub('', sheet.title or ''))]
        if len(fits) != 1 or fits[0] in found:
            return None
        found[fits[0]] = share
    return found


def _alike(name: str, title: str) -> bool:
    return bool(name and title) and (name in title or title in name)


def _share(told: str) -> Decimal:
    return Decimal(told.rstrip('% ')) / 100 if told.endswith('%') else Decimal(told)
