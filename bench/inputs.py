"""What is measured: notices of a fictional office, of any length, in every format."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.samples.layouts import columns
from tools.samples.model import Category, Line, Paragraph, Sample
from tools.samples.office import convert
from tools.samples.page import lay_out
from tools.samples.pdf import pdf
from tools.samples.sheet import xlsx
from tools.samples.text import dumped
from tools.samples.word import word

LINES_A_CATEGORY = 10
TALL_CATEGORY = 400

_REQUIREMENTS = (
    '健全责任体系，签订年度目标责任书，开展专题研究不少于2次',
    '档案电子化率达到95%以上，重点任务完成率100%',
    '加强宣传教育，组织开展应急演练2次，参训人员覆盖率不低于90%',
    '投诉按期办结率≥98%，群众满意度较上年提高2个百分点',
    '落实值班值守制度，信息报送及时、准确、完整',
)
_CRITERIA = (
    '未签订责任书的不得分；责任书内容不全的，每缺1项扣0.5分，扣完为止',
    '每降低1个百分点扣0.2分，低于80%不得分',
    '每少1次扣1分；无活动资料的，每次扣0.5分，最多扣3分',
    '达到98%得2分，每下降1%扣0.1分；受到上级通报批评的，每次扣1分',
    '发现1次脱岗扣0.5分；迟报、漏报信息的，每次扣0.2分',
)
_SUBJECTS = ('安全生产', '环境保护', '教育教学', '社会治安', '档案管理', '信访维稳', '队伍建设')


def notice(lines: int, lines_a_category: int = LINES_A_CATEGORY, name: str = '考核细则') -> Sample:
    """A notice with one scoring table of so many lines, its first column merged over ``lines_a_category`` rows."""
    table = tuple(
        _line(at, Category(f'{_SUBJECTS[at // lines_a_category % 7]}{at // lines_a_category + 1}'))
        for at in range(lines)
    )
    return Sample(
        name=name,
        kind='assessment',
        title='云河县2025年度综合目标考核细则',
        issuer='云河县人民政府办公室',
        doc_number='云政办〔2025〕7号',
        issued_on='2025-03-01',
        year=2025,
        body=(
            Paragraph('云政办〔2025〕7号', 'number'),
            Paragraph('云河县2025年度综合目标考核细则', 'title'),
            columns(
                table,
                [('考核项目', 'plain', 1.2)],
                [('考核内容', 'requirement', 3.0), ('评分标准', 'criteria', 3.0), ('分值', 'points', 0.7),
                 ('责任单位', 'responsible_office', 1.2)],
            ),
            Paragraph('云河县人民政府办公室', 'signature'),
            Paragraph('2025年3月1日', 'signature'),
        ),
    )  # fmt: skip


def _line(at: int, category: Category) -> Line:
    return Line(
        category,
        f'{_REQUIREMENTS[at % 5]}（第{at + 1}项任务）',
        _CRITERIA[at // 3 % 5],
        1 + at % 5,
        duties={'responsible_office': ((_SUBJECTS[at % 7]) + '科',)},
    )


def notice_of_pages(pages: int) -> Sample:
    """A notice of about so many printed pages."""
    a_page = 200 / len(lay_out(notice(200)))
    return notice(max(1, round(pages * a_page)))


DRAW: dict[str, Callable[[Sample], bytes]] = {
    'docx': word,
    'doc': lambda sample: convert(word(sample), 'doc'),
    'pdf': pdf,
    'txt': lambda sample: dumped(sample).encode(),
    'xlsx': xlsx,
}


class Inputs:
    """The files to measure, made in ``folder`` when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def lines(self, count: int, suffix: str = 'docx', lines_a_category: int = LINES_A_CATEGORY) -> Path:
        """A notice of ``count`` lines."""
        return self._made(f'{count}-lines-{lines_a_category}', suffix, lambda: notice(count, lines_a_category))

    def pages(self, count: int) -> Path:
        """A PDF of about ``count`` pages."""
        return self._made(f'{count}-pages', 'pdf', lambda: notice_of_pages(count))

    def many(self, files: int, lines: int) -> Path:
        """A folder of different notices."""
        folder = self._folder / f'{files}-of-{lines}'
        if not folder.exists():
            unfinished = self._folder / 'unfinished'
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            for name, data in _variants(files, lines):
                (unfinished / name).write_bytes(data)
            unfinished.rename(folder)
        return folder

    def _made(self, name: str, suffix: str, draw: Callable[[], Sample]) -> Path:
        file = self._folder / f'{name}.{suffix}'
        if not file.exists():
            file.write_bytes(DRAW[suffix](draw()))
        return file


def _variants(files: int, lines: int) -> Iterator[tuple[str, bytes]]:
    """One notice with another number in its name and its title: the same bytes twice would be read once."""
    drawn = dumped(notice(lines))
    for at in range(files):
        yield f'通知{at + 1}.txt', drawn.replace('云政办〔2025〕7号', f'云政办〔2025〕{at + 1}号').encode()
