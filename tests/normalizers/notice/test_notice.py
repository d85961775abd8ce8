from __future__ import annotations

from dataclasses import replace

import pytest

from kaohe.extractors.document import Block, Document, Table
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Notice
from tests.normalizers.tables import document, draw

SCORED = '序号 | 考核内容 | 评分标准 | 分值\n1 | 落实值班制度 | 缺一次扣0.5分 | 5\n2 | 按时上报 | 迟报一次扣1分 | 5'
LIST = '序号 | 姓名 | 电话\n1 | 王小明 | 0570-1\n2 | 李小红 | 0570-2'


def notice_of(*parts: str | Table, name: str = '新建文件.docx') -> Notice:
    """The metadata of a paper made of these lines and tables."""
    return normalize(document(*parts), name).notice


LETTERHEAD = (
    '青川市卫生健康局文件',
    '青卫发〔2024〕18号',
    '关于印发《2024年度基层医疗卫生机构',
    '绩效考核办法》的通知',
    '各乡镇卫生院：',
    '现将《办法》印发给你们，请认真贯彻执行。',
    '青川市卫生健康局',
    '2024年3月5日',
    '附件1',
    '2024年度基层医疗卫生机构绩效考核评分表',
)


def test_a_paper_with_letterhead_number_and_signature_says_everything() -> None:
    notice = notice_of(*LETTERHEAD, draw(SCORED))
    assert notice.title == '关于印发《2024年度基层医疗卫生机构绩效考核办法》的通知'
    assert notice.issuer == '青川市卫生健康局'
    assert notice.doc_number == '青卫发〔2024〕18号'
    assert notice.issued_on == '2024-03-05'
    assert notice.year == 2024
    assert notice.kind == 'assessment'


@pytest.mark.parametrize(
    ('small', 'title'), [(9.0, '青禾市城市管理考核细则'), (16.0, '青禾市制度汇编2025版青禾市城市管理考核细则')]
)
def test_a_line_far_smaller_than_the_title_is_none_of_it(small: float, title: str) -> None:
    lines = (
        Block('paragraph', '青禾市制度汇编 2025版', size=small),
        Block('paragraph', '青禾市城市管理考核细则', size=18.0),
    )
    scored = document(draw(SCORED))
    found = normalize(replace(scored, blocks=(*lines, *scored.blocks)), 'x.pdf').notice
    assert (found.title or '').replace(' ', '') == title


def test_every_value_of_the_head_knows_where_it_stands() -> None:
    paper = document(*LETTERHEAD, draw(SCORED))
    notice = normalize(paper, 'x.docx').notice
    printed = {
        field: ''.join(
            paper.blocks[origin.block].text[origin.start : origin.end]
            for origin in notice.origins
            if origin.field == field and origin.block is not None
        )
        for field in ('title', 'issuer', 'doc_number', 'issued_on', 'year')
    }
    assert printed == {
        'title': notice.title,
        'issuer': notice.issuer,
        'doc_number': notice.doc_number,
        'issued_on': '2024年3月5日',
        'year': '2024年',
    }


@pytest.mark.parametrize(
    ('lines', 'title'),
    [
        (('云河县人民医院关于印发2024年', '目标责任制考核细则的通知', '各科室：'), '云河县人民医院关于印发2024年目标责任制考核细则的通知'),
        (('关于印发《云河县人民医院绩效', '考核方案（试行）》的通知', '各科室：'), '关于印发《云河县人民医院绩效考核方案（试行）》的通知'),
        (('附件', '云河县人民医院', '2024年度绩效考核工作要点'), '云河县人民医院2024年度绩效考核工作要点'),
        (('附件2：', '村级河长制考核评分细则（100分）'), '村级河长制考核评分细则'),
        (('附件3：2025年安全生产目标管理考核表',), '2025年安全生产目标管理考核表'),
        (('青建集团有限公司', '项目部安全文明施工考核管理办法', '第一章  总则'), '青建集团有限公司项目部安全文明施工考核管理办法'),
        (('教师绩效考核实施方案', '（2024年修订）', '一、指导思想'), '教师绩效考核实施方案（2024年修订）'),
        (('教职工考核办法', '（2024年9月1日教代会通过）', '一、指导思想'), '教职工考核办法'),
        (('特急', '000012', '关于开展2024年度安全生产考核工作的通知', '各部门：'), '关于开展2024年度安全生产考核工作的通知'),
        (('首页', '当前位置：首页 > 通知公告', '发布时间：2024-05-06', '关于开展秋季检查的通知', '各单位：'), '关于开展秋季检查的通知'),
        (('公开招标文件', '项目编号：QC-2024-01', '项目名称：青川市第一小学食堂配送服务采购项目'), '青川市第一小学食堂配送服务采购项目公开招标文件'),
        (('青川市图书馆保洁服务采购项目', '招标文件', '采购人：青川市图书馆'), '青川市图书馆保洁服务采购项目招标文件'),
    ],
)  # fmt: skip
def test_a_title_may_be_broken_labelled_bracketed_or_bare(lines: tuple[str, ...], title: str) -> None:
    assert notice_of(*lines, '考核采用百分制，由办公室组织实施。', draw(SCORED)).title == title


