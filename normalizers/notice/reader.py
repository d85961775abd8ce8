"""The notice as a whole: title, issuer, document number, date, year and kind, each with the place it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from kaohe.extractors.document import Document
from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import Notice, NoticeKind, Origin
from kaohe.normalizers.lines.table_titles import TableTitle, cut_asides, cut_total, title_line
from kaohe.normalizers.notice.letterhead import NoticeHead, read_head
from kaohe.normalizers.notice.signature import (
    Signature,
    adopted,
    labelled_date,
    read_imprint,
    read_labelled,
    read_signature,
    read_web_source,
)
from kaohe.normalizers.text.cleaning import Text, clean_cell
from kaohe.normalizers.text.dates import YearMatch, read_years
from kaohe.normalizers.text.folding import halfwidth
from kaohe.normalizers.text.line_kinds import bare_title, is_finished, is_organisation
from kaohe.normalizers.text.traditional import simplified
from kaohe.normalizers.vocabulary import document_words as words

_ABOUT = re.compile(r'^(.{3,40}?)\s*关于')
_OF_YEAR = re.compile(r'^([\u4e00-\u9fff()]{4,25}?)(?=(?:19|20)\d\d(?!\d)|二[〇○零]\S{2}年|《)')
_OWN_NAME = re.compile(
    r'^(?:(?:19|20)\d\d\s*年度?)?([\u4e00-\u9fff]{2,12}?[省市县区镇乡][\u4e00-\u9fff]{0,16}?(?:局|公司|集团|医院|卫生院|中学|小学|大学|学院|幼儿园))'
)
_CODES = re.compile(
    r'(?:\s*(?:(?=[A-Za-z0-9/._-]*[A-Za-z])(?=[A-Za-z0-9/._-]*\d)[A-Za-z][A-Za-z0-9/._-]{2,}|附件\s*\d*\s*[:：]?))+(?=\s*[\u4e00-\u9fff《])'
)
_HEADING_INSIDE = re.compile(r'一\s*、')
_CODE = re.compile(r'[A-Z]{2,8}(?:[-/.][A-Z0-9]+)*[-/.][A-Z0-9]*\d')
_HAN = re.compile(r'[\u4e00-\u9fff]{2}')
# a name that only one organisation bears
_FULL_NAME = re.compile(
    r'^(?:(?:19|20)\d\d\s*年度?)?([\u4e00-\u9fff()]{4,24}?(?:有限责任公司|有限公司|股份公司|大学|学院|集团公司))'
)
_FURNITURE = re.compile(
    r'([\u4e00-\u9fff()]{4,30}?(?:有限责任公司|有限公司|股份公司|集团公司|大学|学院|医院|委员会|局))(?![\u4e00-\u9fff]*的)'
)
_PUBLISHED = re.compile(r'\s*(?:发布|颁布|印发|编制)\s*$')
# A cover's table names the paper; a longer one says what it is about.
_COVER_ROWS = 24
_AMOUNT = re.compile(r'(?:[扣得计加减记]|每[项次例])\s*\d+(?:\.\d+)?\s*分(?!钟|之)')
_ASSESSED = re.compile(r'考核|考评|督查|总结|绩效|评价|目标|报告|检查')

# what counts the files of a folder: 03_, N12-, 附件2：
_INDEX = re.compile(r'^(?:附件\s*\d*\s*[:：、._-]?\s*|[A-Za-z]{0,2}\d{1,4}\s*[_、.．-]\s*)(?=\S)')
# A tender's title that is shorter names no project.
_SHORTEST_TENDER = 14
# So many clauses in running text make an assessment without any table.
_PROSE_CLAUSES = 3
# So many phrases of a report make a summary of a paper whose title does not say what it is.
_REPORT_PHRASES = 3


@dataclass(frozen=True, slots=True)
class NoticeRead:
    """The notice, the blocks that its title was read from, and doubts about it."""

    notice: Notice
    title_blocks: tuple[int, ...]
    findings: tuple[Finding, ...]


def read_notice(
    document: Document, texts: Sequence[Text], titles: Sequence[TableTitle], scoring: Sequence[bool], name: str
) -> NoticeRead:
    """The metadata of the document. ``scoring`` tells of each table whether it is a scoring table; ``name`` is the file's name, asked only
    where the paper itself has no title."""
    head = read_head(document, texts)
    signature, imprint = read_signature(document, texts), read_imprint(document, texts)
    origins: list[Origin] = []
    findings: list[Finding] = []

    title = _bare_of_codes(_title(document, texts, head))
    title_text: str | None = None
    if title:
        title = cut_total(cut_asides(title_line(title)))[0]
        title_text = title.text
        origins += title.origins('title')
    else:
        named = next((t for t, scored in zip(titles, scoring, strict=True) if t.title and scored), None)
        named = named or next((t for t in titles if t.title), None)
        if named:
            title_text = named.title
            origins += [origin for origin in named.origins if origin.field == 'title']
    if title_text is None and PurePath(name).stem.strip():
        title_text = _INDEX.sub('', PurePath(name).stem.strip()) or PurePath(name).stem.strip()
        findings.append(finding('notice.file_name', title=title_text))

    issuer = _issuer(document, texts, head, title, signature, imprint)
    number = (
        head.number
        or next(read_labelled(document, texts, words.NUMBER_LABELS), None)
        or _headed_number(document, texts)
    )
    dated = signature if signature.date else labelled_date(document, texts) or adopted(document, texts) or imprint
    number = _bare_number(number) if number else None
    if issuer:
        origins += issuer.origins('issuer')
    if number:
        origins += number.origins('doc_number')
    if dated.date_text:
        origins += dated.date_text.origins('issued_on')
    year, year_origins = _year(title, title_text, titles, scoring, texts)
    origins += year_origins
    notice = Notice(
        kind=_kind(title_text, texts, scoring),
        title=title_text,
        issuer=issuer.text if issuer else None,
        doc_number=number.text if number else None,
        issued_on=dated.date,
        year=year,
        origins=tuple(origins),
    )
    return NoticeRead(notice, head.blocks, tuple(findings))


def _title(document: Document, texts: Sequence[Text], head: NoticeHead) -> Text | None:
    """The title of the head, with the project's name where it only says 招标文件; else a labelled one; else that of the running header."""
    if head.title:
        if bare_title(head.title.text).endswith(words.TENDER_TITLES) and len(head.title) < _SHORTEST_TENDER:
            project = next(read_labelled(document, texts, words.PROJECT_LABELS), None)
            return Text.join('', [project, head.title]) if project else head.title
        return head.title
    if labelled := next(read_labelled(document, texts, words.TITLE_LABELS), None):
        return labelled
    headers = (text for block, text in zip(document.blocks, texts, strict=True) if block.kind == 'furniture')
    return next((text for text in headers if len(text) > 4 and is_finished(text.text)), None)


