"""Which parts of a notice add, take, or lower the grade, by the titles above a line."""

import pytest

from kaohe.normalizers.lines.line_effect import adds_and_takes, kind_of
from tests.normalizers.tables import read_picture


@pytest.mark.parametrize(
    ('category', 'kind'),
    [
        ('加分事项', 'bonus'), ('荣誉奖励', 'bonus'), ('附加分', 'bonus'), ('奖励加分项目', 'bonus'), ('创新加分', 'bonus'),
        ('减分事项', 'penalty'), ('扣分内容', 'penalty'), ('反向扣分', 'penalty'), ('倒扣分项', 'penalty'), ('一票否决', 'penalty'),
        ('企业安全生产负面清单', 'penalty'), ('降低考核档次事项', 'downgrade'), ('降低等次情形', 'downgrade'),
        ('加减分项', 'scored'), ('奖惩措施', 'scored'), ('计划生育奖励扶助工作', 'scored'), ('扣分标准', 'scored'), ('绩效考核扣分细则', 'scored'),
        ('市场准入负面清单管理', 'scored'), ('失信惩戒', 'scored'), ('积分管理', 'scored'), ('加分、减分和降低考核档次事项', 'scored'), ('加分和扣分', 'scored'), ('扣分及加分事项', 'scored'),
    ],
)  # fmt: skip
def test_a_category_says_what_its_lines_do_to_the_score(category: str, kind: str) -> None:
    assert kind_of([category], None, ()) == kind


def test_the_lowest_category_that_says_something_decides() -> None:
    assert kind_of(['加分、减分事项', '减分事项'], None, ()) == 'penalty'
    assert kind_of(['加分事项', '科技创新'], None, ()) == 'bonus'


def test_a_name_decides_only_where_it_says_nothing_else() -> None:
    assert kind_of(['综合工作'], '加分项', ()) == 'bonus'
    assert kind_of(['综合工作'], '争取上级加分', ()) == 'scored'


def test_what_is_said_of_the_whole_table_serves_where_no_category_says_it() -> None:
    assert kind_of(['科技创新'], None, ('2024年度考核加分项目',)) == 'bonus'
    assert kind_of(['减分事项'], None, ('2024年度考核加分项目',)) == 'penalty'


@pytest.mark.parametrize('title', ['加分和扣分', '加减分项', '扣分项与加分项', '加、扣分事项', '奖惩项'])
def test_a_part_that_adds_and_takes_is_called_by_both(title: str) -> None:
    assert adds_and_takes(title)


@pytest.mark.parametrize('title', ['加分项', '奖惩措施', '加分、减分和降低考核档次事项', '加减分标准'])
def test_a_title_that_says_more_or_less_is_no_such_part(title: str) -> None:
    assert not adds_and_takes(title)


def test_under_a_title_of_both_a_line_adds_or_takes_by_what_it_says() -> None:
    table = read_picture(
        """
        序号 | 事项 | 标准
        奖惩项 | < | <
        1 | 拾金不昧 | 每次加2分
        2 | 迟到早退 | 每次扣1分
        3 | 值班 | 表现突出加1分，脱岗扣2分
        """,
        '车站考核表',
    )
    assert [line.kind for line in table.lines] == ['bonus', 'penalty', 'scored']
