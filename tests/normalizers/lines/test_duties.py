from __future__ import annotations

import pytest

from kaohe.normalizers import normalize
from kaohe.normalizers.lines.duties import read_parties, split_joined
from tests.normalizers.tables import document, draw


@pytest.mark.parametrize(
    ('cell', 'names'),
    [
        ('质控科', ['质控科']),
        ('医政处\n政法处', ['医政处', '政法处']),
        ('医政处、\n\n科教处、基妇处等', ['医政处', '科教处', '基妇处等']),
        ('医务科、护理部；院感科', ['医务科', '护理部', '院感科']),
        ('信息中心  科教中医处', ['信息中心', '科教中医处']),
        ('信息中心 科教中医处', ['信息中心', '科教中医处']),
        ('党政综合办 公室', ['党政综合办公室']),
        ('综合监\n督处', ['综合监督处']),
        ('水文台\n办公室', ['水文台', '办公室']),
        ('各单位\n医务科', ['各单位', '医务科']),
        ('医务科（质控、病案）、护理部', ['医务科（质控、病案）', '护理部']),
        ('各乡镇、街道', ['各乡镇', '街道']),
        ('考核\n对象', []),
        ('—', []),
        ('/', []),
        ('', []),
    ],
)
def test_offices_are_told_apart(cell: str, names: list[str]) -> None:
    assert [party.name for party in read_parties(cell)] == names


@pytest.mark.parametrize(
    ('cell', 'names'),
    [
        ('林  峰', ['林峰']),
        ('林　　峰', ['林峰']),
        ('林 峰', ['林峰']),
        ('林\n峰', ['林峰']),
        ('周国强\n林  峰\n何芬', ['周国强', '林峰', '何芬']),
        ('林  峰  周国强 何芬', ['林峰', '周国强', '何芬']),
        ('王 芳  李 明', ['王芳', '李明']),
        ('周国\n强', ['周国强']),
        ('张三、李四\n等', ['张三', '李四等']),
    ],
)
def test_people_are_told_apart(cell: str, names: list[str]) -> None:
    assert [party.name for party in read_parties(cell, people=True)] == names


def test_a_party_knows_its_span_in_the_cell() -> None:
    cell = '周国强\n林  峰'
    assert [cell[party.start : party.end] for party in read_parties(cell, people=True)] == ['周国强', '林  峰']


def test_a_cell_that_names_the_roles_itself_is_believed() -> None:
    parties = read_parties('牵头科室：医务科；配合科室：护理部、院感科')
    assert [(party.name, party.role) for party in parties] == [
        ('医务科', 'lead_department'), ('护理部', 'supporting_department'), ('院感科', 'supporting_department'),
    ]  # fmt: skip


_LEAD, _SUPPORT = 'lead_department', 'supporting_department'