def _bare_of_codes(title: Text | None) -> Text | None:
    """The title without numbers of forms and annexes before it and a heading glued behind it; None where nothing but a number is left."""
    if title is None:
        return None
    codes = _CODES.match(halfwidth(title.text))
    title = title[codes.end() :] if codes else title
    for glued in _HEADING_INSIDE.finditer(title.text):
        if is_finished(title.text[: glued.start()]):
            title = title[: glued.start()].strip()
            break
    return title if _HAN.search(title.text) else None


def _issuer(
    document: Document,
    texts: Sequence[Text],
    head: NoticeHead,
    title: Text | None,
    signature: Signature,
    imprint: Signature,
) -> Text | None:
    """Letterhead, the name before 关于 in the title, signature, label, a name alone at the head, imprint, the frame of a web page: in this order."""
    if head.letterhead and is_organisation(head.letterhead.text.replace(' ', '')):
        return head.letterhead
    if title and (found := _ABOUT.match(title.text)) and is_organisation(found.group(1)):
        return title[: found.end(1)].strip()
    if signature.issuer:
        return signature.issuer
    for labelled in read_labelled(document, texts, words.ISSUER_LABELS):
        if is_organisation(labelled.text):
            return labelled
    for at in head.blocks:
        line = texts[at].strip()
        if is_organisation(line.text):
            return line
    for printed in (title, *texts):
        if printed and (found := _OF_YEAR.match(printed.text)) and is_organisation(found.group(1)):
            return printed[: found.end(1)]
    if framed := imprint.issuer or read_web_source(texts):
        return framed
    if (named := next(_named_around(document, texts), None)) is not None:
        return named
    own = _OWN_NAME.match(title.text) if title else None
    if title and own and not any(word in own[1] for word in words.COLLECTIVES):
        # the paper is of the one it names where it speaks of it elsewhere too
        again = sum(text.text.count(own[1]) for text in texts) > title.text.count(own[1])
        if again:
            return title[own.start(1) : own.end(1)]
    full = _FULL_NAME.match(simplified(title.text)) if title else None
    if title and full and not any(word in full[1] for word in words.COLLECTIVES):
        return title[full.start(1) : full.end(1)]
    return None