def test_a_title_of_one_long_paragraph_is_whole() -> None:
    title = '云河县教育局关于印发云河县中小学校（幼儿园）2024—2025学年度校园安全工作目标管理责任制考核评分细则及有关事项说明等文件材料的通知'
    assert notice_of(title, '各学校：', '现印发给你们。', draw(SCORED)).title == title


def test_a_title_with_a_line_break_inside_one_paragraph_is_one_line() -> None:
    notice = notice_of('云河县人民医院关于印发\n2024年考核细则的通知', '各科室：', draw(SCORED))
    assert notice.title == '云河县人民医院关于印发2024年考核细则的通知'
    assert notice.issuer == '云河县人民医院'


def test_a_bare_table_lends_its_own_title() -> None:
    picture = '2024年后勤服务考核评分表（100分） | < | < | <\n' + SCORED
    assert notice_of(draw(picture)).title == '2024年后勤服务考核评分表'


def test_the_file_name_is_asked_last_and_said_so() -> None:
    catalogue = normalize(document(draw(SCORED)), 'inbox/2024年保洁考核.docx')
    assert catalogue.notice.title == '2024年保洁考核'
    assert [found.code for found in catalogue.findings] == ['notice.file_name']


def test_the_running_header_of_a_handbook_is_its_title() -> None:
    paper = Document(
        'pdf',
        (
            Block('furniture', '青川职业学院2025学生手册'),
            Block('paragraph', '前  言'),
            Block('paragraph', '为了便于学习，特编本手册。'),
        ),
    )
    notice = normalize(paper, '1.pdf').notice
    assert (notice.title, notice.year) == ('青川职业学院2025学生手册', 2025)


@pytest.mark.parametrize(
    ('lines', 'issuer'),
    [
        (('青川市教育局', '青川市公安局', '文件', '青教〔2024〕3号', '关于印发考核细则的通知'), '青川市教育局 青川市公安局'),
        (('中共云河县委办公室文件', '云委办〔2024〕3号', '关于印发考核细则的通知'), '中共云河县委办公室'),
        (('云河县人民医院', '云医〔2024〕7号', '关于印发考核细则的通知'), '云河县人民医院'),
        (('云河县水利局关于印发河长制考核细则的通知', '各乡镇：'), '云河县水利局'),
        (('关于印发考核细则的通知', '各科室：', '请遵照执行。', '云河县中医院（盖章）', '2024年5月6日'), '云河县中医院'),
        (('关于印发考核细则的通知', '各科室：', '请遵照执行。', '云河县中医院    2024年5月6日'), '云河县中医院'),
        (('关于印发考核细则的通知', '各科室：', '请遵照执行。', '云河县教育局', '云河县财政局', '2024年5月6日'), '云河县教育局 云河县财政局'),
        (('云河县人民医院', '2024年度绩效考核评分表'), '云河县人民医院'),
        (('云河县人民医院2024年度绩效考核评分表',), '云河县人民医院'),
        (('食堂服务招标文件', '采 购 人（盖章）：云河县第一中学'), '云河县第一中学'),
        (('食堂服务招标文件', '采购人：见前附表', '招标方：云河县第一中学'), '云河县第一中学'),
        (('云河县第一中学2025学生手册',), '云河县第一中学'),
        (('云河县人民医院科室考核细则', '云河县人民医院各科室应当遵照执行。'), '云河县人民医院'),
        (('云河县乡镇卫生院考核细则', '云河县乡镇卫生院应当遵照执行。'), None),
        (('关于印发考核细则的通知', '各科室：', '请遵照执行。', '云河县中医院党政综合办公室      2024年5月7日印发'), '云河县中医院'),
        (('云河县供销合作社联合社', '2025年度考核办法', '各基层社：'), '云河县供销合作社联合社'),
        (('2024年县区综合督查细则（120分）',), None),
        (('科室考核评分表',), None),
    ],
)  # fmt: skip
def test_the_issuer_is_who_signs_or_heads_the_paper(lines: tuple[str, ...], issuer: str | None) -> None:
    assert notice_of(*lines, draw(SCORED)).issuer == issuer


