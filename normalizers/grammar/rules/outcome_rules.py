"""Rules that read an outcome without an amount: all, nothing, a veto, a lower grade, points added or taken by no stated number."""

from __future__ import annotations

import re
from typing import Final

from kaohe.extractors.labels import SIGN
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.clauses.amounts import POINTS
from kaohe.normalizers.grammar.clauses.phrase_rule import PhraseRule
from kaohe.normalizers.grammar.clauses.verbs import TAKE
from kaohe.normalizers.vocabulary import point_words as words

_END = rf'(?=[,。;:、()\n!?”]|$|\d[.、]|{SIGN})'
# an amount that tells how much was meant by the verb before: 予以扣分，每起2分
_SAID_BEHIND = r'[,:](?:标准为|其中|即)?每[^,。;:\d不最至上超扣加]{1,8}?(?P<points>'
_LIMIT_BEHIND = re.compile(r'(?:及|或)?以[上下内]|之间')
_OWN = r'(?:此|该|本|相应|所在|其|任何)?(?:大|小|单|分)?(?:项|条|款|指标|子项|内容)?(?:目|工作|考核|任务|指标)?(?:的)?(?:相应|全部|所有|应得|总)?'
_ALL = r'(?:全部|全额|整项|悉数|一并|全|均)'
_MATTER = r'(?:事项|情形|指标|项目|条件|范围|内容|的|类|清单|项)'
_HONOUR = r'(?:参加|参与|申报|推荐|授予|列为|认定为|评定为|确定为|定为|评选为|评为|评选|评|当选|获评|享受)'
_HONOURS = r'(?:先进(?:单位|集体|个人|科室|称号)?|优秀(?:等次|等级|档次|单位|个人)?|评优(?:评先|评奖)?|评先(?:评优|树优)?|评选|荣誉称号|称号|评奖|表彰)'
_OR = re.compile(r'或[^,。;\n]{0,24}(?:时|的),')
_NOUN = re.compile(rf'{either(words.NOUN_SCORES)}$')
_ASSESSED = re.compile('[考测自互抽]评(?!为|[“"])')
# what has levels of its own, by which nobody is assessed
_OF_A_MATTER = re.compile(r'(?:护理|预警|响应|风险|隐患|火险|火灾|病情|水质|灾害|疫情)[^,。;]{0,8}$')
_NAMED = re.compile(r'(?:计算|汇总|每个?|取|作为|即为|视为|认定为|各项|以上|上述|下列|具有|有效)[^,。;\n]*的$')


def _stated(text: str, match: re.Match[str]) -> bool:
    """The phrase is what follows, not the condition of something else (``一项不得分的，…``)."""
    if _OR.match(text, match.end()):
        return False
    return text[match.end() : match.end() + 1] != '的' or text[match.end() + 1 : match.end() + 2] in ('', '。', ';')


def _takes_all(text: str, match: re.Match[str]) -> bool:
    """``缺一项扣相应分值`` takes what the thing is worth; ``按事故责任扣除相应分数`` leaves how much to who judges."""
    part = re.split('[,。;:\n]', text[max(0, match.start() - 24) : match.start()])[-1]
    return _stated(text, match) and not ('相应' in match.group() and re.search('按|根据|依据|视', part))


def _gives_all(text: str, match: re.Match[str]) -> bool:
    """``有则得分`` gives all; ``实际得分`` is a noun."""
    before = text[max(0, match.start() - 24) : match.start()]
    if _NOUN.search(before[-4:]) or _NAMED.search(before):
        return False
    return bool(re.search(r'[,则的求到标成上%齐全实效好格位定过作立开行及]$', before))


def _not_denied(text: str, match: re.Match[str]) -> bool:
    return text[max(0, match.start() - 1) : match.start()] not in ('不', '未', '没') and _stated(text, match)


def _consequence(text: str, match: re.Match[str]) -> bool:
    """A lower grade that follows; ``每降低一个等次扣1分``, ``被降低等次的扣`` are conditions."""
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 4]
    if _ASSESSED.match(before[-1:] + match.group()):
        return False  # 被考评不达标，则不能评为先进
    if _OF_A_MATTER.search(text, max(0, match.start() - 12), match.start()):
        return False  # 护理级别降为二级
    return '每' not in before and not re.match(r'的|事项|情形|项目|标准|责任|,?(?:每|扣|减|得|加|则)', after)


def _no_limit(text: str, match: re.Match[str]) -> bool:
    return _LIMIT_BEHIND.match(text, match.end()) is None