@pytest.mark.parametrize(
    ('cell', 'parties'),
    [
        ('护理部；质控科配合', [('护理部', None), ('质控科', _SUPPORT)]),
        ('护理部\n质控科协助', [('护理部', None), ('质控科', _SUPPORT)]),
        ('护理部，质控科参与', [('护理部', None), ('质控科', _SUPPORT)]),
        ('护理部、质控科\n配合', [('护理部', None), ('质控科', _SUPPORT)]),
        ('护理部、质控科配\n合', [('护理部', None), ('质控科', _SUPPORT)]),
        ('护理部；综合监\n督处配合', [('护理部', None), ('综合监督处', _SUPPORT)]),
        ('医务科牵头，护理部、院感科配合', [('医务科', _LEAD), ('护理部', _SUPPORT), ('院感科', _SUPPORT)]),
        ('由医务科牵头。各科室积极配合。', [('医务科', _LEAD), ('各科室', _SUPPORT)]),
        ('医务科、护理部牵头；院感科等协助', [('医务科', _LEAD), ('护理部', _LEAD), ('院感科等', _SUPPORT)]),
        ('医务科牵头护理部配合', [('医务科', _LEAD), ('护理部', _SUPPORT)]),
        ('医务科牵头负责 护理部配合落实', [('医务科', _LEAD), ('护理部', _SUPPORT)]),
        # 负责 says no other role than the column's
        ('医务科负责；护理部参与', [('医务科', None), ('护理部', _SUPPORT)]),
        ('由医务科、护理部牵头', [('医务科', _LEAD), ('护理部', _LEAD)]),
        ('由医务科、护理部共同负责', [('医务科', None), ('护理部', None)]),
        ('医务科（负责）、护理部（配合）', [('医务科', None), ('护理部', _SUPPORT)]),
        ('医务科负责护理部配合', [('医务科', None), ('护理部', _SUPPORT)]),
        ('医务科、护理部、院感科配合', [('医务科', None), ('护理部', _SUPPORT), ('院感科', _SUPPORT)]),
        ('医务科；协助：护理部', [('医务科', None), ('护理部', _SUPPORT)]),
        ('院感科（总务科配合）', [('院感科', None), ('总务科', _SUPPORT)]),
        (
            '院感科(总务科、信息科协助)、护理部',
            [('院感科', None), ('总务科', _SUPPORT), ('信息科', _SUPPORT), ('护理部', None)],
        ),
        ('院感科（配合科室：总务科）', [('院感科', None), ('总务科', _SUPPORT)]),
        ('院感科\n（总务科配合）', [('院感科', None), ('总务科', _SUPPORT)]),
        ('医务科（牵头）、护理部（配合）', [('医务科', _LEAD), ('护理部', _SUPPORT)]),
        # no verb behind a name of an office
        ('医务科（质控、病案）', [('医务科（质控、病案）', None)]),
        ('医务科（负责病案）', [('医务科（负责病案）', None)]),
        ('护理部（手术配合）', [('护理部（手术配合）', None)]),
        ('医保协作办、各参与科室', [('医保协作办', None), ('各参与科室', None)]),
    ],
)
def test_a_verb_behind_a_name_says_its_role(cell: str, parties: list[tuple[str, str | None]]) -> None:
    assert [(party.name, party.role) for party in read_parties(cell)] == parties


def test_a_person_who_leads_has_the_role_of_the_column() -> None:
    assert [(one.name, one.role) for one in read_parties('周国强牵头、何芬', people=True)] == [
        ('周国强', None),
        ('何芬', None),
    ]


def test_the_span_of_a_party_leaves_out_the_verb() -> None:
    cell = '护理部；质控\n科 配合、院感科（总务科配合）'
    assert [cell[party.start : party.end] for party in read_parties(cell)] == ['护理部', '质控\n科', '院感科', '总务科']


def test_supporting_offices_of_a_column_of_responsible_ones() -> None:
    picture = '考核内容 | 考核标准 | 分值 | 责任科室\n甲 | 缺一次扣1分 | 5 | 护理部；质控科配合\n乙 | 缺一次扣1分 | 5 | 院感科（总务科配合）'
    duties = normalize(document('考核表', draw(picture)), 'x').responsibilities
    assert [(duty.indicator, duty.role, duty.party) for duty in duties] == [
        (0, 'responsible_office', '护理部'), (0, 'supporting_department', '质控科'),
        (1, 'responsible_office', '院感科'), (1, 'supporting_department', '总务科'),
    ]  # fmt: skip


def test_names_without_a_separator_are_split_where_both_stand_alone_elsewhere() -> None:
    assert split_joined('计财处科教处', {'计财处', '科教处', '医政处'}) == ('计财处', '科教处')
    assert split_joined('计财处科教处', {'计财处'}) == ('计财处科教处',)
    assert split_joined('教育局办公室', {'教育局', '办公室'}) == ('教育局办公室',)


def test_a_merged_cell_is_shared_by_its_lines_and_a_party_counts_once() -> None:
    picture = '考核内容 | 考核标准 | 分值 | 牵头领导 | 责任科室\n甲 | 缺一次扣1分 | 5 | 林  峰 | 医务科、医务科\n乙 | 缺一次扣1分 | 5 | ^ | 护理部'
    duties = normalize(document('考核表', draw(picture)), 'x').responsibilities
    assert [(duty.indicator, duty.role, duty.party) for duty in duties] == [
        (0, 'responsible_office', '医务科'), (0, 'lead_leader', '林峰'), (1, 'responsible_office', '护理部'), (1, 'lead_leader', '林峰'),
    ]  # fmt: skip
    assert [(o.table, o.row, o.col, o.start, o.end) for o in duties[3].origins] == [(0, 1, 3, 0, 4)]
