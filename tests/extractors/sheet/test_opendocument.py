"""Workbooks that only an office suite reads are those of LibreOffice's xlsx: merges, hidden rows, formats."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
import xlsxwriter

from kaohe.extractors import optional
from kaohe.extractors.document import Unreadable
from kaohe.extractors.formats import read

HEAD = ('类别', '考核内容', '目标值', '评分标准', '分值')


@pytest.fixture(scope='module')
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A sheet with a merged category, a percentage, points with their unit in the format, and a hidden row, as .ods."""
    office = optional.office_program()
    if office is None:
        pytest.skip('LibreOffice is not installed')
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {'in_memory': True})
    page, share, points = book.add_worksheet('考核表'), book.add_format({'num_format': '0.0%'}), book.add_format()
    points.set_num_format('0"分"')
    page.write_row(0, 0, HEAD)
    for row, (what, value, amount) in enumerate((('亮灯率', 0.985, 40), ('旧指标', 0.5, 7), ('巡线率', 0.9, 60)), 1):
        page.write_string(row, 1, what)
        page.write_number(row, 2, value, share)
        page.write_string(row, 3, '每低1个百分点扣0.5分')
        page.write_number(row, 4, amount, points)
    page.merge_range(1, 0, 3, 0, '照明')
    page.set_row(2, None, None, {'hidden': True})
    book.close()
    folder = tmp_path_factory.mktemp('ods')
    (folder / 'notice.xlsx').write_bytes(made.getvalue())
    profile = (folder / 'profile').as_uri()
    command = [office, f'-env:UserInstallation={profile}', '--headless', '--convert-to', 'ods', '--outdir', str(folder)]
    subprocess.run([*command, str(folder / 'notice.xlsx')], check=True, capture_output=True, timeout=120)
    return Path(folder, 'notice.ods').read_bytes()


def test_a_workbook_of_an_office_suite_is_read_as_it_shows(workbook: bytes) -> None:
    found = read(workbook, 'notice.ods')
    assert found.format == 'ods'
    assert [[cell.text for cell in row] for row in found.tables[0].grid()] == [
        [*HEAD],
        ['照明', '亮灯率', '98.5%', '每低1个百分点扣0.5分', '40分'],
        ['照明', '巡线率', '90%', '每低1个百分点扣0.5分', '60分'],
    ]
    assert [one.code for one in found.findings] == ['part.hidden']


def test_without_libreoffice_it_is_told_what_to_do(workbook: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optional, 'office_program', lambda: None)
    with pytest.raises(Unreadable) as refused:
        read(workbook, 'notice.ods')
    assert refused.value.finding.code == 'file.needs_office'