OUTCOMES: Final = (
    PhraseRule(
        id='forfeit',
        effect='forfeit',
        reads='不得分、不给分、不予计分',
        pattern=rf'(?:均|一律|则|全部)?不(?:再|予以|予|能|可|应)?(?:得|给予|给|计入|计|记|赋|享有)(?:到)?{_OWN}分(?:值|数)?(?![包散离拆别解割设摊批段标流类析发支给内公管配])',
        accept=_stated,
        examples=(
            '未开展的，不得分 → forfeit',
            '每缺1项则不给相应分 → forfeit',
            '弄虚作假的不予计分 → forfeit',
            '发现一例不得分 → forfeit',
        ),
        counter_examples=('不得分包', '不得分别计算', '一项不得分的，另行通报'),
    ),
    PhraseRule(
        id='forfeit.zero',
        effect='forfeit',
        reads='得0分、记零分、本项为0分、扣至0分、清零',
        pattern=(
            r'(?:得|记为|记|计为|计|评|打|赋|按|为|以)(?:0(?:\.0+)?|零|〇)分(?:计算|计|处理|论处|算)?(?!,?即?止)'
            r'|(?:分|项|指标|考核|考评|成绩)(?:值|数|目)?(?:直接|予以|作|按)?(?:归零|清零|为零)(?:处理)?'
            r'|(?:分(?:值|数)?|成绩)(?:直接)?(?:为|计为|记为|计|记)(?:0(?![.\d分])|零(?=[,。;、)\n]|$))'
            r'|(?<=[,;。\n])否则(?:得|计|记|按)?为?0(?![.\d分%])(?=[,。;、)\n]|$)|(?:(?:未|不|没有|无)[\u4e00-\u9fff]{1,6}(?:(?:的|者)则?[得计记]?|则[得计记]?|(?<![率数量额比度])[得计记])|(?<=分[,;。])(?:无(?![效责证照主故理])[\u4e00-\u9fff]{0,4}(?<![率数量额比件起例次案罪故人诉单亡])|(?:未|没有)[\u4e00-\u9fff]{1,6}(?<![率数量额比度件起例次案罪故人诉单])|不(?:达标|合格|符合|完整|齐全|到位|满足)(?:要求|标准|规定)?))为0(?![.\d分%])(?=[,。;、)\n]|$)(?!,[得加奖])'
            r'|(?<=[:,、(项])0分(?=[,。;、)\n]|$)|(?<![至到低扣减])零分(?=[,。;、)\n]|$)|无分(?=[,。;)\n]|$)|一分不得'
        ),
        accept=_stated,
        examples=(
            '发生瞒报的，本项记0分 → forfeit',
            '未提供的得0分 → forfeit',
            '有规划得2分，否则为0 → award 2; forfeit',
            '建立制度得2分，未建立为0 → award 2; forfeit',
            '不合格的该项为0分 → forfeit',
            '一经查实，当期科研分清零 → forfeit',
            '截留票款的，当月考核清零 → forfeit',
            '受检率不足八成零分 → forfeit',
            '超过最高限价的，报价分为0 → forfeit',
            '资料造假的，本项评分为0 → forfeit',
            '少5天以上的该项目分记零 → forfeit',
        ),
        counter_examples=('得0.5分', '得10分', '不良率为0', '未达标的为0.5分', '评分为0.5分', '评分为0的限期整改'),
    ),
    PhraseRule(
        id='forfeit.all',
        effect='forfeit',
        reads='此项分全扣、全部扣除、扣除该项全部分值',
        pattern=(
            rf'(?:[此该本](?:大|小|单)?项(?:目)?(?:的)?(?:{POINTS}|分值|分数|得分|分)?)?{_ALL}扣(?:除|完|光|减|掉|尽)?(?:分(?!值))?(?!\d|[完光尽]?为止|[^,。;]{{0,4}}?\d|[一二两三四五六七八九十]+分)'
            r'|扣(?:除|减|光|完|尽|掉|去)?(?:此|该|本|相应|所在)(?:大|小|单)?(?:项|条|款|指标|子项)(?:目|内容|工作|考核)?的?(?:全部|所有|总)?(?:应得|得)?(?:分值|分数|得分|分|满分)'
            r'(?!的?(?:\d|百分|一半|[一二三四]分之)|[^,。;]{0,2}为止|值的|扣|责任|项)'
            rf'|{TAKE}[^,。;\n\d扣减]{{0,8}}?(?:全部|所有|全额|全)(?:[^,。;\n\d为]{{0,4}}?)(?:分值|分数|得分|分)(?!为止|值?的)|扣光(?!为止)'
            r'|扣(?:除|减)?(?:相应|对应)的?分(?:值|数)?(?=[,。;)\n]|$)'
            r'|扣完(?:此|该|本)(?:小|大)?项(?:目)?(?:的)?(?:全部)?(?:分值|得分|分)?(?=[,。;)\n]|$)|(?:(?<=[的则][此该本整]项)|(?<=的,[此该本整]项)|(?<=\d[组处次项件例人个家户起批]的)|(?<=以上)|(?<=以上的)|(?<=以下的)|(?<=以下)|(?<=事故)|(?<=造假)|(?<=瞒报))扣完(?=[。;)\n并]|$)|(?<=[的,])一次(?:性)?(?:扣|减)完(?=[。;)\n]|$)'
            r'|取消(?:此|该|本)项(?:目)?(?:得分|分值|计分|分)|(?:失去|丧失)(?:此|该|本)项(?:得)?分'
        ),
        accept=_takes_all,
        examples=(
            '未开展此项工作的此项分全扣 → forfeit',
            '发现有1项乱收费则此大项2分均扣 → forfeit',
            '一项未完成全部扣除 → forfeit',
            '病案造假的扣除科室当月全部绩效分 → forfeit',
            '制度上墙（0.5分）、预案健全（1分），缺一项扣相应分值 → award 0.5; award 1; forfeit',
            '未按期报告的，扣除该项应得分 → forfeit',
            '丢失机要件的扣完本项 → forfeit',
            '轻伤一起扣1分，死亡事故扣完 → deduct 1 /1 起; forfeit',
            '每次扣1分，三次以上扣完 → deduct 1 /1 次; forfeit',
            '差错率1%—2%的扣3分，2%以上的扣完 → deduct 3; forfeit',
            '漏发预警的，一次减完 → forfeit',
        ),
        counter_examples=('扣该项分值的一半', '全扣完为止', '均扣1分', '按事故责任扣除相应分数', '每次扣1分，本项扣完'),
    ),
    PhraseRule(
        id='full.unharmed',
        effect='full',
        reads='不扣分、免予扣分',
        pattern=r'(?:均|则)?不(?:予以|予|再|作|做|进行|另行|另)?(?:扣|减)(?:除|减)?分(?![值项数])|免(?:予|于)?扣分?(?!\d)|(?<!应扣)(?<!该扣)(?<!不加)不扣(?=[,。;、)\n]|$)',
        accept=_stated,
        examples=(
            '有计划并实施的不扣分 → full',
            '病假凭证明不扣 → full',
            '[penalty] 自查发现并已处理的，不扣分 → full',
        ),
        counter_examples=('不扣分项', '不扣分的单位', '保持不变的不加不扣'),
    ),
    PhraseRule(
        id='full',
        effect='full',
        reads='得满分、得全分、得此分、有则得分',
        pattern=r'(?:得|记|计|给|赋|评|打)(?:该|此|本)?(?:大|小|单)?(?:项|指标)?(?:目)?的?(?:满分|全分|全部分值?|全部得分)(?![\d的])|得(?:此|该|本)(?:项)?分(?![\d值的])|(?:得|计|记)(?:此|该|本)?(?:项)?(?:的)?(?:权重|标准|基本|相应|基础|规定|应得)分(?:值)?(?=[,。;)\n]|$)|(?<!\d)为满分(?!\d)|(?<=[上下内间%的者标成全])满分(?=[,。;、)\n]|$)|全得(?=[,。;)\n]|$)',
        accept=_not_denied,
        examples=(
            '完成任务的，得权重分 → full',
            '按时完成得满分 → full',
            '获得通过的得此分 → full',
            '每月有记录得全分 → full',
            '到位率90%以上满分 → full',
        ),
        counter_examples=('不得满分', '满分100分'),
    ),
    PhraseRule(
        id='full.scores',
        effect='full',
        reads='单独的“得分”：有则得分',
        pattern=r'得分(?=[,。;()\n]|$)',
        accept=_gives_all,
        fields=frozenset({'criteria'}),
        prose=False,
        examples=('有则得分，少一样扣2分 → full; deduct 2 /1 样', '增长低于5%，得分 → full'),
        counter_examples=('实际得分', '考核得分', '得分情况', '得分率'),
    ),
    PhraseRule(
        id='deduct.each_behind',
        effect='deduct',
        reads='“予以扣分，每起2分”：先说扣分，再说每多少扣几分',
        pattern=rf'(?:进行|予以|给予|相应|应|将|一律|均|的|则){{1,3}}+扣分(?:处理)?{_SAID_BEHIND}{POINTS})',
        accept=_no_limit,
        examples=(
            '凡被通报的进行扣分，每起2分 → deduct 2 /1 起',
            '对责任科室予以扣分处理，每项0.5分，上限10分 → deduct 0.5 /1 项; cap 10',
        ),
        counter_examples=('不予扣分的，每季度上报', '予以扣分，每季度5分以内'),
    ),
    PhraseRule(
        id='bonus.each_behind',
        effect='bonus',
        reads='“给予加分，每项2分”：先说加分，再说每多少加几分',
        pattern=rf'(?:进行|予以|给予|相应|可|应|将|均|则){{1,3}}+(?:加分|奖励)(?:分)?{_SAID_BEHIND}{POINTS})',
        accept=_no_limit,
        examples=('对获奖的给予加分，每项2分，最高10分 → bonus 2 /1 项; cap 10',),
        counter_examples=('给予奖励，每人500元',),
    ),
    PhraseRule(
        id='deduct.by_rule',
        effect='discretionary',
        reads='根据某办法进行扣分：扣多少由别的办法定',
        pattern=rf'(?:根据|按照|依据|依照|参照)[^,。;\n\d每情视]{{2,30}}?(?:办法|规定|细则|标准|制度|条款|程度|结果|要求)(?:将|应|进行|予以|给予|相应|作|做)*(?:扣分|扣减){_END}',
        examples=('未按要求报送的，根据信息工作考核办法将进行扣分 → discretionary',),
        counter_examples=('按照标准扣2分的',),
    ),
    PhraseRule(
        id='deduct.unstated',
        effect='discretionary',
        reads='扣分，未写多少：多少由人定',
        pattern=rf'(?:进行|予以|给予|相应|应|将|一律|均|的|则)扣分(?:处理)?{_END}',
        examples=('逾期未报的予以扣分 → discretionary', '对责任科室进行扣分处理 → discretionary'),
        counter_examples=('扣分原因', '累计扣分的，直到扣完'),
    ),
    PhraseRule(
        id='bonus.unstated',
        effect='discretionary',
        reads='进行加分，未写多少：多少由人定',
        pattern=rf'(?:进行|(?:予以|给予)(?:相应)?|可|(?<!相)应|将|均|则)加分{_END}',
        examples=('年内签约开工的进行加分 → discretionary',),
        counter_examples=('加分项', '加分认定'),
    ),
    PhraseRule(
        id='veto',
        effect='veto',
        reads='一票否决、取消资格、不得评先评优',
        pattern=(
            rf'(?:直至|直接|实行|实施|予以|给予|进行|启动|执行|列为|适用){{0,3}}+[“"]?(?:一票(?:否决|否优|否定)|单项否决)(?![”"]?的|[”"]?{_MATTER})[”"]?(?:制度|制|权)?(?:处理)?(?!{_MATTER})'
            r'|(?:取消|注销|吊销|撤销)[^,。;\n]{0,30}?(?:资格|等级|称号|荣誉)(?!的|后|者|证|考试|[一-鿿]{0,2}分)'
            r'|(?:停止|暂停|中止|终止|剥夺|丧失|失去)(?!的)[^,。;\n\d]{0,16}?资格(?=[,。;)\n\d一二两三半直处]|[并且](?![^,。;\n]*(?:的|扣|减))|$)'
            r'|(?:取消|否决)[^,。;\n]{0,24}?(?:评优评先|评先评优|评先树优|评优|评先|评选|参评)(?!的|后|者)'
            r'|(?:否决(?:其)?投标|按?(?:无效|否决)(?:投标|标)(?:处理)?|(?:作|按)?废标(?:处理)?|(?:终止|解除|中止|取消)[^,。;\n\d的]{0,8}?(?:合同|协议|合作(?:关系)?))(?=[,。;)\n]|[并且](?![^,。;\n]*(?:的|扣|减))|$)'
            r'|不予(?:通过|评定|测试|评审|认定|考核|评奖|参评|评级|受理|毕业|结业|上岗|晋级|晋升|续聘|聘用|录用)(?:[一-鿿]{0,2}(?:星级|等级|等次|级别|资质|职称|称号))?(?=[,。;)\n]|$)'
            r'|(?:予以|给予|直接|一律|则|立即)?(?:辞退|解聘|清退(?:出场|出库)?|清除出场|清出市场|开除|解雇)(?:处理)?(?=[,。;)\n]|$)'
            r'|(?:[一二两三\d]年|当年|本年度|年度|下一?年度?|次年|期)(?:内)?(?:不得(?:再)?|取消)(?:申报|参评|申请|参选)(?=[,。;)\n]|$)'
            rf'|不(?:得|能|予|可|宜|应|再)(?:以)?(?:{_HONOUR}[^,。;\n不]{{0,20}}?)?{_HONOURS}(?!的|条件)'
        ),
        accept=_stated,
        examples=(
            '发生较大事故的，实行一票否决 → veto',
            '取消当年评优资格 → veto',
            '串通投标的取消投标资格 → veto',
            '比对两次不合格的，暂停运维资格 → veto',
            '两次红牌解除代理合同 → veto',
            '数据造假的终止合同并记不良行为 → veto',
            '资料造假的不予评审 → veto',
            '消防验收不合格的，不予评定星级 → veto',
            '涉嫌走私的，单项否决 → veto',
            '三次予以辞退 → veto',
            '当年不能评为全市先进单位 → veto',
            '年度考核不得评为优秀等次 → veto',
            '瓦斯超限作业的，一年内不得申报 → veto',
        ),
        counter_examples=(
            '一票否决事项',
            '不得评分',
            '被取消资格的，扣2分',
            '丧失上岗资格未清退的扣2分',
            '被上级“一票否决”的，扣5分',
            '解除合同后三日内移交',
        ),
    ),
    PhraseRule(
        id='downgrade',
        effect='downgrade',
        reads='降低一个等次，直接定为不合格',
        pattern=(
            r'(?:降低|下调|调低|下降|降|下浮)(?:考核|评定|年度)?(?:一|1|两|2|二)?个?(?:考核|评定|绩效|年度)?(?:等次|档次|等级|(?<=[一1两2二个])(?:档|级))(?:评定|处理|使用|确定)?'
            r'|(?:降低|下调|调低|下降|下浮|降)(?:[一1两2二]个|[一1两2二](?=级))[一-鿿]{1,6}?(?:等次|档次|等级|星级|级别)(?:评定|处理|使用|确定)?(?!的|事项)'
            r'|(?:降低|下调|调低|下浮|降)(?:[一1两2二]个?)?(?:星级|级别|评级)(?:[一1两2二]个?[档级])?(?:评定|处理|使用|确定)?(?=[,。;)\n]|$)'
            r'|(?:直接|一律)?(?:评定|确定|认定|评判|判定|定|评|列|记|降|视|按)(?:为)?[“"]?(?:不合格|不称职|基本合格|不达标|未达标|末等|较差|最差|差|下等|[三四]等|[B-Eb-e]级?)[”"]?(?:等次|等级|档次|单位|等|档)?(?:处理)?(?=[,。;)\n]|$)'
            r'|(?:直接|一律)?降[为至到][“"]?(?:[一二三四五六]级|[一二三四五六1-5]星级?|A{1,4}级?|[BCDE]级|合格|良好|下一?(?:档|等|级))[”"]?(?:及以下)?(?:等次|等级|档次|单位|企业|饭店)?(?:处理)?(?=[,。;)\n]|$)'
            r'|(?:予以|给予|作|按)?降(?:级|档|等)(?:处理|使用)(?=[,。;)\n]|$)'
            r'|(?:结果|等次|等级|档次|评价|评级)(?:直接|一律)?(?:为|定为|评为)[“"]?(?:不合格|不称职|基本合格|不达标|末等|较差|差|[三四]等|[B-Eb-e]级?)[”"]?(?=[,。;)\n]|$)'
        ),
        accept=_consequence,
        examples=(
            '发生一般以上事故的，考核等次降低一个等次 → downgrade',
            '瞒报的直接评定为不合格 → downgrade',
            '造假的，考核结果为“不合格” → downgrade',
            '抽查不过关的降为D级 → downgrade',
            '评分低于4.0分的降级处理 → downgrade',
            '两年内再次约谈的，降为二星级 → downgrade',
            '责任事故死亡3人以上的，降低一个质量信誉等级 → downgrade',
            '暗访两次不过关的，下调一个星级 → downgrade',
            '瓦斯超限作业，直接降为三级及以下 → downgrade',
        ),
        counter_examples=(
            '国家考核降等次扣1分',
            '当年被主管部门考评不达标，则另行通报',
            '每降低一个等次扣2分',
            '每降低一个信誉等级扣2分',
            '风险降低两个百分点、等级提升',
            '被评定为不合格的扣2分',
        ),
    ),
)
