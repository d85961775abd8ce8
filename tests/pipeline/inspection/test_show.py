"""``kaohe show``: a file, or what another program hands over."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from kaohe.pipeline.commands.looking.show import show
from kaohe.pipeline.refusal import Refusal

NOTICE = '青禾市考核细则\n\n项目\t评分标准\t分值\n党建\t每缺一项扣0.5分，扣完为止\t5\n安全\t每起扣1分，扣完为止\t10\n'


def test_what_another_program_hands_over_is_shown_like_a_file(tmp_path: Path) -> None:
    file = tmp_path / '考核细则.txt'
    file.write_text(NOTICE, encoding='utf-8')
    handed = CliRunner().invoke(show, ['-', '--json'], input=file.read_bytes())
    stored = CliRunner().invoke(show, [str(file), '--json'])
    assert (handed.exit_code, stored.exit_code) == (0, 0)
    told = json.loads(handed.stdout)
    assert len(told['clauses']) == 4
    assert told['clauses'] == json.loads(stored.stdout)['clauses']


def test_nothing_handed_over_is_said() -> None:
    ran = CliRunner().invoke(show, ['-'], input=b'')
    assert isinstance(ran.exception, Refusal)
    assert '标准输入：文件是空的' in str(ran.exception)
