"""Lines are recognised one by one, and given as if they had been recognised together."""

from types import SimpleNamespace

from kaohe.extractors.ocr.engine import _line_by_line


def recognise(lines: list[int]) -> SimpleNamespace:
    """A recogniser that reads one line at a time, and tells which."""
    (line,) = lines
    return SimpleNamespace(imgs=lines, txts=(f'第{line}行',), scores=(line / 100,), word_results=((line,),))


def test_lines_that_are_recognised_by_several_threads_come_in_their_order() -> None:
    lines = list(range(60))
    found = _line_by_line(recognise, lines)
    assert found.imgs == lines
    assert found.txts == tuple(f'第{line}行' for line in lines)
    assert found.scores == tuple(line / 100 for line in lines)
    assert found.word_results == tuple((line,) for line in lines)
