"""A sentence that a line feed breaks, wherever that is, says the same."""

from __future__ import annotations

import re

import pytest

from kaohe.normalizers.grammar.broken_lines import breaks_number
from kaohe.normalizers.grammar.clauses.reader import read_clauses
from kaohe.normalizers.grammar.surface import surface
from kaohe.normalizers.grammar.targets.reader import read_thresholds

SENTENCES = (
    '每发现一处绿篱缺株扣0.5分，扣完为止。',
    '道路积水超过2小时未排除的，每处扣1分。',
    '河面漂浮物未及时打捞，每处扣0.2分，最多扣2分。',
    '台账记录不完整的酌情扣分，没有台账的不得分。',
    '参训率达到95%得3分，每低1个百分点扣0.1分。',
    '未按时报送月报的，每迟报1天扣0.3分。',
    '被市级部门通报批评的，每次扣2分；被省级通报的，每次扣5分。',
    '发生一般及以上责任事故的，实行一票否决。',
    '获省级表彰加3分，获市级表彰加1分。',
    '设备完好率低于98%的，每低1%扣0.5分。',
    '满意度90%以上得5分，80%以上得3分，80%以下不得分。',
    '按完成比例得分，未开展的不得分。',
    '每少1次例会扣0.5分，会议记录缺失每次扣0.2分。',
    '未配备专职管理人员扣2分，人员无证上岗每人扣1分。',
    '车辆未按规定线路行驶，每车次扣0.5分。',
    '垃圾清运不及时，发现1次扣1分，累计扣满5分为止。',
    '信访件按期办结得2分，逾期1件扣0.5分。',
    '除不可抗力外，供水中断超过4小时扣3分。',
    '检查中发现弄虚作假的，该项不得分并取消评优资格。',
    '水质抽检合格率不低于99%，每低0.1个百分点扣0.2分。',
    '病虫害防治不力，每株扣0.1分，成片受害的扣2分。',
    '未建立应急预案的扣1分，未组织演练的扣1分。',
    '公厕无专人保洁每座扣1分，地面有积水每处扣0.2分。',
    '按照国家级10分、省级5分、市级2分的标准加分。',
    '完成全年任务得10分，未完成的按比例扣分。',
    '投诉处理不当造成不良影响的，每起扣2—4分。',
    '因管理不善造成文物损毁的，扣10分，并追究责任。',
    '宣传稿件每篇加0.5分，被省级媒体采用的每篇加1分。',
    '护栏破损三天内未修复，每米扣0.1分。',
    '每季度开展安全检查不少于3次，缺1次扣1分。',
    '学生到课率低于90%的，每班次扣0.5分。',
    '未落实首问负责制，经查实的每次扣1分。',
    '档案装订不规范每卷扣0.1分，丢失档案的本项不得分。',
    '路灯亮灯率达不到98%的，每低一个百分点扣1分。',
    '由镇农业办公室根据日常检查情况打分。',
    '整改不到位的加倍扣分，扣完本项分值为止。',
    '药品过期未处理，发现一种扣0.5分。',
    '食堂留样不足48小时的，每餐次扣0.5分。',
    '接到报修后30分钟内未到场，每次扣0.3分。',
    '森林覆盖率每提高0.1个百分点得1分，封顶5分。',
)


def _core(text: str) -> list[tuple[object, ...]]:
    return [(one.effect, one.points, one.per_quantity, one.per_unit, one.share) for one in read_clauses(text).matches]


def _words(text: str) -> list[tuple[str, str]]:
    return [
        (re.sub(r'\s', '', text[one.start : one.end]), re.sub(r'\s', '', one.condition or ''))
        for one in read_clauses(text).matches
    ]


def _targets(text: str) -> list[tuple[object, ...]]:
    return [(one.comparator, one.value, one.value_high, one.unit) for one in read_thresholds(text, field='criteria')]


@pytest.mark.parametrize('sentence', SENTENCES)
def test_a_feed_at_any_place_moves_no_points(sentence: str) -> None:
    whole = _core(sentence)
    assert whole
    broken = {at: _core(f'{sentence[:at]}\n{sentence[at:]}') for at in range(1, len(sentence))}
    assert {at: read for at, read in broken.items() if read != whole} == {}


@pytest.mark.parametrize('sentence', SENTENCES)
def test_a_feed_at_any_place_changes_no_target(sentence: str) -> None:
    whole = _targets(sentence)
    broken = {at: _targets(f'{sentence[:at]}\n{sentence[at:]}') for at in range(1, len(sentence))}
    assert {at: read for at, read in broken.items() if read != whole} == {}


def test_the_words_of_the_clauses_are_those_of_the_whole_sentence() -> None:
    places = [(sentence, at) for sentence in SENTENCES for at in range(1, len(sentence))]
    other = [one[:at] + '|' + one[at:] for one, at in places if _words(f'{one[:at]}\n{one[at:]}') != _words(one)]
    assert len(other) <= len(places) // 50, other


@pytest.mark.parametrize('width', [4, 5, 6, 7, 9, 12])
@pytest.mark.parametrize('sentence', SENTENCES[::4])
def test_lines_of_one_width(sentence: str, width: int) -> None:
    broken = '\n'.join(sentence[at : at + width] for at in range(0, len(sentence), width))
    assert _core(broken) == _core(sentence)


@pytest.mark.parametrize(
    'text',
    [
        '制度健全得2分\n台账齐全得3分',
        '未开会扣1分。\n未记录扣1分。',
        '1.未开会扣1分\n2.未记录扣1分',
        '①有专人\n②有经费',
        '（一）组织领导\n（二）经费保障',
        '完成率95%\n合格率90%',
        '每次扣1分\n每人扣2分',
        '发现1起不得分\n发现瞒报加倍扣分',
        '扣完为止\n不得倒扣',
    ],
)
def test_what_is_said_in_lines_stays_in_lines(text: str) -> None:
    assert surface(text).text.count('\n') == 1


@pytest.mark.parametrize(
    ('text', 'value'),
    [('绿化率达到9\n5%以上', 95), ('合格率不低于1\n00%', 100), ('每年开展1\n2次以上', 12)],
)
def test_a_number_that_a_feed_breaks_is_one_and_is_doubted(text: str, value: int) -> None:
    read = read_thresholds(text)
    assert [(one.value, one.mended) for one in read] == [(value, True)]


@pytest.mark.parametrize('text', ['5\n4\n3', '每年5\n2024年起施行', '3\n5'])
def test_numbers_below_each_other_are_several(text: str) -> None:
    at = text.index('\n')
    assert not breaks_number(text, at, at + 1)


def test_points_that_a_feed_breaks_are_doubted() -> None:
    read = read_clauses('未整改的扣1\n0分')
    assert [one.points for one in read.matches] == [10]
    assert read.mended
