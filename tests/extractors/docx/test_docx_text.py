"""What a Word paragraph shows: final view of changes, fields, signs, formulas, boxes, notes, furniture, styles."""

from __future__ import annotations

import pytest

from kaohe.extractors.docx.reader import read
from tests.extractors.docx_builder import cell, docx, par, row, run, table


def texts(body: str, **related: str) -> list[str]:
    return [block.text for block in read(docx(body, **related)).blocks if block.kind == 'paragraph']


def test_insertions_are_kept_and_deletions_dropped() -> None:
    deleted = '<w:del w:id="2"><w:r><w:delText>10</w:delText></w:r></w:del>'
    inserted = '<w:ins w:id="1"><w:r><w:t>20</w:t></w:r></w:ins>'
    assert texts(par(run('完成得') + deleted + inserted + run('分'))) == ['完成得20分']


def test_moved_text_stands_only_where_it_was_moved_to() -> None:
    moved_from = par('<w:moveFrom w:id="1"><w:r><w:t>先进</w:t></w:r></w:moveFrom>' + run('甲'))
    moved_to = par(run('乙') + '<w:moveTo w:id="2"><w:r><w:t>先进</w:t></w:r></w:moveTo>')
    assert texts(moved_from + moved_to) == ['甲', '乙先进']


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    assert texts(par('未按时', '<w:rPr><w:del w:id="1"/></w:rPr>') + par('上报扣1分')) == ['未按时上报扣1分']


def test_hidden_text_is_not_visible_directly_or_by_style() -> None:
    styles = '<w:style w:type="character" w:styleId="hid"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = run('底稿', '<w:vanish/>') + run('批注', '<w:rStyle w:val="hid"/>')
    shown = run('正文', '<w:rStyle w:val="hid"/><w:vanish w:val="0"/>')
    assert texts(par(hidden + shown), styles=styles) == ['正文']


def test_what_stands_in_a_hidden_paragraph_is_not_visible_unless_it_says_so_itself() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="hid"><w:rPr><w:vanish/></w:rPr></w:style>'
    runs = run('底稿') + run('批注', '<w:sz w:val="24"/>') + run('正文', '<w:vanish w:val="0"/>')
    assert texts(par(runs, '<w:pStyle w:val="hid"/>'), styles=styles) == ['正文']


def field(instruction: str, result: str | None = None) -> str:
    middle = '' if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText>{instruction}</w:instrText></w:r>{middle}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_a_field_shows_its_result_and_not_its_instruction() -> None:
    assert texts(par(run('共') + field(' PAGE \\* MERGEFORMAT ', '8') + run('页'))) == ['共8页']
    assert texts(par('<w:fldSimple w:instr="DATE">' + run('2024年') + '</w:fldSimple>')) == ['2024年']


