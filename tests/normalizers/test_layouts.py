"""The layouts in which notices of many fields print their tables; all places and people are fictional."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.normalizers.tables import document, draw, read, read_picture, says


def test_hospital_performance_with_columns_to_fill_in_and_a_total_row() -> None:
    table = read_picture("""
        序号 | 考核项目 | 考核内容 | 分值 | 考核标准 | 自评分 | 考评得分 | 扣分理由
        1 | 医疗质量（20分） | 落实核心制度 | 10 | 缺一项制度扣2分 | | |
        2 | ^ | 病历书写规范 | 10 | 每份不合格病历扣1分 | | |
        3 | 护理管理（10分） | 分级护理落实 | 10 | 抽查不合格每例扣1分 | | |
        合计 | < | < | 30 | | | |
    """)
    assert says(table.lines, 'level1', 'level1_points', 'number', 'requirement', 'criteria', 'points') == [
        ('医疗质量', '20', '1', '落实核心制度', '缺一项制度扣2分', '10'),
        ('医疗质量', '20', '2', '病历书写规范', '每份不合格病历扣1分', '10'),
        ('护理管理', '10', '3', '分级护理落实', '抽查不合格每例扣1分', '10'),
    ]
    assert [(total.row, total.points) for total in table.totals] == [(4, Decimal(30))]


def test_school_supervision_with_levels_named_by_letters() -> None:
    table = read_picture("""
        A级指标 | B级指标 | C级指标 | 评价要点 | 分值 | 评分标准
        A1办学方向（10分） | B1依法办学 | C1规范招生 | 严格执行招生政策 | 5 | 违规招生不得分
        ^ | ^ | C2收费管理 | 收费公示到位 | 5 | 未公示扣2分
        A2教师队伍（5分） | B2师德师风 | C3师德考核 | 每年开展师德考核 | 5 | 未开展不得分
    """)
    assert says(table.lines, 'number') == [('C1',), ('C2',), ('C3',)]
    assert says(table.lines, 'level1', 'level2', 'name', 'requirement') == [
        ('办学方向', '依法办学', '规范招生', '严格执行招生政策'),
        ('办学方向', '依法办学', '收费管理', '收费公示到位'),
        ('教师队伍', '师德师风', '师德考核', '每年开展师德考核'),
    ]


def test_tender_with_parts_and_a_part_that_is_one_line() -> None:
    table = read_picture("""
        序号 | 评审因素 | < | 分值 | 评审标准
        1 | 商务部分（30分） | 企业业绩 | 10 | 每份类似业绩得2分，最高得10分
        2 | ^ | 企业认证 | 20 | 具有质量管理体系认证的得20分
        3 | 价格部分（70分） | < | 70 | 投标报价得分=（评标基准价／投标报价）×70
    """)
    assert says(table.lines, 'level1', 'level1_points', 'number', 'name', 'points') == [
        ('商务部分', '30', '1', '企业业绩', '10'),
        ('商务部分', '30', '2', '企业认证', '20'),
        ('价格部分', '70', '3', None, '70'),
    ]


def test_public_health_service_with_points_beside_each_level() -> None:
    table = read_picture("""
        一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 指标说明 | 评分标准
        组织管理 | 10 | 体系建设 | 6 | 组织领导 | 2 | 成立领导小组 | 未成立不得分
        ^ | ^ | ^ | ^ | 部门协作 | 4 | 建立协作机制 | 缺一项扣1分
        ^ | ^ | 绩效考核 | 4 | 结果应用 | 4 | 结果与经费挂钩 | 未挂钩扣4分
    """)
    assert says(table.lines, 'level1_points', 'level2', 'level2_points', 'name', 'requirement', 'points') == [
        ('10', '体系建设', '6', '组织领导', '成立领导小组', '2'),
        ('10', '体系建设', '6', '部门协作', '建立协作机制', '4'),
        ('10', '绩效考核', '4', '结果应用', '结果与经费挂钩', '4'),
    ]


def test_township_responsibilities_with_section_rows_and_a_bonus_part() -> None:
    table = read_picture("""
        序号 | 工作任务 | 目标要求 | 计分办法 | 分值 | 责任单位 | 分管领导
        一、经济发展（20分） | < | < | < | < | < | <
        1 | 招商引资 | 引进项目3个 | 每少1个扣2分 | 20 | 经发办/财政所 | 张明远
        二、社会稳定（80分） | < | < | < | < | < | <
        2 | 信访维稳 | 不发生进京非访 | 每发生1起扣5分 | 80 | 综治办 | 王守信
        三、加分项 | < | < | < | < | < | <
        1 | 表彰奖励 | 获得县级以上表彰 | 国家级加5分 | | 党政办 |
    """)
    assert says(table.lines, 'kind', 'level1', 'level1_points', 'number', 'name', 'points') == [
        ('scored', '经济发展', '20', '1', '招商引资', '20'),
        ('scored', '社会稳定', '80', '2', '信访维稳', '80'),
        ('bonus', '加分项', None, '1', '表彰奖励', None),
    ]
    first = table.lines[0].duties
    assert {role: [cell.text for cell in cells] for role, cells in first.items()} == {
        'responsible_office': ['经发办\n财政所'],
        'lead_leader': ['张明远'],
    }
    assert [line.counts_to_total for line in table.lines] == [True, True, False]


def test_sections_of_two_ranks_stand_under_one_another() -> None:
    table = read_picture("""
        序号 | 考核内容 | 评分标准 | 分值
        一、党的建设（20分） | < | < | <
        （一）组织建设（10分） | < | < | <
        1 | 按期换届 | 未换届不得分 | 10
        （二）作风建设（10分） | < | < | <
        2 | 廉政教育 | 未开展扣5分 | 10
        二、业务工作（30分） | < | < | <
        3 | 完成任务 | 每差1%扣1分 | 30
    """)
    assert says(table.lines, 'level1', 'level2', 'level2_points') == [
        ('党的建设', '组织建设', '10'),
        ('党的建设', '作风建设', '10'),
        ('业务工作', None, None),
    ]


def test_categories_numbered_in_chinese_amid_numbered_lines_are_sections() -> None:
    table = read_picture("""
        序号 | 考核内容 | 考核标准 | 分值
        一 | 组织管理 | | 20
        1 | 机构健全 | 未成立机构扣5分 | 10
        2 | 制度完善 | 缺一项扣1分 | 10
        二 | 业务工作 | | 30
        3 | 门诊工作 | 差错一次扣1分 | 30
    """)
    assert says(table.lines, 'level1', 'level1_points', 'number', 'requirement') == [
        ('组织管理', '20', '1', '机构健全'),
        ('组织管理', '20', '2', '制度完善'),
        ('业务工作', '30', '3', '门诊工作'),
    ]


def test_points_behind_names_and_categories_where_no_column_holds_them() -> None:
    table = read_picture("""
        考核项目 | 考核内容及要求 | 评分标准
        组织领导（10分） | 成立领导机构（4分） | 未成立不得分
        ^ | 制定实施方案（6分） | 未制定扣5分
        宣传教育（20分） | 开展主题宣传（20分） | 每少一次扣5分
    """)
    assert says(table.lines, 'level1', 'level1_points', 'requirement', 'points', 'points_text') == [
        ('组织领导', '10', '成立领导机构', '4', None),
        ('组织领导', '10', '制定实施方案', '6', None),
        ('宣传教育', '20', '开展主题宣传', '20', None),
    ]


def test_points_printed_in_the_name_of_each_line() -> None:
    table = read_picture("""
        类别 | 项目（分值） | 清单内容 | 考核标准 | 牵头领导 | 牵头科室 | 配合科室
        重点工作（5分） | 数字健康/（3分） | 完成数据归集 | 未完成不得分 | 高  峰 | 信息科 | 医务科/护理部
        ^ | 政务公开（2分） | 按要求公开 | 发生一起扣1分 | 陶建安 | 党政办 |
    """)
    assert says(table.lines, 'level1', 'level1_points', 'name', 'points') == [
        ('重点工作', '5', '数字健康', '3'),
        ('重点工作', '5', '政务公开', '2'),
    ]


def test_weights_in_percent_are_points_and_sources_of_data_are_no_duty() -> None:
    table = read_picture("""
        指标名称 | 权重 | 目标值 | 计算方法 | 数据来源
        患者满意度 | 10% | ≥90% | 达到目标得满分，每低1个百分点扣1分 | 病案室
        平均住院日 | 15% | ≤8天 | 每超0.1天扣0.5分 | 统计室
    """)
    assert says(table.lines, 'name', 'requirement', 'points', 'points_text') == [
        ('患者满意度', '≥90%', '10', '10%'),
        ('平均住院日', '≤8天', '15', '15%'),
    ]
    assert not table.lines[0].duties


def test_columns_in_any_order() -> None:
    table = read_picture("""
        分值 | 评分标准 | 考核内容 | 项目
        5 | 缺一次扣1分 | 按时召开例会 | 日常工作
        6 | 未报送不得分 | 按时报送信息 | ^
    """)
    assert says(table.lines, 'level1', 'requirement', 'criteria', 'points') == [
        ('日常工作', '按时召开例会', '缺一次扣1分', '5'),
        ('日常工作', '按时报送信息', '未报送不得分', '6'),
    ]


def test_a_header_of_two_rows_with_groups() -> None:
    table = read_picture("""
        序号 | 考核指标 | < | 考核标准 | < | 责任分工 | <
        ^ | 一级指标 | 二级指标 | 分值 | 评分细则 | 牵头科室 | 配合科室
        1 | 党建引领 | 政治学习 | 5 | 缺一次扣1分 | 党办 | 各支部
        2 | ^ | 组织生活 | 6 | 未开展扣2分 | 党办 | 组织科
    """)
    assert table.header_rows == (0, 1)
    assert says(table.lines, 'level1', 'number', 'name', 'criteria', 'points') == [
        ('党建引领', '1', '政治学习', '缺一次扣1分', '5'),
        ('党建引领', '2', '组织生活', '未开展扣2分', '6'),
    ]
    assert [cell.text for cell in table.lines[1].duties['supporting_department']] == ['组织科']


def test_title_and_lines_to_fill_in_above_the_header_and_to_sign_below() -> None:
    table = read_picture("""
        云河县卫生院绩效考核评分表 | < | < | <
        被考核单位： | < | 考核时间： | <
        项目 | 内容 | 分值 | 得分
        综合管理 | 制度健全得5分，不健全不得分 | 5 |
        ^ | 人员配备到位得6分，缺一人扣1分 | 6 |
        总分 | < | 11 |
        考核人签字： | < | 被考核单位签字： | <
    """)
    assert table.header_rows == (2, 2)
    assert says(table.lines, 'level1', 'requirement', 'points') == [
        ('综合管理', '制度健全得5分，不健全不得分', '5'),
        ('综合管理', '人员配备到位得6分，缺一人扣1分', '6'),
    ]


def test_criteria_drawn_over_two_cells_under_one_header_are_one_text() -> None:
    table = read_picture("""
        序号 | 考核内容 | 评分标准 | < | 分值
        1 | 环境卫生 | 地面有垃圾 | 每处扣0.5分 | 5
        2 | 垃圾分类 | 未分类投放 | 每次扣1分 | 6
    """)
    assert says(table.lines, 'criteria') == [('地面有垃圾\n每处扣0.5分',), ('未分类投放\n每次扣1分',)]
    assert table.lines[0].criteria is not None
    assert [origin.col for origin in table.lines[0].criteria.origins('criteria')] == [2, 3]


def test_a_text_merged_over_lines_belongs_to_each_and_merged_points_to_the_first() -> None:
    table = read_picture("""
        序号 | 考核内容 | 分值 | 评分标准
        1 | 药品管理规范 | 10 | 过期药品每种扣2分
        ^ | ^ | ^ | 未按要求储存扣1分
        2 | 设备管理规范 | 5 | 无维护记录扣1分
    """)
    assert says(table.lines, 'number', 'requirement', 'criteria', 'points') == [
        ('1', '药品管理规范', '过期药品每种扣2分', '10'),
        ('1', '药品管理规范', '未按要求储存扣1分', None),
        ('2', '设备管理规范', '无维护记录扣1分', '5'),
    ]


def test_a_row_that_adds_only_an_office_lengthens_the_line_above() -> None:
    table = read_picture("""
        序号 | 考核内容 | 分值 | 评分标准 | 责任科室
        1 | 药品管理规范 | 10 | 过期药品每种扣2分 | 药剂科
        ^ | ^ | ^ | ^ | 医务科
        2 | 设备管理规范 | 5 | 无维护记录扣1分 | 设备科
    """)
    assert [(line.row_first, line.row_last) for line in table.lines] == [(1, 2), (3, 3)]
    assert [cell.text for cell in table.lines[0].duties['responsible_office']] == ['药剂科', '医务科']


def test_bonus_penalty_and_downgrade_parts_of_an_annex() -> None:
    table = read_picture("""
        项目 | 序号 | 事项及分值 | 依据来源
        加/分/事/项 | 1 | 等级提升的，加5分 | 政治处
        ^ | 2 | 获省级表彰的，加3分 | 办公室
        减/分/事/项 | 1 | 被通报批评的，每起扣2分 | 医政处
        降低考核档次事项 | 1 | 发生重大责任事故的 | 政法处
    """)
    assert says(table.lines, 'kind', 'level1', 'number', 'criteria') == [
        ('bonus', '加分事项', '1', '等级提升的，加5分'),
        ('bonus', '加分事项', '2', '获省级表彰的，加3分'),
        ('penalty', '减分事项', '1', '被通报批评的，每起扣2分'),
        ('downgrade', '降低考核档次事项', '1', '发生重大责任事故的'),
    ]
    assert [cell.text for cell in table.lines[0].duties['responsible_office']] == ['政治处']


def test_a_table_whose_heads_speak_of_bonuses_holds_bonuses() -> None:
    table = read_picture("""
        序号 | 加分项目 | 加分标准 | 佐证材料
        1 | 科研成果 | 国家级每项加5分，省级每项加3分 | 证书
        2 | 荣誉表彰 | 每项加1分，最高3分 | 文件
    """)
    assert says(table.lines, 'kind', 'name') == [('bonus', '科研成果'), ('bonus', '荣誉表彰')]


def test_a_bonus_counts_where_the_printed_total_needs_it() -> None:
    picture = """
        项目 | 考核内容 | 评分标准 | 分值
        基础工作 | 制度建设 | 缺一项扣1分 | 50
        ^ | 日常管理 | 差错一次扣1分 | 45
        奖励加分 | 获得表彰 | 每次加1分 | 5
    """
    hundred, other = read_picture(picture, '青川市考核标准（100分）'), read_picture(picture, '青川市考核标准（95分）')
    assert [line.counts_to_total for line in hundred.lines] == [True, True, True]
    assert [line.counts_to_total for line in other.lines] == [True, True, False]


def test_safety_inspection_where_a_column_only_says_how_it_is_inspected() -> None:
    table = read_picture("""
        序号 | 检查项目 | 检查内容 | 检查标准 | 标准分 | 检查方法 | 扣分 | 备注
        1 | 安全管理 | 安全责任制 | 未建立责任制扣5分；责任不明确扣2分 | 10 | 查资料 | |
        2 | ^ | 安全培训 | 新员工未培训每人扣1分 | 10 | 查记录 | |
        3 | 现场管理 | 消防设施 | 灭火器过期每具扣1分 | 10 | 看现场 | |
    """)
    assert says(table.lines, 'level1', 'requirement', 'criteria') == [
        ('安全管理', '安全责任制', '未建立责任制扣5分；责任不明确扣2分'),
        ('安全管理', '安全培训', '新员工未培训每人扣1分'),
        ('现场管理', '消防设施', '灭火器过期每具扣1分'),
    ]


def test_a_method_that_tells_the_points_is_the_criteria_where_nothing_else_does() -> None:
    table = read_picture("""
        指标/序号 | 指标内容 | 督查方法 | 分值 | 得分
        1 | 年度总结 | 看材料，少一样扣2分 | 4 |
        2 | 会议出勤 | 查签到，每少一人次扣1分 | 5 |
    """)
    assert says(table.lines, 'number', 'requirement', 'criteria') == [
        ('1', '年度总结', '看材料，少一样扣2分'),
        ('2', '会议出勤', '查签到，每少一人次扣1分'),
    ]


def test_ranges_of_points_and_one_vote_vetoes() -> None:
    table = read_picture("""
        评分项 | 评分标准 | 分值区间
        技术方案 | 优得8-10分，良得5-7分 | 0-10分
        团队配置 | 每人得1分 | 0-5
        安全生产 | 发生事故不得分 | 一票否决/30
    """)
    assert says(table.lines, 'name', 'points') == [('技术方案', '10'), ('团队配置', '5'), ('安全生产', '30')]
    assert not any(line.doubts for line in table.lines)


def test_numbers_before_the_text_are_taken_out_where_they_count_the_lines() -> None:
    table = read_picture("""
        项目 | 评价要点 | 评分方法 | 分值
        压实责任（6分） | 1.落实主体责任 | 未落实不得分 | 4
        ^ | 2.落实网格化管理 | 未建立制度不得分 | 2
        清廉文化（5分） | 3.加强警示教育 | 每缺一次扣1分 | 5
    """)
    assert says(table.lines, 'number', 'requirement') == [
        ('1', '落实主体责任'),
        ('2', '落实网格化管理'),
        ('3', '加强警示教育'),
    ]


def test_lists_inside_the_cells_keep_their_numbers() -> None:
    table = read_picture("""
        项目（分值） | 清单内容 | 考核标准
        执法监督（2分） | 1.开展试点（1分）/2.接入平台（1分） | 1.未开展扣1分/2.未接入扣1分
        数字健康（3分） | 1.归集数据（1分）/2.对接应用（2分） | 1.未归集不得分/2.未对接不得分
    """)
    assert [line.number for line in table.lines] == [None, None]
    assert says(table.lines, 'requirement')[0] == ('1.开展试点（1分）\n2.接入平台（1分）',)


def test_codes_of_several_numbers_count_the_lines() -> None:
    table = read_picture("""
        一级指标 | 二级指标 | 三级指标 | 考核要点 | 分值
        1.医院管理 | 1.1依法执业 | 1.1.1 执业登记 | 证照齐全有效 | 2
        ^ | ^ | 1.1.2 人员资质 | 无非卫生技术人员执业 | 3
        ^ | 1.2内部管理 | 1.2.1 制度建设 | 制度健全 | 5
    """)
    assert says(table.lines, 'level1', 'level2', 'number', 'name') == [
        ('医院管理', '依法执业', '1.1.1', '执业登记'),
        ('医院管理', '依法执业', '1.1.2', '人员资质'),
        ('医院管理', '内部管理', '1.2.1', '制度建设'),
    ]


def test_a_number_column_that_holds_categories_is_read_as_one() -> None:
    table = read_picture("""
        序/号 | 项目/（分值） | 清单内容 | 考核标准
        省目标任务（7分） | 绩效考核（5分） | 名次不低于上年 | 每降5名扣0.2分
        ^ | 执法监督（2分） | 开展试点 | 未开展扣1分
    """)
    assert says(table.lines, 'level1', 'level1_points', 'number', 'name') == [
        ('省目标任务', '7', None, '绩效考核'),
        ('省目标任务', '7', None, '执法监督'),
    ]


def test_one_header_over_category_and_requirement() -> None:
    table = read_picture("""
        考核内容 | < | 考核标准 | 分值 | 自评分 | 扣分理由
        一、加强政治建设（10分） | < | < | < | < | <
        压实责任/（6分） | 落实主体责任 | 未签责任书不得分 | 4 | |
        ^ | 落实网格化管理 | 未建立制度不得分 | 2 | |
        清廉文化/（4分） | 加强警示教育 | 每缺一次扣1分 | 4 | |
    """)
    assert says(table.lines, 'level1', 'level2', 'level2_points', 'requirement') == [
        ('加强政治建设', '压实责任', '6', '落实主体责任'),
        ('加强政治建设', '压实责任', '6', '落实网格化管理'),
        ('加强政治建设', '清廉文化', '4', '加强警示教育'),
    ]


def test_a_header_typed_again_amid_the_rows_ends_no_section() -> None:
    table = read_picture("""
        项目 | 考核内容 | 评分标准 | 分值
        一、日常管理（100分） | < | < | <
        制度（100分） | 制度建设 | 缺一项扣1分 | 50
        项目 | 考核内容 | 评分标准 | 分值
        制度（100分） | 台账管理 | 缺一本扣1分 | 50
    """)
    assert says(table.lines, 'level1', 'level2', 'requirement') == [
        ('日常管理', '制度', '制度建设'),
        ('日常管理', '制度', '台账管理'),
    ]


def test_a_table_that_changes_its_columns_half_way() -> None:
    table = read_picture("""
        项目 | 考核内容 | 评分标准 | 分值
        日常管理 | 制度建设 | 缺一项扣1分 | 50
        ^ | 台账管理 | 缺一本扣1分 | 50
        序号 | 加分项目 | 加分标准 | 备注
        1 | 科研立项 | 每项加2分 |
        2 | 获得表彰 | 每次加1分 |
    """)
    assert says(table.lines, 'kind', 'number', 'name', 'requirement', 'criteria') == [
        ('scored', None, None, '制度建设', '缺一项扣1分'),
        ('scored', None, None, '台账管理', '缺一本扣1分'),
        ('bonus', '1', '科研立项', None, '每项加2分'),
        ('bonus', '2', '获得表彰', None, '每次加1分'),
    ]


def test_a_header_row_read_as_one_cell_is_parted() -> None:
    table = read_picture("""
        项目  考核内容  分值  考核标准 | < | < | <
        人事（5分） | 落实绩效工资 | 2 | 未落实不得分
        ^ | 完成医德考评 | 3 | 缺1项扣0.5分
    """)
    assert says(table.lines, 'level1', 'requirement', 'points') == [
        ('人事', '落实绩效工资', '2'),
        ('人事', '完成医德考评', '3'),
    ]


def test_a_table_without_a_header_is_read_by_its_content_and_doubted() -> None:
    table = read_picture("""
        1 | 组织领导 | 成立领导小组，未成立扣2分 | 5
        2 | 宣传发动 | 开展宣传，缺一次扣1分 | 6
        3 | 督导检查 | 每季度督查，少一次扣1分 | 10
    """)
    assert says(table.lines, 'number', 'name', 'criteria', 'points')[0] == (
        '1',
        '组织领导',
        '成立领导小组，未成立扣2分',
        '5',
    )
    assert all(line.doubts for line in table.lines)


@pytest.mark.parametrize(
    'picture',
    [
        '序号 | 姓名 | 科室 | 联系电话\n1 | 张明远 | 内科 | 8801\n2 | 李建设 | 外科 | 8802',
        '等级 | 分数 | 奖惩\n优秀 | 90分以上 | 表扬\n合格 | 60-89分 | 无',
        '序号 | 工作任务 | 责任单位 | 完成时限\n1 | 修订制度 | 办公室 | 6月底\n2 | 开展培训 | 人事科 | 全年',
        '货物名称 | 规格 | 数量 | 单价\n血压计 | 台式 | 10 | 300\n体温计 | 水银 | 50 | 8',
    ],
)
def test_tables_that_score_nothing_are_lists(picture: str) -> None:
    table = read_picture(picture)
    assert (table.kind, table.lines) == ('list', ())


def test_an_application_form_is_a_form() -> None:
    table = read_picture('申报单位 | | 负责人 |\n单位类别 | | 联系电话 |\n工作基础 | < | < | <\n主要成效 | | |\n')
    assert (table.kind, table.lines) == ('form', ())


def test_in_text_files_a_blank_category_is_the_one_above_and_other_blanks_stay_blank() -> None:
    table = read_picture(
        """
        项目 | 考核内容 | 分值 | 考核标准 | 责任科室
        人事/5/分 | 落实绩效工资 | 2 | 未落实不得分 | 人事科
         | 完成医德考评 | 3 | 缺1项扣0.5分 |
        计财10分 | 加强预算管理 | 10 | | 财务科
        """,
        merges=False,
    )
    assert says(table.lines, 'level1', 'level1_points', 'requirement', 'criteria') == [
        ('人事', '5', '落实绩效工资', '未落实不得分'),
        ('人事', '5', '完成医德考评', '缺1项扣0.5分'),
        ('计财', '10', '加强预算管理', None),
    ]
    assert 'responsible_office' not in table.lines[1].duties


@pytest.mark.parametrize('merges', [True, False])
def test_categories_repeated_on_each_row_are_read_as_merged_ones(merges: bool) -> None:
    picture = """
        一级指标 | 分值 | 二级指标 | 考核内容 | 分值 | 评分标准
        组织管理 | 10 | 体系建设 | 成立领导小组 | 4 | 未成立不得分
        组织管理 | 10 | 体系建设 | 建立协作机制 | 6 | 缺一项扣1分
        业务工作 | 20 | 门诊工作 | 优化就诊流程 | 8 | 未优化扣2分
        业务工作 | 20 | 门诊工作 | 开展预约诊疗 | 12 | 未开展不得分
    """
    columns = ('level1', 'level1_points', 'level2', 'requirement', 'points')
    assert says(read_picture(picture, merges=merges).lines, *columns) == [
        ('组织管理', '10', '体系建设', '成立领导小组', '4'),
        ('组织管理', '10', '体系建设', '建立协作机制', '6'),
        ('业务工作', '20', '门诊工作', '优化就诊流程', '8'),
        ('业务工作', '20', '门诊工作', '开展预约诊疗', '12'),
    ]


def test_in_text_files_points_of_a_category_are_carried_with_it() -> None:
    table = read_picture(
        """
        一级指标 | 分值 | 考核内容 | 分值 | 评分标准
        组织管理 | 10 | 成立领导小组 | 4 | 未成立不得分
         |  | 建立协作机制 | 6 | 缺一项扣1分
        业务工作 |  | 优化就诊流程 | 8 | 未优化扣2分
        """,
        merges=False,
    )
    assert says(table.lines, 'level1', 'level1_points') == [('组织管理', '10'), ('组织管理', '10'), ('业务工作', None)]


def test_in_files_with_merges_a_blank_category_is_unknown() -> None:
    table = read_picture("""
        项目 | 考核内容 | 分值 | 考核标准
        人事（5分） | 落实绩效工资 | 2 | 未落实不得分
        ^ | 完成医德考评 | 3 | 缺1项扣0.5分
         | 其他工作 | 1 | 酌情扣分
    """)
    assert says(table.lines, 'level1') == [('人事',), ('人事',), (None,)]


def test_the_same_lines_have_the_same_key_however_they_are_spaced_and_drawn() -> None:
    merged = read_picture("""
        项目 | 考核内容 | 分值 | 考核标准
        人/事（5分） | 落实绩效 工资 | 2 | 未落实，不得分
        ^ | 完成医德考评 | 3 | 缺1项扣0.5分
    """)
    flat = read_picture(
        """
        项目 | 考 核 内 容 | 分值 | 考核标准
        人事（５分） | 落实绩效工资 | 2.0 | 未落实,不得分
         | 完成医德/考评 | 3 | 缺１项扣0.5分
        """,
        merges=False,
    )
    assert [line.key for line in merged.lines] == [line.key for line in flat.lines]
    assert len({line.key for line in merged.lines}) == 2


def test_categories_and_criteria_under_heads_that_nobody_knows_are_read_and_doubted() -> None:
    table = read_picture("""
        条线 | 考核内容 | 分值 | 打分感觉
        人事 | 落实绩效工资 | 2 | 未落实不得分
        ^ | 完成医德考评 | 3 | 缺1项扣0.5分
        ^ | 完成招聘任务 | 4 | 少1人扣0.5分
    """)
    assert says(table.lines, 'level1', 'criteria')[0] == ('人事', '未落实不得分')
    assert [(found.code, found.col) for found in table.findings] == [('column.doubtful', 0), ('column.doubtful', 3)]


def test_content_standard_and_rule_side_by_side() -> None:
    table = read_picture("""
        检查区域 | 检查内容 | 工作标准 | 扣分标准 | 分值
        主干道 | 路面清扫 | 路面无明显垃圾，无积水，无漂浮物，绿化带内无白色垃圾，责任区每日普扫两次 | 每处扣0.5分 | 10
        ^ | 果皮箱 | 箱体完好，外观整洁，及时清掏，无满溢，周边地面无散落垃圾和污渍，每周清洗一次 | 每处扣1分 | 5
        背街小巷 | 路面保洁 | 全天保洁，无卫生死角，垃圾落地后半小时内清理完毕，无焚烧垃圾和树叶的现象 | 每处扣0.5分 | 5
    """)
    assert says(table.lines, 'level1', 'name', 'criteria')[1] == ('主干道', '果皮箱', '每处扣1分')
    assert str(table.lines[1].requirement).startswith('箱体完好')


def test_a_head_that_nobody_knows_is_reported_and_the_rest_is_read() -> None:
    table = read_picture("""
        项目 | 考核内容 | 分值 | 评分标准 | 星级印象
        人事 | 落实绩效工资 | 2 | 未落实不得分 | 三星
        计财 | 加强预算管理 | 3 | 缺1项扣0.5分 | 四星
    """)
    assert [(found.code, found.col) for found in table.findings] == [('column.unknown', 4)]
    assert len(table.lines) == 2


def test_a_table_that_looks_scored_and_was_not_read_is_reported() -> None:
    table = read_picture("""
        情况一 | 迟到的，每次扣1分
        情况二 | 早退的，每次扣1分
        情况三 | 旷工的，每次扣5分
    """)
    assert [found.code for found in table.findings] == ['table.unknown']


def test_points_missing_where_all_others_have_them_are_doubted() -> None:
    rows = '\n'.join(f'{count} | 第{count}项工作 | 5 | 未完成扣1分' for count in range(1, 12))
    table = read_picture(f'序号 | 考核内容 | 分值 | 评分标准\n{rows}\n12 | 其他工作 | | 未完成扣1分')
    assert [bool(line.doubts) for line in table.lines] == [False] * 11 + [True]


def test_several_tables_of_one_notice_are_read_each_by_its_own_header() -> None:
    tables = read(
        document(
            '附件1',
            '青川市人民医院考核标准',
            draw('项目 | 考核内容 | 分值\n人事 | 落实绩效工资，未落实不得分 | 2\n计财 | 加强预算管理 | 3'),
            '附件2',
            '青川市中医院加分事项',
            draw('序号 | 事项及分值\n1 | 获得表彰的，加1分\n2 | 经验推广的，加2分'),
        )
    )
    assert [table.kind for table in tables] == ['scoring', 'scoring']
    assert says(tables[1].lines, 'kind', 'number', 'criteria')[0] == ('bonus', '1', '获得表彰的，加1分')


def test_titles_with_their_points_under_a_head_of_both_name_what_another_column_scores() -> None:
    table = read_picture("""
        类别 | 考评内容及分值 | 考评标准 | 扣分
        路面 | 机扫（30分） | 少扫一遍扣2分 |
        ^ | 洒水（20分） | 未洒水扣3分 |
        公厕 | 保洁（50分） | 积水每处扣1分 |
    """)
    assert says(table.lines, 'level1', 'name', 'requirement', 'points') == [
        ('路面', '机扫', None, '30'),
        ('路面', '洒水', None, '20'),
        ('公厕', '保洁', None, '50'),
    ]
