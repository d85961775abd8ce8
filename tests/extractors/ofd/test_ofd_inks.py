"""Watermarks, hidden and struck-out text of OFD pages."""

from __future__ import annotations

import pytest

from kaohe.extractors import ofd
from kaohe.extractors.document import Document
from tests.extractors.ofd.test_ofd import layer, package, text_object

LINES = [
    text_object(text, 20, 40 + 8 * at) for at, text in enumerate(('每发现一处扣0.5分', '扣完为止', '由考核办负责解释'))
]


def mark(
    text: str, ctm: str = '', *, color: str = '', alpha: str = '', size: float = 4, x: float = 30, y: float = 60
) -> str:
    fill = f'<ofd:FillColor Value="{color}"{f" Alpha={chr(34)}{alpha}{chr(34)}" if alpha else ""}/>' if color else ''
    turned = f' CTM="{ctm}"' if ctm else ''
    return (
        f'<ofd:TextObject Boundary="{x} {y} 150 100" Size="{size}"{turned}>{fill}'
        f'<ofd:TextCode X="0" Y="{size}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def split(document: Document) -> tuple[list[str], list[str]]:
    """(what stands in the text, what is set apart)."""
    return tuple(
        [block.text for block in document.blocks if (block.kind == 'furniture') == apart] for apart in (False, True)
    )  # type: ignore[return-value]


DIAGONAL = '0.7071 -0.7071 0.7071 0.7071 0 60'
WATERMARKS = {
    'diagonal, black': mark('内部资料', DIAGONAL),
    'diagonal, grey': mark('内部资料', DIAGONAL, color='192 192 192', size=20),
    'slightly turned': mark('内部资料', '0.94 -0.34 0.34 0.94 0 20', size=12),
    'level, pale and large': mark('内部资料', color='210 210 210', size=24),
    'level, transparent and large': mark('内部资料', color='255 0 0', alpha='60', size=24),
    'grey of one part': mark('内部资料', color='200', size=24),
    'again and again': ''.join(mark('内部资料', color='200 200 200', y=50 + 20 * at) for at in range(4)),
}  # fmt: skip


@pytest.mark.parametrize('first', [True, False])
@pytest.mark.parametrize('way', WATERMARKS)
def test_a_watermark_is_set_apart(way: str, first: bool) -> None:
    drawn = [WATERMARKS[way], *LINES] if first else [*LINES, WATERMARKS[way]]
    text, apart = split(ofd.read(package(layer(*drawn))))
    assert text == ['每发现一处扣0.5分', '扣完为止', '由考核办负责解释']
    assert apart == ['内部资料']


@pytest.mark.parametrize('color', ['0 0 0', '64 64 64', '255 0 0', '0 0 255', '0', '0 0 0 255'])
def test_coloured_text_of_the_usual_size_is_text(color: str) -> None:
    text, apart = split(ofd.read(package(layer(*LINES, mark('附则', color=color, y=90)))))
    assert text[-1] == '附则'
    assert not apart


def test_white_text_is_left_out_and_said() -> None:
    found = ofd.read(package(layer(*LINES, mark('旧条款扣50分', color='255 255 255', y=90))))
    assert '旧条款' not in ''.join(found.texts())
    assert [one.code for one in found.findings] == ['part.hidden']


def test_white_text_on_a_dark_ground_is_text() -> None:
    ground = (
        '<ofd:PathObject Boundary="20 85 150 12" Stroke="false" Fill="true"><ofd:FillColor Value="0 0 128"/>'
        '<ofd:AbbreviatedData>M 0 0 L 150 0 L 150 12 L 0 12 C</ofd:AbbreviatedData></ofd:PathObject>'
    )
    found = ofd.read(package(layer(ground, *LINES, mark('评分标准', color='255 255 255', y=88))))
    assert '评分标准' in ''.join(found.texts())
    assert not found.findings


def test_text_through_which_a_line_runs_is_left_out_and_said() -> None:
    line = '<ofd:PathObject Boundary="30 90 40 5" LineWidth="0.3"><ofd:AbbreviatedData>M 0 2.5 L 24 2.5</ofd:AbbreviatedData></ofd:PathObject>'
    found = ofd.read(package(layer(*LINES, mark('旧的条款作废', y=90), line)))
    assert '旧的条款' not in ''.join(found.texts())
    assert [one.code for one in found.findings] == ['part.hidden']


def test_text_too_small_to_be_read_is_left_out_and_said() -> None:
    found = ofd.read(package(layer(*LINES, mark('每次扣99分', size=0.2, y=90))))
    assert split(found)[0] == ['每发现一处扣0.5分', '扣完为止', '由考核办负责解释']
    assert [each.code for each in found.findings] == ['part.hidden']
