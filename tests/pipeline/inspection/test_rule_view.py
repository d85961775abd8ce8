"""``kaohe show FILE --html``: which rule read which words."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from kaohe.pipeline.commands.looking.show import show

NOTICE = """<b>巡河</b>考核评分细则

| 序号 | 考核内容 | 评分标准 | 分值 |
| --- | --- | --- | --- |
| 1 | 巡河<script>alert(1)</script>每月不少于4次 | 每少1次扣0.5分，扣完为止 | 5 |
"""


def drawn(folder: Path) -> str:
    notice, page = folder / '细则.txt', folder / '规则.html'
    notice.write_text(NOTICE, 'utf-8')
    ran = CliRunner().invoke(show, [str(notice), '--html', str(page)])
    assert ran.exit_code == 0, ran.output
    return page.read_text('utf-8')


def test_every_rule_that_read_something_is_named(tmp_path: Path) -> None:
    page = drawn(tmp_path)
    assert 'deduct.points' in page
    assert 'cap.exhaust' in page
    assert '指标 1　评分标准' in page


def test_markup_of_the_notice_is_shown_and_not_run(tmp_path: Path) -> None:
    assert '<script' not in drawn(tmp_path)


def test_the_page_needs_nothing_from_elsewhere(tmp_path: Path) -> None:
    page = drawn(tmp_path)
    assert 'http' not in page
    assert 'src=' not in page