def test_a_field_inside_an_instruction_stays_unseen() -> None:
    inner = field(' PAGE ', '9')
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
    end = (
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run('合格') + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert texts(par(begin + inner + end)) == ['合格']


def test_a_field_without_an_end_swallows_nothing() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    assert texts(par(begun) + par('扣2分')) == ['扣2分']


@pytest.mark.parametrize(
    ('instruction', 'shown'),
    [
        (' eq \\o\\ac(○,3)', '③'),
        (' EQ \\o\\ac(○,26)', '㉖'),
        (' SYMBOL 179 \\f "Symbol" \\s 12', '≥'),
        (' SYMBOL 0xFE \\f Wingdings', '☑'),
        (' TC "目录项"', ''),
    ],
)
def test_fields_without_a_result_show_what_word_draws(instruction: str, shown: str) -> None:
    assert texts(par(run('见') + field(instruction))) == ['见' + shown]


@pytest.mark.parametrize(('state', 'shown'), [('<w:checked/>', '☑'), ('<w:default w:val="0"/>', '☐')])
def test_a_form_check_box_shows_its_state(state: str, shown: str) -> None:
    begin = (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar></w:r>'
    )
    end = '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert texts(par(begin + end + run('达标'))) == [shown + '达标']


def test_signs_of_a_run_become_characters() -> None:
    inner = '<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t><w:softHyphen/><w:t>戊</w:t></w:r>'
    assert texts(par(inner)) == ['甲\t乙\n丙-丁戊']


def test_a_page_break_alone_is_no_paragraph() -> None:
    assert texts(par('一') + par('<w:r><w:br w:type="page"/></w:r>') + par('二')) == ['一', '二']


def test_symbol_fonts_are_translated() -> None:
    symbol = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    typed = run('\uf0a3', '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')
    assert texts(par(run('床护比') + symbol + run('0.4，死亡率') + typed + run('1%'))) == ['床护比≥0.4，死亡率≤1%']


def test_wrappers_of_runs_are_looked_through() -> None:
    inner = (
        f'<w:smartTag w:element="x"><w:smartTagPr/>{run("甲")}</w:smartTag><w:hyperlink r:id="x">{run("乙")}</w:hyperlink>'
        f'<w:customXml w:element="x">{run("丙")}</w:customXml><w:sdt><w:sdtPr/><w:sdtContent>{run("丁")}</w:sdtContent></w:sdt>'
    )
    assert texts(par(inner)) == ['甲乙丙丁']


def test_content_controls_around_paragraphs_are_looked_through() -> None:
    assert texts(f'<w:sdt><w:sdtPr/><w:sdtContent>{par("甲")}{par("乙")}</w:sdtContent></w:sdt>') == ['甲', '乙']


def test_ruby_shows_base_and_reading() -> None:
    ruby = f'<w:r><w:ruby><w:rubyPr/><w:rt>{run("jì")}</w:rt><w:rubyBase>{run("绩")}</w:rubyBase></w:ruby></w:r>'
    assert texts(par(ruby + run('效'))) == ['绩jì效']


def test_a_formula_is_written_on_one_line() -> None:
    def part(name: str, text: str) -> str:
        return f'<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>'

    fraction = (
        f'<m:oMath><m:r><m:t>得分=</m:t></m:r><m:f>{part("num", "完成数")}{part("den", "任务数")}</m:f></m:oMath>'
    )
    bracket = f'<m:oMath><m:d>{part("e", "a+b")}</m:d></m:oMath>'
    assert texts(par(fraction + run('×5分'))) == ['得分=完成数/任务数×5分']
    assert texts(f'<m:oMathPara>{bracket}</m:oMathPara>') == ['(a+b)']


def test_spaces_that_the_file_does_not_preserve_are_layout() -> None:
    assert texts(par('<w:r><w:t>\n  扣1分\n</w:t></w:r>' + '<w:r><w:t xml:space="preserve"> 止</w:t></w:r>')) == [
        '扣1分 止'
    ]


def box(text: str, table_inside: str = '') -> str:
    content = f'<w:txbxContent>{par(text)}{table_inside}</w:txbxContent>'
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>'
        f'<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    )


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    assert texts(par(box('青川市卫生健康局文件') + run('各单位：'))) == ['各单位：', '青川市卫生健康局文件']


def test_a_table_in_a_text_box_is_a_table() -> None:
    read_back = read(docx(par(box('附表', table(row(cell('甲'), cell('乙')))))))
    assert [block.kind for block in read_back.blocks] == ['paragraph', 'table']
    assert [found.text for found in read_back.tables[0].cells] == ['甲', '乙']


def test_a_text_box_in_a_cell_adds_lines_to_the_cell() -> None:
    assert read(docx(table(row(cell(par(run('甲') + box('乙'))))))).tables[0].cells[0].text == '甲\n乙'


def test_word_art_is_text() -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="云河县人民医院文件"/></v:shape></w:pict></w:r>'
    assert texts(par(art)) == ['云河县人民医院文件']


def test_notes_follow_the_body_in_the_order_of_their_references() -> None:
    def note(kind: str, number: int, text: str) -> str:
        return f'<w:{kind} w:id="{number}">{par(f"<w:r><w:{kind}Ref/></w:r>" + run(text))}</w:{kind}>'

    body = par(run('正文') + '<w:r><w:endnoteReference w:id="1"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r>')
    read_back = texts(
        body + par('末段'),
        footnotes=note('footnote', 2, '脚注') + note('footnote', 3, '没有引用'),
        endnotes=note('endnote', 1, '尾注'),
    )
    assert read_back == ['正文', '末段', '尾注', '脚注']


def test_a_comment_is_not_the_text_of_the_notice() -> None:
    marked = '<w:commentRangeStart w:id="0"/>' + run('扣1分') + '<w:r><w:commentReference w:id="0"/></w:r>'
    assert texts(par(marked), comments='<w:comment w:id="0">' + par('请核实') + '</w:comment>') == ['扣1分']


def test_headers_and_footers_are_furniture_once() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
    body = par('第一节', section) + par('第二节') + section
    document = read(docx(body, header1=table(row(cell('青川市'), cell('文件'))), footer1=par('— 1 —')))
    assert [(block.kind, block.text) for block in document.blocks] == [
        ('paragraph', '第一节'),
        ('paragraph', '第二节'),
        ('furniture', '青川市'),
        ('furniture', '文件'),
        ('furniture', '— 1 —'),
    ]
    assert document.tables == ()


@pytest.mark.parametrize(('body', 'own'), [('见本页上方的表格', True), ('第一条' * 20, False)])
def test_a_large_table_in_the_header_of_a_page_that_says_little_besides_is_the_notices_own(
    body: str, own: bool
) -> None:
    rows = [
        row(cell('序号'), cell('考核内容'), cell('分值')),
        *(row(cell(f'{at}'), cell('值班备勤'), cell('5')) for at in (1, 2)),
    ]
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    document = read(docx(par(body) + section, header1=table(*rows)))
    assert len(document.tables) == own
    assert sum(block.kind == 'furniture' for block in document.blocks) == (0 if own else 9)


STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:sz w:val="44"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="文件标题"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="h3"><w:name w:val="Heading 3"/></w:style>'
    '<w:style w:type="character" w:styleId="big"><w:rPr><w:sz w:val="72"/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ('paragraph', 'expected'),
    [
        (par('正文'), (None, False, 10.5)),
        (par('标题', '<w:pStyle w:val="1"/>'), (1, True, 22.0)),
        (par('标题', '<w:pStyle w:val="t"/>'), (1, True, 22.0)),
        (par('标题', '<w:pStyle w:val="t"/><w:jc w:val="left"/><w:outlineLvl w:val="9"/>'), (None, False, 22.0)),
        (par('标题', '<w:pStyle w:val="h3"/>'), (3, False, 10.5)),
        (par('标题', '<w:outlineLvl w:val="1"/>'), (2, False, 10.5)),
        (par(run('小') + run('大', '<w:rStyle w:val="big"/>')), (None, False, 36.0)),
        (par(run('字', '<w:sz w:val="32"/>')), (None, False, 16.0)),
    ],
)
def test_level_alignment_and_size_come_from_the_paragraph_or_its_styles(
    paragraph: str, expected: tuple[int | None, bool, float]
) -> None:
    block = read(docx(paragraph, styles=STYLES)).blocks[0]
    assert (block.level, block.centered, block.size) == expected


