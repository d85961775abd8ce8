"""The steps put together: what a paper says stands in the catalogue with its place."""

from __future__ import annotations

from decimal import Decimal

from kaohe.extractors.document import Block, Document
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue, Origin
from tests.normalizers.tables import document, draw

PICTURE = (
    '项目 | 考核内容 | 评分标准 | 分值\n'
    '制度（10分） | 1.病床使用率≥85%（2分）。/2.建立台账（3分）。 | 1.使用率未达到80%扣2分。/2.缺一项扣0.5分，最多扣2分。 | 5\n'
    '^ | 按时上报 | 迟报一次扣1分，扣完为止 | 5'
)


def assessed() -> Catalogue:
    """A paper with a table, a note and rules in its text."""
    return normalize(
        document(
            '2024年考核评分表',
            draw(PICTURE),
            '注：1.各项扣完为止，不出现负分。',
            '2.加分总分不超过6分。',
            '发生重大事故的，取消评优资格。',
        ),
        'x.docx',
    )


def source(catalogue: Catalogue, origin: Origin) -> str:
    """The piece of the source that an origin names."""
    if origin.block is not None:
        return catalogue.blocks[origin.block].text[origin.start : origin.end]
    assert origin.table is not None
    cells = {(cell.row, cell.col): cell.text for cell in catalogue.tables[origin.table].cells}
    return cells[origin.row, origin.col][origin.start : origin.end]  # type: ignore[index]  # both are set with the table


def test_a_clause_is_the_piece_of_its_column_that_it_says_it_is() -> None:
    catalogue = assessed()
    lines = [clause for clause in catalogue.clauses if clause.scope == 'line']
    assert lines
    for clause in lines:
        assert clause.indicator is not None
        assert clause.field is not None
        value = getattr(catalogue.indicators[clause.indicator], clause.field)
        assert value[clause.start : clause.end] == clause.text
        assert ''.join(source(catalogue, origin) for origin in clause.origins) == clause.text


def test_a_cap_binds_the_clauses_of_its_own_line() -> None:
    catalogue = assessed()
    bound = {
        clause.text: [catalogue.clauses[at].indicator for at in clause.binds]
        for clause in catalogue.clauses
        if clause.effect == 'cap' and clause.scope == 'line'
    }
    assert bound['扣完为止'] == [1]


def test_rules_of_notes_and_prose_hang_on_their_blocks() -> None:
    catalogue = assessed()
    rules = [clause for clause in catalogue.clauses if clause.scope != 'line']
    assert [(clause.effect, clause.block, clause.scope) for clause in rules] == [
        ('cap', 2, 'table'), ('cap', 3, 'category'), ('veto', 4, 'notice'),
    ]  # fmt: skip
    for clause in rules:
        assert clause.block is not None
        assert catalogue.blocks[clause.block].text[clause.start : clause.end] == clause.text


def test_the_span_of_a_rule_in_prose_fits_the_source_where_spaces_were_cleaned_away() -> None:
    catalogue = normalize(document('2024年考核表', draw(PICTURE), '一、总 则。发生 重大事 故的，取消 评优资格。'), 'x')
    (veto,) = [clause for clause in catalogue.clauses if clause.effect == 'veto']
    assert veto.block is not None
    printed = catalogue.blocks[veto.block].text[veto.start : veto.end]
    assert printed.replace(' ', '') == veto.text.replace(' ', '')


def test_a_target_inside_a_clause_points_at_it() -> None:
    catalogue = assessed()
    by_value = {threshold.value: threshold for threshold in catalogue.thresholds}
    assert by_value[Decimal(85)].clause is None
    trigger = by_value[Decimal(80)]
    assert trigger.clause is not None
    assert catalogue.clauses[trigger.clause].text == '使用率未达到80%扣2分'


def test_sub_items_have_label_text_points_and_place() -> None:
    catalogue = assessed()
    items = [item for item in catalogue.items if item.field == 'requirement']
    assert [(item.label, item.text, item.points) for item in items] == [
        ('1', '病床使用率≥85%', 2),
        ('2', '建立台账', 3),
    ]
    assert [source(catalogue, item.origins[0]) for item in items] == ['病床使用率≥85%', '建立台账']


def test_every_text_of_an_indicator_knows_its_cell() -> None:
    catalogue = assessed()
    second = catalogue.indicators[1]
    assert {(o.field, source(catalogue, o)) for o in second.origins} == {
        ('level1', '制度'), ('requirement', '按时上报'), ('criteria', '迟报一次扣1分，扣完为止'), ('points', '5'), ('points_text', '5'),
    }  # fmt: skip


def test_a_report_states_facts_and_no_rules() -> None:
    paper = document(
        '云河县中医院2024年度工作总结', '一年来，门诊患者12345人次，同比增长5%。', '发生事故的，取消评优资格。'
    )
    catalogue = normalize(paper, 'x.docx')
    assert not catalogue.clauses
    assert [(fact.block, fact.value, fact.period) for fact in catalogue.facts] == [(1, 12345, '2024年')]
    assert catalogue.facts[0].text == catalogue.blocks[1].text[catalogue.facts[0].start : catalogue.facts[0].end]


def test_the_extractors_own_findings_stay() -> None:
    from kaohe.extractors.findings import finding

    paper = Document('pdf', (Block('paragraph', '考核办法'),), findings=(finding('page.no_text', page=2),))
    assert [found.code for found in normalize(paper, 'x.pdf').findings] == ['page.no_text']


def test_the_same_document_gives_the_same_catalogue() -> None:
    assert assessed() == assessed()


def test_an_empty_document_gives_an_empty_catalogue() -> None:
    catalogue = normalize(Document('txt', ()), '')
    assert (catalogue.notice.kind, catalogue.notice.title, catalogue.indicators) == ('other', None, ())


def test_a_limit_that_stands_alone_in_the_column_of_points_binds_what_the_line_takes() -> None:
    picture = '考核内容 | 评分标准 | 分值\n值班 | 迟到1次扣1分；脱岗1次扣2分；获表扬加1分 | 不占分值，最多扣10分\n保洁 | 每处扣0.5分 | 5'
    catalogue = normalize(document('2024年考核评分表', draw(picture)), 'x.docx')
    limit = next(clause for clause in catalogue.clauses if clause.effect == 'cap')
    assert limit.field == 'points_text'
    assert [catalogue.clauses[at].text for at in limit.binds] == ['迟到1次扣1分', '脱岗1次扣2分']
