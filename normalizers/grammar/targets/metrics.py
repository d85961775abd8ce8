"""What a number measures: the shortest noun phrase beside it (ruling 19).

Works on the white-space-free text of ``surface``. Rates and changes keep the whole phrase before the number (``门诊病人使用中药饮片比例``); counts only
what follows the last verb that merely introduces it (``选派业务骨干外出进修`` → ``业务骨干外出进修``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from kaohe.extractors import labels
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.surface import Surface
from kaohe.normalizers.text.folding import halfwidth
from kaohe.normalizers.text.words import Word, words
from kaohe.normalizers.vocabulary import phrase_words, report_words
from kaohe.normalizers.vocabulary import target_words as vocabulary
from kaohe.normalizers.vocabulary.aside_words import ASIDE
from kaohe.normalizers.vocabulary.basis_words import EARLIER

_STOPS = rf'[。;,:!?\n→]|(?={labels.SIGN})'
_BREAKS = (
    rf'{_STOPS}|(?<=\d分)、|(?<=\d分\))、|(?<=不得分)、|(?<=不扣分)、|(?<![\d第、]){labels.printed("arabic")}、(?!\d)'
)
_BREAK = re.compile(_BREAKS)
_LAST_STOP = re.compile(rf'(?s:.)*(?:{_STOPS})')
_LAST_BREAK = re.compile(rf'(?s:.)*(?:{_BREAKS})')
LABEL = re.compile(
    rf'\s*(?:[A-H][.、．)]|\(?{labels.printed("half_bracketed")}|{labels.printed("arabic")}[、.．](?!\d)|{labels.SIGN}|{labels.printed("han_bracketed")}|{labels.printed("han")}、'
    rf'|[★☆▲△●■◆※]|[、.](?!\d)|“(?=[^”]*$)|(?:和|及(?![时格])|或|与)(?!平|{"|".join(EARLIER)}))'
)
_ASIDE = re.compile(ASIDE)
_ASCII = re.compile(r'[\x00-\x7f]')
_RELATED = re.compile(r'(?:相关|有关)(?=[“《\u4e00-\u9fff]{2})')
_GROUP = re.compile(r'\([^()]*\)$')
_RATE = re.compile(rf'{either(phrase_words.RATE_HEADS)}(?:\([^()]*\))?$')
_GENERAL = re.compile('(?:情况|工作|任务|事项|管理|建设|内容|项目|要求|措施)$')
_CHANGES = frozenset({*vocabulary.UP, *vocabulary.DOWN}) - {'增幅', '降幅', '增速', '涨幅', '跌幅', '新增', '净增'}
_AMOUNT_ENDS = re.compile(r'\d分$')
_PARTS = re.compile(r'(?:、|和|及|与|以及)(?![^(]*\))')
_SKIPPED = '\0'
_LONGEST_NOUN = 40
_SHORTEST = 2
_NO_END = phrase_words.INTRODUCING | phrase_words.HANDLING | phrase_words.STOPS | phrase_words.TIMES | {'、'}
_NO_BARE_END = _NO_END - (phrase_words.HANDLING - phrase_words.HAPPENING)
_MOMENTS = frozenset({'后', '时', '期间'})
_NOTHING = ('', 0, None)


class Metric(Struct, frozen=True):
    """``name`` as printed, without asides such as ``较上年``; ``start``/``end`` is where it stands. ``direction`` is its last word where the number
    is a change (``案发数下降``: ``下降``)."""

    name: str
    start: int
    end: int
    direction: str | None = None

    @property
    def subject(self) -> str:
        """The name without its direction word."""
        return self.name.removesuffix(self.direction) if self.direction else self.name

    @property
    def level(self) -> Metric:
        """The same without the direction."""
        return replace(self, name=self.subject, direction=None)

    def printed(self, source: str, folded: Surface) -> str:
        """The name in the characters of the source (``（助理）``, not ``(助理)``)."""
        return printed(self.name, source, folded, self.start, self.end)


def printed(name: str, source: str, folded: Surface, start: int, end: int) -> str:
    """A name taken from ``folded.text[start:end]``, perhaps with gaps, in the characters of the source."""
    if folded.printed is folded.text and _ASCII.search(name) is None:
        return name
    characters = []
    for character in name:
        place = folded.text.find(character, start, end)
        characters.append(character if place < 0 else source[folded.offsets[place]])
        start = max(start, place + 1)
    return ''.join(characters)


def own_part_begins(text: str, begin: int, end: int) -> int:
    """``part_begins`` for a number at ``end``; an amount right before it ends the statement before (``未达95%扣1分未达90%扣2分``)."""
    return end if _AMOUNT_ENDS.search(text, max(begin, end - 3), end) else part_begins(text, begin, end)


def part_begins(text: str, begin: int, end: int) -> int:
    """Where the part of the sentence begins that ends at ``end``: after the last punctuation (or label) since ``begin``, else there."""
    pattern = _LAST_STOP if text.find('、', begin, end) < 0 else _LAST_BREAK
    last = pattern.match(text, begin, end)
    return last.end() if last else begin


def metric_before(text: str, begin: int, end: int, *, bare: bool = False) -> Metric | None:
    """The metric that ends at ``end``, begins after ``begin`` and crosses no punctuation but 、; None where there is none. ``bare`` also takes a
    verb as the thing measured (``累计通报三次以上``)."""
    begin = part_begins(text, begin, end)
    opening = text.rfind('(', begin, end)
    if opening > text.rfind(')', begin, end):
        begin = opening + 1
    while label := LABEL.match(text, begin, end):
        begin = label.end()
    name, offset, direction = _phrase(text[begin:end], bare)
    return Metric(name, begin + offset, end, direction) if name else None


def metric_after(text: str, begin: int) -> Metric | None:
    """The metric that follows a quantity ending at ``begin`` (``每年至少两次应急演练``); None where punctuation or an amount follows."""
    lead = phrase_words.AFTER_LEAD.match(text, begin)
    start = lead.end() if lead else begin
    if phrase_words.NO_METRIC.match(text, start):
        return None
    end = next(
        (found.start() for found in phrase_words.AFTER_END.finditer(text, start) if found['end'] is not None), len(text)
    )
    for found in _RELATED.finditer(text, start, end):
        start = found.end()
    return Metric(text[start:end], start, end) if end - start > 1 else None


def noun_after(text: str, begin: int) -> Metric | None:
    """The thing that a quantity ending at ``begin`` counts (``36个巡护点`` → ``巡护点``, ``5家养老机构、福利院签订协议`` → ``养老机构、福利院``); an
    honour that says which of them are meant stays (``23个专科列入建设名单``). None where nothing follows."""
    lead = phrase_words.AFTER_LEAD.match(text, begin)
    start = lead.end() if lead else begin
    if phrase_words.NO_METRIC.match(text, start):
        return None
    stops = (found for found in phrase_words.AFTER_END.finditer(text, start) if found['end'] not in (None, '、'))
    limit = min(next((found.start() for found in stops), len(text)), start + _LONGEST_NOUN)
    end = position = start
    for word in words(text[start:limit]):
        if word.text in report_words.PREDICATES or word.text[0].isdigit():
            break
        position = start + word.end
        end = position if word.text != '、' else end
    if report_words.DISTINGUISHED.match(text, end, limit):
        end = limit
    return Metric(text[start:end], start, end) if end - start > 1 else None


def is_rate(name: str) -> bool:
    """Whether a phrase names a share, a level or an amount, so that a number beside it needs no verb."""
    return _RATE.search(name) is not None


def names_no_measure(name: str) -> bool:
    """Whether a phrase names a whole field of work, of which no number says how much there is (``综治工作落实情况``)."""
    return _GENERAL.search(name) is not None


# 满意度由机关事务中心组织测评: who measures is no part of what is measured
_MEASURED_BY = re.compile(r'由[^由,。;]{1,14}?(?:测评|测定|测算|统计|计算|核算|评价|调查|考评|评定|评估|核定)$')


@lru_cache(4096)
def _phrase(piece: str, bare: bool) -> tuple[str, int, str | None]:
    """The metric at the end of a piece without punctuation, where it starts in it, and its direction word; ('', …) where there is none."""
    blanked = _ASIDE.sub(lambda found: _SKIPPED * len(found.group()), piece)
    if (measurer := _MEASURED_BY.search(blanked)) is not None and _RATE.search(blanked, 0, measurer.start()):
        blanked = blanked[: measurer.start()]
    tokens = words(blanked)
    _drop_fillers(tokens)
    _join_state(tokens)
    if tokens and tokens[-1].text in _MOMENTS:
        tokens.pop()
        _drop_fillers(tokens)
    group = _GROUP.search(blanked, 0, tokens[-1].end if tokens else 0)
    if group and group.start() and (len(group.group()) < 4 or not _RATE.search(blanked, 0, group.end())):
        tokens = [token for token in tokens if token.end <= group.start()]
        _drop_fillers(tokens)
    change: str | None = None
    _drop_tail_verbs(tokens)
    if tokens and tokens[-1].text in _CHANGES:
        change = tokens.pop().text
        _drop_fillers(tokens)
    elif tokens and tokens[-1].text in (_NO_BARE_END if bare else _NO_END) and not _compound(tokens):
        return _NOTHING
    end = tokens[-1].end if tokens else 0
    whole = change is not None or _RATE.search(blanked, 0, end) is not None
    first = _first(tokens[:-1] if bare else tokens, whole)
    if first and not whole and tokens[first - 1].text in phrase_words.HANDLING and end - tokens[first - 1].end < 3:
        first -= 1
    if whole and 0 < first < len(tokens) and end - tokens[first].start < _SHORTEST:
        first -= 1  # 及时率
    tokens = tokens[first:]
    name = blanked[tokens[0].start : end].replace(_SKIPPED, '') if tokens else ''
    if name.startswith('“') and '”' not in name:
        name = name[1:]  # “回收率×8”
    name += change or ''
    if len(name) < _SHORTEST:
        return _NOTHING
    return name, tokens[0].start if tokens else end, change


def _join_state(tokens: list[Word]) -> None:
    """``过期食品在架``, ``报废车辆在用``: 在 and one character behind a thing say together in what state it is."""
    if len(tokens) > 2 and tokens[-2].text == '在' and len(tokens[-1].text) == 1:
        tokens[-2:] = [Word(tokens[-2].text + tokens[-1].text, tokens[-2].start, tokens[-1].end)]


def _drop_fillers(tokens: list[Word]) -> None:
    while tokens and (tokens[-1].text in phrase_words.FILLERS or tokens[-1].text == _SKIPPED):
        tokens.pop()


def _drop_tail_verbs(tokens: list[Word]) -> None:
    """``联席会议每季度召开1次``: the verb stands between the noun and its number."""
    kept = list(tokens)
    while kept and kept[-1].text in phrase_words.TAIL_VERBS:
        kept.pop()
        _drop_fillers(kept)
    if kept and kept[-1].text not in _NO_END:
        del tokens[len(kept) :]


def _compound(tokens: list[Word]) -> bool:
    """``评查``: a word that the dictionary lacks, cut into characters."""
    return (
        len(tokens) > 1
        and all(len(token.text) == 1 and token.text.isalpha() for token in tokens[-2:])
        and tokens[-2].text not in _NO_END
    )


def _first(tokens: list[Word], whole: bool) -> int:
    """Index of the token with which the metric begins."""
    begin = depth = 0
    leading = True
    for index, token in enumerate(tokens):
        word = token.text
        if word in '()（）':
            depth += 1 if word in '(（' else -1
            leading = False
            continue
        if depth > 0 or (word == '每' and tokens[index + 1 : index + 2] and tokens[index + 1].text[0] in '十百千万'):
            leading = False
            continue
        introduces = word in phrase_words.INTRODUCING or (
            not whole and word in phrase_words.HANDLING and (leading or word not in phrase_words.NOUNLIKE)
        )
        time = word in phrase_words.TIMES or word == _SKIPPED or (word == '、' and index > 0)
        if word in phrase_words.STOPS or (introduces and not whole) or (leading and (introduces or time)):
            begin = index + 1
            leading = True
        else:
            leading = False
    return begin


def metric_of(subject: str) -> Metric | None:
    """What a line is about, from its requirement or name: ``控制门急诊均次费用`` → ``门急诊均次费用``."""
    text = halfwidth(subject)
    end = next((found.start() for found in _BREAK.finditer(text)), len(text))
    if reaching := phrase_words.REACHES.search(text, 0, end):
        end = reaching.start()
    found = metric_before(text, 0, end)
    if found is None:
        return None
    stop = found.start + len(found.name)
    return Metric(subject[found.start : stop] if text[found.start : stop] == found.name else found.name, 0, 0)


def share_out(metric: Metric, count: int) -> list[Metric] | None:
    """``A和B比例`` for a list of two numbers: ``A比例`` and ``B比例``; None where the parts do not come out even."""
    parts = [part for part in _PARTS.split(metric.subject) if part]
    if len(parts) != count:
        return None
    tail = _tail(parts[-1])
    verb = phrase_words.CARRIES.search(parts[0])
    shared = []
    for index, part in enumerate(parts):
        name = part if is_rate(part) else part + tail
        if index and verb and not phrase_words.CARRIES.search(part):
            name = parts[0][: verb.end()] + name
        shared.append(replace(metric, name=name + (metric.direction or '')))
    return shared


def _tail(part: str) -> str:
    """The last word of a rate, of two characters at least: what the parts of a list have in common."""
    if not is_rate(part):
        return ''
    tail = ''
    for word in reversed(words(part)):
        tail = word.text + tail
        if len(tail) > 1:
            break
    return tail