def test_styles_that_are_based_on_each_other_end() -> None:
    loop = ''.join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ('xy', 'yx')
    )
    assert texts(par('正文', '<w:pStyle w:val="x"/>'), styles=loop) == ['正文']


def control(kind: str, shown: str) -> str:
    """A content control in the line, with its kind."""
    return f'<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{run(shown)}</w:sdtContent></w:sdt>'


@pytest.mark.parametrize(
    ('kind', 'shown'),
    [
        ('<w:text/>', '8分'),
        ('<w:dropDownList><w:listItem w:displayText="优秀" w:value="1"/><w:listItem w:displayText="良好" w:value="2"/></w:dropDownList>', '良好'),
        ('<w:comboBox><w:listItem w:displayText="优秀" w:value="1"/></w:comboBox>', '自己写的'),
        ('<w:date w:fullDate="2024-05-01T00:00:00Z"><w:dateFormat w:val="yyyy年M月d日"/></w:date>', '2024年5月1日'),
        ('<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="1"/></w14:checkbox>', '☒'),
    ],
)  # fmt: skip
def test_a_content_control_shows_what_was_filled_in(kind: str, shown: str) -> None:
    assert texts(par(run('评为') + control(kind, shown) + run('的'))) == [f'评为{shown}的']
    inside = f'<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{cell(shown)}</w:sdtContent></w:sdt>'
    read_back = read(docx(table(row(cell('等次'), inside)) + par()))
    assert [one.text for one in read_back.tables[0].cells] == ['等次', shown]


@pytest.mark.parametrize(
    ('data', 'shown'),
    [
        ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="优秀"/><w:listEntry w:val="良好"/></w:ddList>', '良好'),
        ('<w:ddList><w:default w:val="1"/><w:listEntry w:val="优秀"/><w:listEntry w:val="良好"/></w:ddList>', '良好'),
        ('<w:ddList><w:listEntry w:val="优秀"/><w:listEntry w:val="良好"/></w:ddList>', '优秀'),
        ('<w:ddList><w:result w:val="7"/><w:listEntry w:val="优秀"/></w:ddList>', ''),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', '☐'),
    ],
)
def test_old_form_fields_show_their_choice(data: str, shown: str) -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="a"/>{data}</w:ffData></w:fldChar></w:r>'
    code = '<w:r><w:instrText xml:space="preserve"> FORMDROPDOWN </w:instrText></w:r>'
    for middle in ('', mark.format('separate')):
        assert texts(par(run('评为') + begin + code + middle + mark.format('end') + run('的'))) == [f'评为{shown}的']
