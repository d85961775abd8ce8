"""Properties that a document repeats are stated once before it is parsed, and nothing of it reads differently."""

from __future__ import annotations

import pytest
from lxml import etree

from kaohe.extractors.document import Block, Unreadable
from kaohe.extractors.docx import package
from kaohe.extractors.docx.reader import read
from kaohe.extractors.docx.repeats import SHARED, folded, shared
from tests.extractors.docx_builder import NAMES, WORD, abstract, cell, docx, level, num, par, row, run, table

SONG = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
BIG = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体"/><w:sz w:val="44"/>'
HIDDEN = '<w:vanish/><w:sz w:val="24"/>'
SYMBOLS = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'
GONE = '<w:rPr><w:rFonts w:ascii="宋体"/><w:del w:id="1" w:author="张三"/></w:rPr>'
CHANGED = '<w:sz w:val="32"/><w:rPrChange w:id="7"><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrChange>'

HEADING = '<w:jc w:val="center"/><w:outlineLvl w:val="1"/>'
LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
SECTION = '<w:jc w:val="center"/><w:sectPr><w:footerReference r:id="footer1"/></w:sectPr>'
BORDERS = '<w:vMerge/><w:tcBorders><w:left w:val="single"/></w:tcBorders><w:gridSpan w:val="2"/>'

BODY = (
    par(run('青川市', BIG) + run('考核细则', BIG), f'<w:rPr>{SONG}</w:rPr>')
    + par(run('未按时', SONG), GONE)
    + par(run('上报扣', SONG) + run('1', SONG) + run('底稿', HIDDEN) + run('分', SONG), f'<w:rPr>{SONG}</w:rPr>')
    + par(run('床护比', SONG) + run('³', SYMBOLS) + run('0.4', SONG) + run('，旧稿', HIDDEN) + run('，死亡率', SONG))
    + par(run('£', SYMBOLS) + run('1%', SONG), GONE)
    + par(run('以内', CHANGED) + run('。', SONG), GONE)
    + par('一、目标', HEADING)
    + par('二、要求', HEADING)
    + par('三、罚则', HEADING)
    + par('甲项', LISTED)
    + par('乙项', LISTED)
    + par('', SECTION)
    + par('', SECTION)
    + par(run('附表', SONG))
    + table(*(row(cell(par(run(f'指标{at}', SONG))), cell(par(run(f'{at}分', SONG)), BORDERS)) for at in range(3)))
)


def document(body: str = BODY, *, before: str = '', names: str = NAMES) -> bytes:
    return f'{before}<w:document {names}><w:body>{body}</w:body></w:document>'.encode()


def test_what_is_repeated_stands_once() -> None:
    text = folded(document()).decode()
    assert text.count(SONG) == text.count(BIG) == text.count(HIDDEN) == 1
    assert text.count(f'<w:rPr {SHARED}="1"/>') == 1
    assert '青川市考核细则</w:t>' in text


def test_properties_of_paragraphs_that_are_repeated_stand_once_but_sections_stay_where_they_are() -> None:
    numbered = '<w:pStyle w:val="a"/><w:jc w:val="center"/>'
    section = '<w:sectPr><w:footerReference r:id="footer1"/></w:sectPr>'
    text = folded(document(par('甲', numbered) * 5 + par('乙', section) * 2)).decode()
    assert (text.count(numbered), text.count(section)) == (1, 2)


def test_borders_of_cells_that_are_repeated_stand_once() -> None:
    borders = '<w:tcBorders><w:left w:val="single"/></w:tcBorders>'
    text = folded(document(table(*(row(cell('甲', borders), cell('乙', borders)) for _ in range(3))))).decode()
    assert text.count(borders) == 1


def test_a_folded_document_reads_like_the_one_that_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    numbering = abstract(0, level(0, 'decimal', '%1.')) + num(5, 0)
    data = docx(BODY, numbering=numbering, footer1=par('第1页'))
    now = read(data)
    monkeypatch.setattr(package, 'folded', lambda text: text)
    assert now == read(data)
    assert now.blocks[:4] == (
        Block('paragraph', '青川市考核细则', centered=False, size=22.0),
        Block('paragraph', '未按时上报扣1分', centered=False, size=12.0),
        Block('paragraph', '床护比≥0.4，死亡率', centered=False, size=12.0),
        Block('paragraph', '≤1%以内。一、目标', level=2, centered=True, size=10.0),
    )
    assert [(block.text, block.label, block.level, block.centered) for block in now.blocks[4:]] == [
        ('二、要求', None, 2, True),
        ('三、罚则', None, 2, True),
        ('1. 甲项', '1.', None, False),
        ('2. 乙项', '2.', None, False),
        ('附表', None, None, False),
        ('', None, None, None),
        ('第1页', None, None, None),
    ]


def test_what_is_shared_is_taken_out_of_the_tree() -> None:
    root = etree.fromstring(folded(document()))
    stated = shared(root)
    assert [child.tag for child in root] == [f'{{{WORD}}}body']
    assert set(stated) == {str(number) for number in range(len(stated))}
    assert [child.get(f'{{{WORD}}}val') for child in stated['1'] if child.tag.endswith('}sz')] == ['44']


def test_a_document_that_was_not_folded_shares_nothing() -> None:
    root = etree.fromstring(document())
    before = etree.tostring(root)
    assert shared(root) == {}
    assert etree.tostring(root) == before


