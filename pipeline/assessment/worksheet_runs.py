"""What ``kaohe worksheet`` does: the self-assessment form of a notice, or one for each of its offices."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kaohe.pipeline.assessment.answers.submission import find_notice
from kaohe.pipeline.assessment.worksheets.worksheet_content import (
    SheetContent,
    of_office,
    offices_of,
    offices_with_lines,
    read_content,
)
from kaohe.pipeline.assessment.worksheets.worksheet_writing import worksheet_file
from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.language.system_words import cause, what_to_do
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.written_files import write_files


@dataclass(frozen=True, slots=True)
class WrittenWorksheets:
    """The notice's title, the files that were written, and how many lines and questions they hold together."""

    title: str
    files: tuple[Path, ...]
    lines: int
    questions: int


@dataclass(frozen=True, slots=True)
class OfficeForm:
    """The form of one office: the file's name, what stands in it, and the file (xlsx)."""

    name: str
    content: SheetContent
    data: bytes


def make_worksheet(
    db: Path, wanted: str, output: Path | None = None, assessed: str | None = None, period: str | None = None,
    *, overwrite: bool = False,
) -> WrittenWorksheets:  # fmt: skip
    """Writes the form of the notice that ``wanted`` names to ``output`` (by default its title), the lines of ``assessed`` alone where
    that is an office of the notice; as a Word file to be filled in by hand where ``output`` ends in ``.docx``. Raises `Refusal`, also where
    a file that people wrote or changed stands there, unless ``overwrite``.
    """
    if output is not None and output.suffix.lower() not in ('.xlsx', '.docx'):
        raise Refusal(f'{output} 要以 .xlsx 结尾（手填的用 .docx）；每个科室一份的，加 --each-office', 2)
    content, offices = _content(db, wanted)
    if assessed in offices:
        with closing(open_to_read(db)) as connection:
            content = of_office(content, str(assessed), connection)
    path = output or Path(f'{_file_name(content.title)}自评表{f"（{_file_name(assessed)}）" if assessed else ""}.xlsx')
    write_files([(path, _file(path, content, assessed, period))], overwrite=overwrite)
    return _written([(path, content)])


def make_office_worksheets(
    db: Path, wanted: str, folder: Path | None = None, period: str | None = None, *, overwrite: bool = False
) -> WrittenWorksheets:
    """Writes a form for each office that the notice names into ``folder`` (by default its title), each with its own lines. Raises `Refusal`, as `make_worksheet` does."""
    title, forms = office_forms(db, wanted, period)
    folder = folder or Path(f'{_file_name(title)}自评表')
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f'建不了文件夹 {folder}（{cause(error)}），{what_to_do(error, "请换一个名字")}') from error
    write_files([(folder / form.name, form.data) for form in forms], overwrite=overwrite)
    return _written([(folder / form.name, form.content) for form in forms])


def office_forms(db: Path, wanted: str, period: str | None = None) -> tuple[str, list[OfficeForm]]:
    """The title of the notice that ``wanted`` names, and the form of each office that it names. Raises `Refusal` where it names none."""
    content, offices = _content(db, wanted)
    if not offices:
        raise Refusal(f'“{content.title}”没有写责任科室，不能每个科室一份；请生成一份完整的自评表', 1)
    made = []
    with closing(open_to_read(db)) as connection:
        for office in offices:
            own = of_office(content, office, connection)
            made.append(OfficeForm(f'{_file_name(office)}自评表.xlsx', own, worksheet_file(own, office, period)))
    return content.title, made


def _file(path: Path, content: SheetContent, assessed: str | None, period: str | None) -> bytes:
    if path.suffix.lower() == '.docx':
        from kaohe.pipeline.assessment.worksheets.word_tables import paper_form

        return paper_form(content, assessed, period)
    return worksheet_file(content, assessed, period)


def _content(db: Path, wanted: str) -> tuple[SheetContent, list[str]]:
    with closing(open_to_read(db)) as connection:
        document, title = find_notice(connection, wanted)
        content = read_content(connection, document, title)
        offices = offices_with_lines(offices_of(connection, document))
    if not content.lines:
        raise Refusal(f'“{title}”里没有评分的条目，不能生成自评表', 1)
    return content, offices


def _written(made: list[tuple[Path, SheetContent]]) -> WrittenWorksheets:
    return WrittenWorksheets(
        made[0][1].title,
        tuple(path for path, _ in made),
        sum(len(content.lines) for _, content in made),
        sum(len(line.rule.inputs) for _, content in made for line in content.lines),
    )


def _file_name(text: str) -> str:
    return re.sub(r'[\\/:*?"<>|\s]+', ' ', text).strip()[:60] or '通知'
