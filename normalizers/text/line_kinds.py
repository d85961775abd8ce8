"""What a single line at the head of a paper or above a table is: part of a title, a line to fill in, running text."""

from __future__ import annotations

import re
from enum import Enum, auto

from kaohe.normalizers.text.dates import read_dates
from kaohe.normalizers.text.folding import halfwidth
from kaohe.normalizers.text.heading_labels import is_attachment, read_label
from kaohe.normalizers.text.traditional import simplified
from kaohe.normalizers.vocabulary.document_words import OFFICIAL_ENDS, ORGANISATION_ENDS, TITLE_ENDS

# Longer lines than this are running text. 《党政机关公文格式》 sets 22 characters a line at size 2; long titles take three.
_LONGEST_TITLE = 70
_LONGEST_WITH_COMMA = 40

_NUMBER_OF_PAPER = re.compile(
    r'[\u4e00-\u9fff]{0,16}\s*[〔\[(【〈《［]\s*(?:19|20)\d\d\s*(?:年)?\s*[〕\])】〉》］]\s*(?:第\s*)?\d{1,5}\s*号?|(?:(?:19|20)\d\d\s*年\s*)?第\s*\d{1,5}\s*号'
)
_NOTE = re.compile(
    r'[*※★]*\s*(?:备\s*注|注\s*意?|说\s*明|填表说明|考核说明|评分说明|备注说明|附\s*注|注释)\s*(?:\d|[:(、.]|$)|[*※★]'
)
_FORM_WORDS = (
    '单位', '部门', '科室', '姓名', '时间', '日期', '得分', '盖章', '签字', '签名', '签章', '负责人', '填报', '填表', '考核人', '评分人', '编号', '电话',
    '被考核', '被检查', '考核组', '考核对象', '岗位', '职务', '地址', '班级', '村', '项目名称', '检查人', '组长', '总分', '满分', '年 月 日', '年月日',
)  # fmt: skip
_FORM = re.compile(r'[:]\s*(?:_{2,}|\s{2,}|$)|_{3,}|(?<!\d)年\s*月\s*日|[:][^:]{0,20}\s{2,}|单位\s*:\s*\S{1,4}\)?$')
# 项目编号：…, 采购人（盖章）：…: a fact about the paper, not its title
_LABELLED = re.compile(r'[\u4e00-\u9fff][\u4e00-\u9fff\s]{1,9}(?:\([^()]*\))?\s*:\s*\S')
_MONTH = re.compile(r'(?:(?:19|20)\d\d|二[〇○零oO一二三四五六七八九]{3})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月')
_SENTENCE = re.compile(r'[。；;!！？?]|[,，、：:]$')
_BRACKETS = re.compile(r'\s*[(\[〔【][^()\[\]〔〕【】]*[)\]〕】]\s*$')


# （适用于…）, （2025年春季学期）, （每项满分10分，另设附加分）: whom it is for, for which time, what it comes to
_ASIDE = re.compile(
    r'\s*[(\[【〔]\s*(?:适用于|(?:(?:19|20)\d\d\s*年?\s*[-—~至]?\s*){0,2}[^()\d]{0,6}(?:学期|季度|采暖季|\d{1,2}\s*月份?)\s*[)\]】〕]|[^()]*[,;。][^()]*[)\]】〕])'
)


class LineKind(Enum):
    """What a line is. ``FORM`` is a line to fill in (单位：　　日期：) or that names a fact (采购人：…); ``BRACKET`` stands wholly in
    brackets; ``TABLE`` is the place of a table."""

    TITLE = auto()
    HEADING = auto()
    ATTACHMENT = auto()
    BRACKET = auto()
    FORM = auto()
    NOTE = auto()
    BODY = auto()
    DATE = auto()
    NUMBER = auto()
    TABLE = auto()


def line_kind(text: str) -> LineKind:
    """What the line is, judged by its own words."""
    folded = halfwidth(text).strip()
    label = read_label(folded)
    if label and is_attachment(label):
        return LineKind.ATTACHMENT
    if _NOTE.match(folded):
        return LineKind.NOTE
    if is_date_line(folded):
        return LineKind.DATE
    if is_number_line(folded):
        return LineKind.NUMBER
    if re.fullmatch(r'[(\[【〔][^()\[\]]*[)\]】〕]', folded):
        return LineKind.BRACKET
    if _FORM.search(folded) and any(word in folded for word in _FORM_WORDS):
        return LineKind.FORM
    commas = folded.count(',')
    if _SENTENCE.search(folded) or commas > 1 or len(folded) > (_LONGEST_WITH_COMMA if commas else _LONGEST_TITLE):
        return LineKind.BODY
    if _LABELLED.match(folded):
        return LineKind.FORM
    return LineKind.HEADING if label else LineKind.TITLE


def is_aside(text: str) -> bool:
    """Whether a line in brackets below a title says something beside it: whom it is for, for which time, a remark."""
    return _ASIDE.match(halfwidth(text)) is not None


def is_date_line(text: str) -> bool:
    """Whether the line is a date, or a year and a month, and nothing else: the line that dates a paper."""
    rest = halfwidth(text).strip()
    if _MONTH.fullmatch(rest):
        return True
    found = read_dates(rest)
    around = (rest[: found[0].start] + rest[found[0].end :]).strip(' ()') if len(found) == 1 else rest
    return around in ('', '中华', '中華')  # 中華民國114年3月5日


def is_number_line(text: str) -> bool:
    """Whether the line is a document number (发文字号) and nothing else, brackets around it and 签发人 after it aside."""
    folded = halfwidth(text).strip().strip('()')
    folded = folded.partition('签发人')[0].strip()
    return _NUMBER_OF_PAPER.fullmatch(folded) is not None


def bare_title(text: str) -> str:
    """The title without brackets at its end: （试行）, （120分）, （2024年修订）."""
    folded = halfwidth(text).strip()
    while (shorter := _BRACKETS.sub('', folded)) != folded and shorter:
        folded = shorter
    return folded


def is_finished(text: str) -> bool:
    """Whether a title may end with this line. One that speaks of 关于印发 ends with 通知 and its like; an open 《 must be closed."""
    title = simplified(''.join(bare_title(text).split()).rstrip('》"”'))
    if halfwidth(text).count('《') > halfwidth(text).count('》'):
        return False
    return title.endswith(OFFICIAL_ENDS if '关于' in title else TITLE_ENDS)


def is_organisation(text: str) -> bool:
    """Whether the text is the name of an organisation and nothing else."""
    name = simplified(halfwidth(text).strip())
    return (
        3 <= len(name) <= 40
        and re.fullmatch(r'[\u4e00-\u9fffA-Za-z0-9()·、\s]+', name) is not None
        and name.endswith(ORGANISATION_ENDS)
        and not re.search(r'^各|关于|\d年|考核|评分|印发|标准|细则', name)
    )


def goes_on(text: str) -> bool:
    """Whether the line is the beginning of a title whose end stands on the next line."""
    return (
        not re.search(r'[,:]', halfwidth(text))
        and not is_finished(text)
        and not is_organisation(text)
        and len(text.strip()) > 2
    )
