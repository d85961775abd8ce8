"""Words around what is measured: those that name a rate, introduce a matter, fill a gap or end a phrase. Data only."""

from __future__ import annotations

import re
from typing import Final


def word_set(text: str) -> frozenset[str]:
    """The words of a text that white space separates."""
    return frozenset(text.split())


SELF_NAMING: Final = frozenset({'学分', '学时', '课时'})
"""Units that say what is measured."""

RATE_HEADS: Final = (
    '率', '比例', '比重', '占比', '比率', '比', '度', '指数', '系数', '强度', '浓度', '水平', '总量', '总额', '余额', '金额', '面积', '里程', '产量', '增幅', '降幅', '增速', '份额', '均值',
    '得分', '评分', '成绩', '排名', '名次', '时间', '时长', '时限', '周期', '费用', '收入', '支出', '成本', '能耗', '水耗', '产值', '利润', '投资', '经费', '值', '数', '量', '额', '天数', '人数', '次数', '场次',
    '安全感', '获得感', '幸福感', '病种', '住院日', '年限', '间隔', '距离', '高度', '宽度', '厚度', '温度', '湿度',
)  # fmt: skip
"""A phrase that ends so is measured as a whole."""

SHARE_HEADS: Final = ('率', '比例', '比重', '占比', '比率', '满意度', '知晓度', '安全感', '覆盖面')
"""Of these, what is counted in per cent (or per mille) and in nothing else."""

INTRODUCING: Final = word_set(
    '开展 组织 召开 举办 举行 完成 实现 达成 推进 推动 加强 强化 深化 落实 做好 抓好 确保 保证 保障 力争 争取 争创 积极 努力 全面 进一步 继续 切实 严格 认真 扎实 深入 大力 稳步 '
    '持续 不断 有效 安排 进行 实施 实行 要求 规定 须 需 应 应当 必须 要 请 使 让 令 抓 促进 保持 维持 严控 控制 坚持 注重 优化 提高 提升 降低 减少 增加 加快 加大 贯彻 按时 及时 未 没有 未能 没 '
    '不得 不 无 累计 共 共计 合计 总计 一共 成功 顺利 圆满 已 已经 至少 最少 最多 原则上 其中 其 均 都 每 各 同时 此外 另外 目前 现有 全部 获 获得 荣获 取得 首批 一是 二是 三是 四是 五是 '
    '六是 包括 涵盖 如 例如 有 当年 本年 现 的 了 至 到 也 还 又 再 将 已有 共有 有关 各类 其它 其他 做到 查 查看 查阅 存在 特别是 达到 达 以及'
)  # fmt: skip
"""Verbs and adverbs that introduce what is measured and are no part of it."""

HANDLING: Final = word_set(
    '建立 健全 完善 制定 制订 出台 印发 提供 配备 配置 设置 设立 列入 纳入 选派 派出 具有 具备 拥有 上 开 办 做 搞 规范 统筹 探索 创新 突出 执行 履行 参加 参与 定期 不少于 不低于 不超过 通报 受到 '
    '被 投入 拨付 筹集 查 查看 推荐 打造 创建 培育 建成 建设 建 创 争 发现 发生 出现 存在 造成 引发 导致 引起 酿成 诱发 避免 收到 接到 接受 受理 监督 督促 指导 配合 协助 联合 邀请 聘请 聘用 组建 成立 编印 编制 '
    '编写 修订 梳理 排查 清理 接待 覆盖 涉及 惠及 通过 用于 带来 形成 列支 上报 报送 提交 布置 承担 主持 授予 评选 评为 获评 入选 命名'
)  # fmt: skip
"""Verbs that introduce what is counted; in the name of a rate they are part of it (``指导覆盖率``)."""

HAPPENING: Final = word_set('发现 发生 出现 存在 造成 引发 导致 引起 酿成 诱发 避免 查 查看 被 受到 上')
"""Of these, the verbs that name nothing by themselves."""

NOUNLIKE: Final = word_set(
    '建设 监督 指导 评选 报告 推荐 培育 排查 清理 接待 规范 探索 创新 统筹 覆盖 创建 编制 修订 提交 布置 参与 上'
)
"""Of these, inside a phrase most are nouns (``星级门诊创建工作``)."""