def _named_around(document: Document, texts: Sequence[Text]) -> Iterator[Text]:
    """The organisations that a cover's table, a page header or a line `X公司　发布` names."""
    for table in document.tables[:4]:
        for cell in table.cells if table.rows <= _COVER_ROWS else ():
            for line in clean_cell(cell, table.index).text.split('\n'):
                text = clean_cell(cell, table.index)
                start = text.text.index(line)
                bare = _PUBLISHED.sub('', line).strip()
                if bare and (bare != line.strip() or (cell.row == 0 and cell.col == 0)) and is_organisation(bare):
                    at = start + line.index(bare)
                    yield text[at : at + len(bare)]
    for block, text in zip(document.blocks, texts, strict=True):
        if block.kind == 'furniture' and (found := _FURNITURE.match(simplified(text.text.strip()))):
            name = text.strip()[: found.end(1)]
            if is_organisation(name.text):
                yield name


def _headed_number(document: Document, texts: Sequence[Text]) -> Text | None:
    """The number that stands in a page header whose labels were parted from what they name: 文件编号 … SY/QP-06."""
    furniture = [text.strip() for block, text in zip(document.blocks, texts, strict=True) if block.kind == 'furniture']
    if not any(text.text.strip('：: ') in words.NUMBER_LABELS for text in furniture):
        return None
    return next((text for text in furniture if _CODE.fullmatch(text.text)), None)


def _bare_number(number: Text) -> Text:
    """The document number without brackets around it or 签发人 behind it."""
    folded = halfwidth(number.text)
    cut = re.search(r'\s*签发人', folded)
    number = number[: cut.start()] if cut else number
    return number.strip().strip('()（）') if halfwidth(number.text).startswith('(') else number.strip()


def _year(
    title: Text | None,
    title_text: str | None,
    titles: Sequence[TableTitle],
    scoring: Sequence[bool],
    texts: Sequence[Text],
) -> tuple[int | None, tuple[Origin, ...]]:
    """The year that is assessed or reported, and where it stands: the title's, else the one that all scoring tables name, else the one
    whose assessment the text announces. None for a plan over several."""
    said = title_text or ''
    found = read_years(said) or _bare_years(said)
    if len({(year.year, year.last) for year in found}) > 1:
        # 2024年度工作总结和2025年工作计划: the year of what was done
        found = tuple(year for year in found if _ASSESSED.search(said[year.end : year.end + 8]))[:1]
    if found:
        first = found[0]
        origins = title.origins('year', first.start, first.end) if title else ()
        return (first.year, origins) if first.year == first.last else (None, ())
    named = [t for t, scored in zip(titles, scoring, strict=True) if scored and t.title and read_years(t.title)]
    years = {(year.year, year.last) for t in named for year in read_years(t.title or '')}
    if not years:
        return _announced_year(texts)
    if len(years) != 1:
        return None, ()
    year, last = years.pop()
    origins = tuple(origin._replace(field='year') for origin in named[0].origins if origin.field == 'title')
    return (year, origins) if year == last else (None, ())


def _announced_year(texts: Sequence[Text]) -> tuple[int | None, tuple[Origin, ...]]:
    """The one year whose assessment the text announces: 2025年度评价工作于12月底前完成."""
    found = [(text, said) for text in texts for said in words.ANNOUNCED_YEAR.finditer(halfwidth(text.text))]
    if len({said[said.lastindex or 0] for _, said in found}) != 1:
        return None, ()
    text, said = found[0]
    year = said.lastindex or 0  # the one alternative that was found holds the one group
    return int(said[year]), text.origins('year', *said.span(year))


def _bare_years(title: str) -> tuple[YearMatch, ...]:
    """A year in a title without 年: 2025学生手册."""
    found = re.finditer(r'(?<![\d〔\[(])(20\d\d)(?=[\u4e00-\u9fff])(?![号份名人个])', halfwidth(title))
    return tuple(YearMatch(year.start(), year.end(), int(year[1]), int(year[1])) for year in found)


def _bare(title: str | None) -> str:
    return bare_title(title or '').removesuffix('的通知').strip('《》“”"')


def is_report(title: str | None) -> bool:
    """Whether a title says that the paper reports what was done."""
    bare = _bare(title)
    return bare.endswith(words.REPORT_ENDS) or bool(
        re.search(rf'(?:{"|".join(words.REPORT_WORDS)})(?:[和及暨与、]|并)', bare)
    )


def _kind(title: str | None, texts: Sequence[Text], scoring: Sequence[bool]) -> NoticeKind:
    """By content: a scoring table or clauses in the text make an assessment; a title that ends as reports do, or a report's phrases, a
    summary."""
    if is_report(title) and not any(scoring):
        return 'summary'
    bare = _bare(title)
    if bare.endswith(words.MADE_KNOWN) and not any(scoring):
        return 'other'
    prose = '\n'.join(text.text for text in texts)
    if any(scoring) or len(_AMOUNT.findall(halfwidth(prose))) >= _PROSE_CLAUSES:
        return 'assessment'
    if sum(phrase in prose for phrase in words.REPORT_PHRASES) >= _REPORT_PHRASES:
        return 'summary'
    return 'other'
