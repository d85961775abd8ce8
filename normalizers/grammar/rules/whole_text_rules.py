"""Rules that read a text as a whole: lists of grades, codes with amounts."""

from __future__ import annotations

from typing import Final

from kaohe.normalizers.grammar.rule import Rule

WHOLE_TEXTS: Final = (
    Rule(
        id='award.grade',
        reads='一行一个等级、分数在行末的列表：每个等级一条得分，区间取上限，0分也是一条',
        examples=(
            '优 措施得力 9-10分\n良 措施一般 6-8分\n差 没有措施 0分 → award 10; award 8; award 0',
            'A适宜--25分\nB较高--20 分\nC过高--10分 → award 25; award 20; award 10',
        ),
        counter_examples=('制度健全得2分\n台账齐全得3分', '每少1次扣2分\n每错1处扣1分'),
    ),
    Rule(
        id='proportional.grade',
        reads='一行一个等级、给出占分值百分之几的列表：每个等级一条，取上限',
        examples=('优秀（80%-100%）措施得力\n合格（60%-79%）措施一般 → proportional 100%; proportional 79%',),
        counter_examples=('合格率（95%）\n整改率（100%）', '完成（80%）以上得2分\n未完成不得分'),
    ),
    Rule(
        id='deduct.code',
        reads='扣分条目里的“代码=分值”：每项扣多少',
        examples=('[penalty] E3=10 → deduct 10 /1 项',),
        counter_examples=('E3=10',),
    ),
)