@pytest.mark.parametrize(
    'number',
    [
        '青卫发〔2024〕18号', '青卫发[2024]18号', '青卫发（2024）18号', '青卫发【2024】18号', '青建安字〔2024〕第3号', '第12号', '2024年第5号',
        '青卫党〔 2024 〕 18 号',
    ],
)  # fmt: skip
def test_document_numbers_are_read_in_all_their_brackets(number: str) -> None:
    notice = notice_of('关于印发考核细则的通知', number, '各科室：', draw(SCORED))
    assert (notice.doc_number or '').replace(' ', '') == number.replace(' ', '')


def test_who_signs_for_printing_is_no_part_of_the_number() -> None:
    assert (
        notice_of('云河县水利局文件', '云水〔2024〕9号        签发人：王大河', '关于印发考核细则的通知').doc_number
        == '云水〔2024〕9号'
    )


def test_a_number_that_the_text_quotes_is_not_the_papers_own() -> None:
    notice = notice_of(
        '关于印发考核细则的通知', '各科室：', '根据《考核办法》（云卫发〔2023〕7号）要求，现印发给你们。', draw(SCORED)
    )
    assert notice.doc_number is None


@pytest.mark.parametrize(
    ('printed', 'iso'),
    [
        ('2024年8月1日', '2024-08-01'), ('２０２４年８月１日', '2024-08-01'), ('2024 年 08 月 01 日', '2024-08-01'), ('二〇二四年八月一日', '2024-08-01'),
        ('二○二四年十二月三十一日', '2024-12-31'), ('二零二四年十月二十日', '2024-10-20'), ('2024-08-01', '2024-08-01'), ('2024.8.1', '2024-08-01'),
        ('（2024年8月1日）', '2024-08-01'), ('2024年8月', None), ('2024年2月30日', None),
    ],
)  # fmt: skip
def test_signed_dates_are_read_in_all_their_forms(printed: str, iso: str | None) -> None:
    assert (
        notice_of('关于印发考核细则的通知', '各科室：', '请遵照执行。', '云河县中医院', printed, draw(SCORED)).issued_on
        == iso
    )


def test_the_printed_date_counts_where_nobody_signed() -> None:
    notice = notice_of('2024年考核细则', draw(SCORED), '云河县卫生健康局办公室   2024年6月3日印发')
    assert (notice.issued_on, notice.issuer) == ('2024-06-03', '云河县卫生健康局')


def test_the_signed_date_goes_before_the_printed_one() -> None:
    notice = notice_of(
        '考核细则', '请遵照执行。', '云河县中医院', '2024年6月1日', '云河县中医院办公室  2024年6月3日印发'
    )
    assert notice.issued_on == '2024-06-01'


@pytest.mark.parametrize(
    ('name', 'printed', 'issuer', 'iso'),
    [
        ('云河县民政局', '2025年3月6日印发', '云河县民政局', '2025-03-06'),
        ('云河县民政局办公室', '2025年3月6日印发', '云河县民政局', '2025-03-06'),
        ('望海市政府社會局', '中華民國114年3月5日', '望海市政府社會局', '2025-03-05'),
        ('请遵照执行。', '中華民國114年3月5日', None, '2025-03-05'),
    ],
)
def test_a_name_above_a_date_that_says_what_happened_then_signs(
    name: str, printed: str, issuer: str | None, iso: str
) -> None:
    notice = notice_of('考核评分表', draw(SCORED), name, printed)
    assert (notice.issuer, notice.issued_on) == (issuer, iso)


