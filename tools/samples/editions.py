"""A notice and its second edition, in which thirty changes are known: what a comparison of the two must name, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tools.samples.layouts import columns
from tools.samples.model import Category, Line, Paragraph, Sample, TableTruth


@dataclass(frozen=True)
class KnownChange:
    """A change as a comparison names it; ``topic`` is the word by which the line (or the category, or the table) is known."""

    kind: str
    action: str
    topic: str
    before: str | None = None
    after: str | None = None


Edit = tuple[KnownChange, Callable[[list[Line]], list[Line]]]

_CATEGORIES = {
    '医疗质量': ('病历书写', '手术分级', '会诊响应', '危急值报告', '抗菌药物', '输血管理', '护理巡视', '检验互认'),
    '医院运行': ('预算编制', '物资采购', '设备维保', '成本核算', '价格公示', '票据保管', '资产盘点', '能耗监测'),
    '公共卫生': ('疫苗接种', '慢病随访', '传染病直报', '健康讲座', '孕产保健', '职业体检', '饮水监测', '死因登记'),
    '安全生产': ('消防演练', '危化品储存', '电梯检修', '特种作业', '食堂卫生', '车辆调度', '安保值守', '燃气排查'),
    '行风建设': ('投诉接待', '廉政谈话', '红包拒收', '导医服务', '出院回访', '志愿帮扶', '处方公开', '院务监督'),
}
_NEW = {'远程诊疗': '医疗质量', '数据备份': '医院运行', '家庭签约': '公共卫生'}


def _line(topic: str, category: Category) -> Line:
    return Line(
        category, f'健全{topic}工作机制，每年组织{topic}专项督导不少于4次',
        f'{topic}未落实专人负责的，扣2分；督导每少1次扣0.5分；{topic}台账缺失的，每份扣0.2分', 2,
        duties={'lead_department': (f'{topic[:2]}科',)},
    )  # fmt: skip


FIRST_LINES = tuple(_line(topic, Category(name, 16)) for name, topics in _CATEGORIES.items() for topic in topics)


def _known(kind: str, action: str, topic: str, before: str | None = None, after: str | None = None) -> KnownChange:
    return KnownChange(kind, action, topic, before, after)


def _is(line: Line, topic: str) -> bool:
    return f'健全{topic}工作' in (line.requirement or '')


def _on(topic: str, change: Callable[[Line], Line]) -> Callable[[list[Line]], list[Line]]:
    return lambda lines: [change(line) if _is(line, topic) else line for line in lines]


def _text(topic: str, field: str, before: str, after: str) -> Callable[[list[Line]], list[Line]]:
    return _on(topic, lambda line: replace(line, **{field: getattr(line, field).replace(before, after)}))


def _dropped(topic: str) -> Edit:
    return _known('line', 'dropped', topic), lambda lines: [line for line in lines if not _is(line, topic)]


def _added(topic: str) -> Edit:
    def put(lines: list[Line]) -> list[Line]:
        last = max(at for at, line in enumerate(lines) if line.level1.name == _NEW[topic])
        return [*lines[: last + 1], _line(topic, lines[last].level1), *lines[last + 1 :]]

    return _known('line', 'added', topic), put


def _moved(topic: str, category: str) -> Edit:
    def move(lines: list[Line]) -> list[Line]:
        line = next(line for line in lines if _is(line, topic))
        rest = [other for other in lines if other is not line]
        last = max(at for at, other in enumerate(rest) if other.level1.name == category)
        return [*rest[: last + 1], replace(line, level1=rest[last].level1), *rest[last + 1 :]]

    return _known('place', 'moved', topic), move


def _points(topic: str, points: float) -> Edit:
    return _known('points', 'changed', topic, '2', f'{points:g}'), _on(topic, lambda line: replace(line, points=points))


def _target(topic: str, times: int) -> Edit:
    return _known('target', 'changed', topic), _text(topic, 'requirement', '不少于4次', f'不少于{times}次')


def _clause(topic: str, before: str, after: str) -> Edit:
    return _known('clause', 'changed', topic), _text(topic, 'criteria', before, after)


def _category(name: str, change: Callable[[Category], Category]) -> Callable[[list[Line]], list[Line]]:
    return lambda lines: [
        replace(line, level1=change(line.level1)) if line.level1.name == name else line for line in lines
    ]


EDITS: tuple[Edit, ...] = (
    *map(_dropped, ('手术分级', '资产盘点', '职业体检')),
    *map(_added, _NEW),
    _moved('会诊响应', '行风建设'), _moved('食堂卫生', '医院运行'), _moved('导医服务', '医疗质量'),
    _moved('投诉接待', '行风建设'),  # to the end of its own category
    *(_points(topic, points) for topic, points in zip(('病历书写', '预算编制', '疫苗接种', '消防演练', '廉政谈话'), (3, 1.5, 4, 1, 2.5), strict=True)),
    *(_target(topic, times) for topic, times in zip(('危急值报告', '物资采购', '慢病随访', '危化品储存'), (6, 2, 12, 5), strict=True)),
    _clause('抗菌药物', '扣0.5分', '扣1分'), _clause('设备维保', '扣2分', '扣1.5分'), _clause('电梯检修', '每份扣0.2分', '每份扣0.3分'),
    (_known('clause', 'added', '传染病直报', None, '未按时报送的，扣1分'), _on('传染病直报', lambda x: replace(x, criteria=f'{x.criteria}；未按时报送的，扣1分'))),
    (_known('clause', 'dropped', '红包拒收', '督导每少1次扣0.5分'), _text('红包拒收', 'criteria', '督导每少1次扣0.5分；', '')),
    (_known('duty', 'changed', '特种作业', '特种科', '保卫科'), _on('特种作业', lambda x: replace(x, duties={'lead_department': ('保卫科',)}))),
    (_known('text', 'changed', '成本核算'), _text('成本核算', 'requirement', '工作机制', '工作机制和信息系统')),
    (_known('text', 'changed', '健康讲座'), _text('健康讲座', 'requirement', '专项督导', '社区专项督导')),
    (_known('category', 'changed', '公共卫生', '16', '18'), _category('公共卫生', lambda x: replace(x, points=18))),
    (_known('category', 'changed', '安全管理', '安全生产', '安全管理'), _category('安全生产', lambda x: replace(x, name='安全管理'))),
    (_known('total', 'changed', '', '80', '82'), lambda lines: lines),
)  # fmt: skip
KNOWN_CHANGES = tuple(known for known, _ in EDITS)


def _sample(name: str, year: int, lines: tuple[Line, ...], total: int) -> Sample:
    title = f'{year}年青禾市医疗机构综合考核评分标准'
    table = columns(
        lines,
        [('考核项目', 'plain', 1.4)],
        [('考核内容', 'requirement', 3.0), ('评分标准', 'criteria', 3.4), ('分值', 'points', 0.8), ('牵头\n科室', 'lead_department', 1.0)],
    )  # fmt: skip
    return Sample(
        name=name, kind='assessment', title=f'关于印发《{title}》的通知', issuer='青禾市卫生健康委员会', doc_number=f'青卫发〔{year}〕7号',
        issued_on=f'{year}-02-20', year=year,
        body=(
            Paragraph(f'青卫发〔{year}〕7号', 'number'),
            Paragraph(f'关于印发《{title}》的通知', 'title'),
            Paragraph(f'现将《{title}》印发给你们，请认真贯彻执行。'),
            Paragraph('青禾市卫生健康委员会', 'signature'),
            Paragraph(f'{year}年2月20日', 'signature'),
            Paragraph('附件', 'heading'),
            Paragraph(f'{title}（{total}分）', 'table_title'),
            table,
        ),
        tables=(TableTruth(title, lines, total),),
    )  # fmt: skip


def second_edition(lines: tuple[Line, ...], edits: tuple[Edit, ...] = EDITS) -> tuple[Line, ...]:
    """The lines with every edit made, in the order of ``edits``."""
    changed = list(lines)
    for _, edit in edits:
        changed = edit(changed)
    return tuple(changed)


FIRST = _sample('综合考核评分标准2024', 2024, FIRST_LINES, 80)
SECOND = _sample('综合考核评分标准2025', 2025, second_edition(FIRST_LINES), 82)
