"""Question lists are read question by question, under the headings that print their points."""

from __future__ import annotations

from tests.normalizers.tables import read_picture, says


def test_each_question_is_a_line_with_its_points_under_its_heading() -> None:
    table = read_picture(
        """
        策划（3分）
        • 是否建立巡检制度？/（分数 是：1分；否：0分）/• 制度是否写明以下要求？/（分数 是：0.5分；最高分：2分）/⟡ 人员；/⟡ 周期。
        执行（5分）
        • 巡检记录的比例？/（分数 选择一项）/1.全部（5分）/2.一半（2分）
        """
    )
    assert table.kind == 'scoring'
    assert [line.levels[0].points for line in table.lines] == [3, 3, 5]
    assert says(table.lines, 'level1', 'requirement', 'criteria', 'points') == [
        ('策划', '是否建立巡检制度？', '（分数是：1分；否：0分）', '1'),
        ('策划', '制度是否写明以下要求？\n⟡ 人员；\n⟡ 周期。', '（分数是：0.5分；最高分：2分）', '2'),
        ('执行', '巡检记录的比例？', '1.全部（5分）\n2.一半（2分）', '5'),
    ]


def test_room_for_answers_beside_the_questions_holds_nothing_else() -> None:
    for answer, read in (('', True), ('是', True), ('见云溪台账', False)):
        table = read_picture(f"""
            策划（3分） | {answer}
            是否建立制度？（分数 是：1分；否：0分） | {answer}
            是否写明周期？（分数 是：2分；否：0分） | √
        """)
        assert (table.kind == 'scoring') is read
        if read:
            assert says(table.lines, 'level1', 'requirement', 'points') == [
                ('策划', '是否建立制度？', '1'),
                ('策划', '是否写明周期？', '2'),
            ]


def test_a_list_without_worths_asks_nothing() -> None:
    table = read_picture("""
        策划（3分）
        • 是否建立巡检制度？
    """)
    assert table.kind != 'scoring'


def test_questions_in_the_rows_of_a_headed_table_are_parted_from_their_worth() -> None:
    table = read_picture("""
        序号 | 检查内容（共5分） | 得分
        一、采购（5分） | < | <
        1 | 供货凭证是否齐全？（分数 是：3分；否：0分） |
        2 | 入库是否登记？（分数 是：2分；否：0分） |
    """)
    assert says(table.lines, 'level1', 'number', 'requirement', 'criteria', 'points') == [
        ('采购', '1', '供货凭证是否齐全？', '（分数是：3分；否：0分）', '3'),
        ('采购', '2', '入库是否登记？', '（分数是：2分；否：0分）', '2'),
    ]


def test_the_better_answer_is_what_a_question_is_worth_and_slips_of_the_pen_are_none_of_it() -> None:
    table = read_picture("""
        绩效（14分）
        • 是否因此发生过事故？/（分数 是：0分；否：6分。）/• 清单是否齐全？/• （分数 是：2分；否：0分）/• 计划是否合理？/（（分数 是：1分；最高分：2分）/⟡ 目标；
        ⟡ 是否有记录？/⟡ （分数 是：2分；否：0分）/⟡ 记录是否完整？/⟡ （分数 是：2分；否：0分；
    """)
    assert says(table.lines, 'level1', 'requirement', 'points') == [
        ('绩效', '是否因此发生过事故？', '6'),
        ('绩效', '清单是否齐全？', '2'),
        ('绩效', '计划是否合理？\n⟡ 目标；', '2'),
        ('绩效', '是否有记录？', '2'),
        ('绩效', '记录是否完整？', '2'),
    ]


def test_an_answer_between_yes_and_no_is_part_of_the_worth() -> None:
    table = read_picture("""
        序号 | 评定问题 | 打分
        一、公示（10分） | < | <
        1 | 是否公示电话和资费？（分数 是：4分；只公示其一：2分；否：0分） |
        2 | 是否当日派件？（分数 是：6分；部分：3分；否：0分） |
    """)
    assert says(table.lines, 'requirement', 'criteria', 'points') == [
        ('是否公示电话和资费？', '（分数是：4分；只公示其一：2分；否：0分）', '4'),
        ('是否当日派件？', '（分数是：6分；部分：3分；否：0分）', '6'),
    ]


def test_an_answer_that_brings_nothing_and_a_point_without_its_mark_stay_with_their_question() -> None:
    table = read_picture("""
        符合（11分）
        • 巡检的范围：/（分数 选择一项）/1.全部（5分）/2.部分（2分）/3.否（不得分）/• 培训是否包括：/（分数 是：1分；最高分：2分）/⟡ 用电；/变更管理。/• 沟通。/• 是否存档？/（分数 是：4分；否：0分）
        检查是否及时？/（分数 选择一项）/1.是（4分）/2.否（不得分）/问题是否整改？/（分数 是：2分；否：0分）
    """)
    assert says(table.lines, 'requirement', 'criteria', 'points') == [
        ('巡检的范围：', '1.全部（5分）\n2.部分（2分）\n3.否（不得分）', '5'),
        ('培训是否包括：\n⟡ 用电；\n变更管理。\n• 沟通。', '（分数是：1分；最高分：2分）', '2'),
        ('是否存档？', '（分数是：4分；否：0分）', '4'),
        ('检查是否及时？', '1.是（4分）\n2.否（不得分）', '4'),
        ('问题是否整改？', '（分数是：2分；否：0分）', '2'),
    ]