@pytest.mark.parametrize(
    'data',
    [
        document(par('没有字体') * 5),
        document(''.join(par(run('甲', f'<w:sz w:val="{size}"/>')) for size in range(9))),
        document(par('<!-- <w:rPr> -->') + BODY),
        document(par(f'<w:r><w:t><![CDATA[<w:rPr>{SONG}</w:rPr>]]></w:t></w:r>') + BODY),
        document(BODY + '<?mark <w:rPr>?>'),
        document(before='<!DOCTYPE w:document>'),
        document(before='<?xml version="1.0" encoding="gb18030"?>'),
        document(names=NAMES.replace(WORD, 'urn:other')),
        document(BODY + f'<w:p xmlns:w="{WORD}"/>'),
        document(BODY + '<w:p xmlns:w = "urn:other"/>'),
        document(BODY + f'<w:p {SHARED}="1"/>'),
        document()[:-20],
        document().replace(b'document', b'numbering'),
    ],
)
def test_where_it_does_not_pay_or_tags_might_be_something_else_nothing_is_folded(data: bytes) -> None:
    assert folded(data) is data


@pytest.mark.parametrize(
    'before', ['\ufeff', '<?xml version="1.0"?>', "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\r\n"]
)
def test_documents_in_utf_8_are_folded_however_they_begin(before: str) -> None:
    data = document(before=before)
    assert len(folded(data)) < len(data)


def test_properties_inside_others_that_have_attributes_of_their_own_are_read_all_the_same() -> None:
    odd = '<w:sz w:val="60"/><w:rPrChange><w:rPr w:id="1"><w:sz w:val="24"/></w:rPr></w:rPrChange>'
    found = read(docx(BODY + par(run('后文', odd)))).blocks[-1]
    assert (found.text, found.size) == ('后文', 30.0)


def test_a_document_that_is_not_well_formed_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        read(docx(BODY + par('甲</w:r>')))
    assert caught.value.finding.code == 'file.broken'


HINTED = SONG.replace('/>', ' w:hint="eastAsia"/>', 1)


def _run(text: str, properties: str, space: str = ' xml:space="preserve"') -> str:
    return f'<w:r w:rsidRPr="00C746F2"><w:rPr>{properties}</w:rPr><w:t{space}>{text}</w:t></w:r>'


def _parted(pieces: list[tuple[str, str]], space: str = ' xml:space="preserve"') -> bytes:
    return document(par(''.join(_run(text, properties, space) for text, properties in pieces)) * 5)


@pytest.mark.parametrize('space', [' xml:space="preserve"', ''])
def test_runs_that_word_parted_where_the_script_changes_are_one(space: str) -> None:
    text = folded(
        _parted([('每少', HINTED), ('1', SONG), ('项扣', HINTED), ('0.5', SONG), ('分', HINTED)], space)
    ).decode()
    assert text.count('<w:r>') == 5
    assert f'<w:t{space}>每少1项扣0.5分</w:t>' in text


@pytest.mark.parametrize(
    ('pieces', 'space'),
    [
        ([('甲', SONG), ('乙', BIG)], ' xml:space="preserve"'),
        ([('甲', HIDDEN), ('乙', HIDDEN)], ' xml:space="preserve"'),
        ([('10', f'{SONG}<w:vertAlign w:val="superscript"/>'), ('米', f'{SONG}<w:vertAlign w:val="superscript"/>')], ''),
        ([('甲', '<w:color w:val="FFFFFF"/>'), ('乙', '<w:color w:val="FFFFFF"/>')], ''),
        ([('甲', '<w:rStyle w:val="a"/>'), ('乙', '<w:rStyle w:val="a"/>')], ''),
        ([('甲 ', SONG), ('乙', SONG)], ''),
        ([('甲', SONG), ('\n乙', SONG)], ' xml:space="preserve"'),
        ([('甲', SONG), ('&#10;乙', SONG)], ' xml:space="preserve"'),
    ],
)  # fmt: skip
def test_runs_that_look_different_or_might_not_be_seen_stay_apart(pieces: list[tuple[str, str]], space: str) -> None:
    assert folded(_parted(pieces, space)).decode().count('<w:r>') == 10


@pytest.mark.parametrize('space', [' xml:space="preserve"', ''])
def test_joined_runs_read_like_parted_ones(space: str, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ('甲', ' 乙', '丙 ', 'a&lt;b', '', '1\n2', '&#10;', '丁', '戊')
    body = par(''.join(_run(text, HINTED if at % 2 else SONG, space) for at, text in enumerate(texts))) * 5
    data = docx(body + par(run('后', SONG) + '<w:ins>' + run('文', SONG) + '</w:ins>' + run('。', SONG)))
    now = read(data)
    monkeypatch.setattr(package, 'folded', lambda text: text)
    assert now == read(data)


def test_what_says_when_something_was_edited_is_left_out_before_parsing() -> None:
    marks = ' w14:paraId="1000532F" w:rsidR="00C746F2" w:rsidRDefault="00EA01FB"'
    text = folded(document(BODY.replace('<w:p>', f'<w:p{marks}>') + '<w:p w:rsidR="00C746F2" w:other="1"/>')).decode()
    assert 'rsid' not in text
    assert 'paraId' not in text
    assert '<w:p w:other="1"/>' in text


def test_words_that_look_like_marks_of_editing_stay() -> None:
    said = '<w:p><w:r><w:t xml:space="preserve">属性 w:rsidR="00C746F2" 不读</w:t></w:r></w:p>'
    assert said in folded(document(BODY + said)).decode()