STOPS: Final = word_set(
    '且 并 并且 但 而 而且 或 或者 若 如果 则 按照 按 根据 依据 依照 对照 对 对于 对比 将 把 在 于 以 从 向 因 因为 自 当 经 为了 随着 围绕 后 时 前 期间 的话 均应 '
    '即 是否 应该'
)  # fmt: skip
"""Words at which a metric begins anew."""

TIMES: Final = word_set(
    '全年 年内 本年度 当年 今年 年底 年末 月底 上半年 下半年 一季度 二季度 三季度 四季度 每年 每月 每季度 每半年 每周 每天 每日 每 年 月 到 至 截至 累计 期内 评选 考核期 考评期'
)  # fmt: skip

FILLERS: Final = word_set(
    '是否 偶尔 经常 常常 有时 时常 往往 均 都 全部 应 应当 须 需 要 必须 可 能 能够 达到 达 实现 完成 保持 保持在 稳定 维持 为 是 在 不 原则上 力争 争取 确保 保证 基本 年度 全年 年内 当年 本年度 累计 合计 共 共计 '
    '无故 故意 擅自 恶意 私自 分别 各 各自 至 到 就 已 已经 至少 最少 约 近 大约 左右 则 的 了 综合 并 且 也 仍 还 总体 整体 力争达到 控制 方面 每 占 前 全省 全市 全国 全县 全区 全院 全校 全镇 同类 位居 位列 列 居 名列 系统 系统内 内 排名 不得 未 没有 均应 大 小 高 低 达标 等 一般 原则 进入 由 从 自 中 得'
)  # fmt: skip
"""Words between a metric and its number."""

TAIL_VERBS: Final = word_set('召开 开展 举行 举办 组织 安排 进行 落实 获 获得 荣获 取得 得 修 听取 参加 达到 排名')
"""Verbs between what is measured and its number: they end the phrase and are no part of it."""

SURVEYS: Final = re.compile('(?:抽样|问卷|电话|入户|随机)(?:调查|访谈|抽查|检查|回访)')

ANSWERED: Final = re.compile('的?[一-鿿]{0,4}?(?:知晓|满意|合格|达标|符合|正确)')
"""Behind a share: how many of those who were asked said so."""

OCCASIONS: Final = (
    re.compile(
        '(?:[其另]他|其它|其余|春夏|秋冬|冬夏季?|非?高峰|夜间|日间|白天)?(?:时段|时间段|时期|季节)|[春夏秋冬]{1,2}[季天]?|夜间|日间|白天|早?晚?高峰|平峰|旺季|淡季|非?汛期|工作日|节假日|周末'
    ),
    re.compile(
        '主?城区|市区|县城|城[市镇]|农村|乡[镇村]|镇区|集镇|建制镇|行政村|自然村|郊县|郊区|山区|平原|边远地区|偏远地区|其他地区|主?城'
    ),
    SURVEYS,
)
"""Times, places and surveys, each for itself."""

OCCASION: Final = re.compile('|'.join(kind.pattern for kind in OCCASIONS))
"""Only says when, where or how one looks: what is measured was named before."""

NAMED_BY_PLACE: Final = (
    '城市管理', '城市建设', '城市更新', '城市综合', '城市书房', '城市体检', '城市治理', '城市运行', '城市精细', '城镇化', '城镇登记', '城镇调查', '城镇新增', '农村公路', '农村集体',
    '农村人居', '农村饮水', '农村户厕', '农村危房', '农村土地', '农村电商', '乡村振兴', '乡村旅游', '乡村建设', '乡村治理', '乡村医生', '乡镇企业',
)  # fmt: skip
"""Names that begin with a place and say what something is, not where: no other place can stand in its stead."""

FOUND_ELSEWHERE: Final = ('公路', '饮水', '户厕', '危房', '土地', '电商', '集体', '人居', '医生', '企业')
"""What such a name goes on with, where there is the same at other places too: 农村公路 and 城区公路, but no 农村管理 beside 城市管理."""