def test_the_imprint_may_stand_in_a_table_of_its_own() -> None:
    notice = notice_of('2024年考核细则', draw(SCORED), draw('云河县水利局办公室 | 2024年6月3日印发\n抄送：县政府 | '))
    assert notice.issued_on == '2024-06-03'


def test_dates_of_the_text_are_not_the_papers_date() -> None:
    assert notice_of('2024年考核细则', '考核于2024年12月1日前完成。', draw(SCORED)).issued_on is None


@pytest.mark.parametrize(
    ('title', 'year'),
    [
        ('2024年度绩效考核办法', 2024), ('二〇二四年度绩效考核办法', 2024), ('关于2023年考核结果的通报', 2023), ('绩效考核办法', None),
        ('望海市114年度社區照顧評鑑表', 2025), ('民国113年度考核办法', 2024), ('建校114年度考核办法', None), ('2023-2025年创建工作方案', None), ('2024年度工作总结和2025年工作计划', 2024), ('关于印发2025年考核细则的通知', 2025),
    ],
)  # fmt: skip
def test_the_year_is_the_one_that_is_assessed_or_reported(title: str, year: int | None) -> None:
    assert notice_of(title, '各单位要认真对照执行。').year == year


def test_the_year_may_stand_with_the_tables_only() -> None:
    assert notice_of('绩效考核办法', '现予公布。', '2024年度科室考核评分表', draw(SCORED)).year == 2024


@pytest.mark.parametrize(
    ('parts', 'kind'),
    [
        (('管理手册', '本手册供学习。', draw(SCORED)), 'assessment'),
        (('值班管理办法', '第一条 值班人员应当到岗。', draw(LIST)), 'other'),
        (('奖惩规定', '迟到一次扣1分。', '旷工一次扣3分。', '受表扬一次加2分。'), 'assessment'),
        (('云河县中医院2024年度工作总结', '一年来，门诊人次同比增长5%。'), 'summary'),
        (('关于报送《2024年卫生工作情况汇报》的通知', '一年来，我局取得了成绩。'), 'summary'),
        (('砥砺前行谱新篇', '一年来，我院门诊人次同比增长5%。', '同时也存在不足，下一步将加强管理。'), 'summary'),
        (('2024年工作总结考核办法', '第一条 各科按时上交。', draw(SCORED)), 'assessment'),
        (('关于召开会议的通知', '请准时参加。'), 'other'),
    ],
)  # fmt: skip
def test_the_kind_is_what_the_content_is(parts: tuple[str | Table, ...], kind: str) -> None:
    assert notice_of(*parts).kind == kind


@pytest.mark.parametrize(
    ('text', 'year'),
    [
        ('现将2025年度考核办法印发给你们，请遵照执行。', 2025),
        ('2025年度对在岗驾驶员实行月度记分管理。', 2025),
        ('考核期间：2025年第三季度', 2025),
        ('根据2024年度考核办法，现予公布。', None),
        ('请认真贯彻执行。2025年度评价工作于12月底前完成。', 2025),
        ('现就做好２０２４年度安全生产考核工作通知如下。', 2024),
        ('根据2024年度考核工作情况，制定本办法。', None),
        ('2023年度考核工作已经结束，2024年度考核工作于6月开始。', None),
        ('2024年度收入增长5%。', None),
        ('为做好2024年度林场运行评估，制定本办法。', 2024),
        ('本办法已经研究通过，现印发给你们。2025年度考评按本办法执行。', 2025),
        ('2025年度收入按本办法执行。', None),
        ('为做好2024年度林场防火，根据评估结果整改。', None),
    ],
)
def test_the_year_may_stand_in_the_sentence_that_announces_the_assessment(text: str, year: int | None) -> None:
    assert notice_of('绩效考核办法', text).year == year


def test_the_last_meeting_that_passed_the_paper_dates_it() -> None:
    notice = notice_of(
        '青川科技大学教学评分标准',
        '2019年3月5日第一次教务会议通过',
        '2021年4月25日第二次校务会议修正通过',
        draw(SCORED),
        '2010年1月1日某次会议通过的办法同时废止。',
    )
    assert notice.issued_on == '2021-04-25'