SCOPE: Final = re.compile(
    r'同一(?:个)?(?:网格|标段|项目|片区|站点|路段|企业|单位|学校|班级|小区|村|社区|乡镇|街道|科室|部门|员工|学生|机构|商户|门店|窗口|账户|当事人|班组|岗位|人|户|车|船)|(?:同一|同|每|各|某)?(?:个|一)?(?:标段|项目|人|单位|单|车|部门|班组|岗位|路段|事项)?(?:考核|考评)?'
    r'(?:当|全|本|一|单|每|同)?(?:个)?(?:月度|年度|季度|月|年|季|日|天|周|次|学期|学年)(?:度)?(?:内|中|里)?(?:累计|连续)?'
)
"""Only says for whom, how long or at what time: no metric."""

AFTER_LEAD: Final = re.compile(r'(?:的|召开|开展|组织|安排|举行|举办|进行|对|专门|相关|有关|以上)+')
NO_METRIC: Final = re.compile(
    r'$|[^“《A-Za-z\u4e00-\u9fff]|一个?(?:百分点|个点)|得[\d满全分一半]|[零满]分|(?:要求|标准|规定)(?=[,。;扣得]|$)|(?:加倍|双倍|翻倍|减半|折半|翻番)|不得分|不扣分|不[加减计罚奖扣]|整项|全项|视情|据实|酌|归零|清零|不[足到满]|不(?=[大小高低少多]于|超过)|未满|未达(?!标)|低于|高于|超过|少于|多于|小于|大于|停[工业产职用止运]|关停|降级|降档|作?(?:为|按)?无效|作废|废标|视[为同作]|暂停|撤销|吊销|收回|移送|移交|终止|解除|解聘|辞退|清退|开除|停业|予以|约谈|免职|问责|追究|不予|一票|扣|[记计加减奖给](?:励|予)?(?=\d|\S{0,3}分)|为(?!民)|是|即|每|且|并|或|但|而|和|及|与|'
    r'者|由|时(?!间)|后(?!勤)|前(?!期)|之|左右|则|按(?!摩)|该|本项|此项|不再|一次性|直接|一律|下调|调低|[得扣计](?:基本|基础|标准|该项|本项|满分)|(?:基本|基础|标准)分|[一-鿿]{0,4}分?(?:全扣|全部扣除|清零|归零|记零)|(?:单位|部门|科室|乡镇|街道|学校|企业|人员|个人|责任人)(?:须|应|要|将|需|予以|给予|由)|应(?=当|该|在|按|达|不|于|予|由|予以)|须|可(?=以|不|按|得)|取消|'
    r'(?:完成|进行|实施|落实|开展|执行)(?:[,。;]|$)'
)
"""What follows a number and names nothing that it measures."""

AFTER_END: Final = re.compile(
    r'\([^()\d]*\)(?=[\u4e00-\u9fff])|(?P<end>[和及与]?(?<=[\u4e00-\u9fff])\d|[。;,:!?、()\n]|的(?=[,。;]|$)|的(?=一次性|约谈|通报|问责|追究|移送|解除|终止|停止|暂停|中止|撤销|吊销|取消|辞退|解聘|清退|一票|予以|给予|视为|直接|全部|[该本此]项|均|则)|(?:的)?得(?=[\d满全分])|的?扣|的?[记计加](?=\d)|奖励?\d|的?不得分|的?(?:加倍|双倍|翻倍|减半|折半)|酌情|用于|(?:低于|高于|超过|不足|少于|未达)(?=[\d一二三四五六七八九十])|的?每|至少|应当|包括)'
)
"""Where the name of what follows a number ends; a bracket inside it does not end it."""

PER_UNITS: Final = (
    '平方米',
    '平方公里',
    '公里',
    '名',
    '人',
    '个',
    '户',
    '亩',
    '吨',
    '台',
    '件',
    '例',
    '床',
    '所',
    '家',
    '张',
    '张床',
    '张床位',
    '张病床',
)

REACHES: Final = re.compile(r'达到|达标|符合|达(?=\d)|控制在|满足|不超过|不低于|≥|≤|>|<')
CARRIES: Final = re.compile(r'使用|占|接受|参加|享受')
"""Verbs inside a metric that hold for each part of a list."""