@pytest.mark.parametrize(
    ('lines', 'title'),
    [
        (
            ('政府采购信息网 服务热线：400-000-0000', '云溪海事处2024年船舶维护公开招标公告'),
            '云溪海事处2024年船舶维护公开招标公告',
        ),
        (('云溪信用评分模型', 'v3.0  ·  通用版  ·  2026年4月', '一、总则'), '云溪信用评分模型'),
        (
            ('2021年青川电子设计竞赛试题', '参赛注意事项', '每队3人。', '智能灌溉装置（B题）'),
            '2021年青川电子设计竞赛试题智能灌溉装置（B题）',
        ),
    ],
)
def test_frames_editions_and_tasks_are_told_from_titles(lines: tuple[str, ...], title: str) -> None:
    assert notice_of(*lines, draw(SCORED)).title == title


def test_the_number_of_a_form_and_a_count_of_pages_are_no_title() -> None:
    found = normalize(document('KH-GD-A08-C', '共        页', draw(SCORED)), '消防专项检查表.docx')
    assert found.notice.title == '消防专项检查表'
    assert [table.title for table in found.tables] == [None]


def test_a_name_with_its_date_below_the_title_signs_it() -> None:
    notice = notice_of('清河水库后期扶持2024年度评价指标', '南岭州水库服务中心　2024年12月20日', draw(SCORED))
    assert (notice.title, notice.issuer, notice.issued_on) == (
        '清河水库后期扶持2024年度评价指标', '南岭州水库服务中心', '2024-12-20'
    )  # fmt: skip


def test_a_heading_below_the_words_of_a_menu_is_the_title() -> None:
    menu = [Block('paragraph', word) for word in ('栏目导航', '通知公告')]
    table = draw(SCORED)
    found = normalize(
        Document(
            'html', (*menu, Block('paragraph', '青山区公厕管理考核细则', level=1), Block('table', table=0)), (table,)
        ),
        'page.html',
    )
    assert found.notice.title == found.tables[0].title == '青山区公厕管理考核细则'


def test_a_line_below_a_heading_that_is_none_heads_the_table_alone() -> None:
    table = draw(SCORED)
    found = normalize(
        Document(
            'html',
            (Block('paragraph', '岗位考核卡', level=1), Block('paragraph', '卡片一'), Block('table', table=0)),
            (table,),
        ),
        'page.html',
    )
    assert (found.notice.title, found.tables[0].title) == ('岗位考核卡', '卡片一')


def test_a_path_of_links_above_a_heading_is_none_of_the_title_of_its_table() -> None:
    table = draw(SCORED)
    path = Block('paragraph', '首页 > 政务公开 > 绿化管理')
    found = normalize(
        Document('html', (path, Block('paragraph', '公园养护考核标准', level=1), Block('table', table=0)), (table,)),
        'page.html',
    )
    assert found.tables[0].title == '公园养护考核标准'


@pytest.mark.parametrize(
    'below', [['公厕保洁考核办法的通知'], ['《公厕保洁考核办法》', '的通知']], ids=['in one line', 'in two lines']
)
def test_a_heading_that_lacks_its_notice_goes_on_below(below: list[str]) -> None:
    heading = Block('paragraph', '青山区城市管理委员会关于印发', level=1)
    lines = [Block('paragraph', line) for line in below]
    table = draw(SCORED)
    found = normalize(Document('html', (heading, *lines, Block('table', table=0)), (table,)), 'page.html')
    assert found.notice.title == ''.join((heading.text, *below))


def test_a_heading_about_something_that_has_its_end_does_not_go_on() -> None:
    heading = Block('paragraph', '青山区关于做好公厕保洁', level=1)
    table = draw(SCORED)
    line = Block('paragraph', '卡片一')
    found = normalize(Document('html', (heading, line, Block('table', table=0)), (table,)), 'page.html')
    assert found.notice.title == heading.text


def test_the_frame_of_a_web_page_names_who_issued_a_paper_that_nobody_signed() -> None:
    lines = ('人防工程维护考核标准', '发布日期：2025-01-09　来源：青石区人民防空办公室　浏览次数：12')
    assert normalize(document(*lines), 'x.html').notice.issuer == '青石区人民防空办公室'
    for other in ('发布日期：2025-01-09　来源：青石日报社', '资金来源：青石区财政局'):
        assert normalize(document(lines[0], other), 'x.html').notice.issuer is None
    signed = (*lines, '青石区住房和城乡建设局', '2025年1月6日')
    assert normalize(document(*signed), 'x.html').notice.issuer == '青石区住房和城乡建设局'
