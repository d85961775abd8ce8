"""Patterns that are kept find what compiled ones find, and a file of another interpreter or a broken one is not there."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kaohe.normalizers.text import kept_patterns
from kaohe.normalizers.text.kept_patterns import KeptPatterns

PATTERNS = [
    (r'每(?P<lead>[^每\d]{0,4}?)(?P<number>\d+)个?扣(?P<points>\d+(?:\.\d+)?)分', 0),
    (r'(?i)abc|\bK(?=[甲乙])', 0),
    (r'^甲.*?乙$', re.M | re.S),
    (r'(?<![\d.])[1-9]\d{0,2}(?:,\d{3})++', 0),
]
TEXT = '每少 3个扣0.5分；每2扣1分\nABC K甲\n甲一\n二乙\n12,345'


@pytest.fixture
def compiler() -> Any:
    """The standard library's own."""
    return re._compiler  # type: ignore[attr-defined]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where patterns are kept during the test."""
    place = tmp_path / 'kept.patterns'
    monkeypatch.setattr(kept_patterns, '_FILE', place)
    monkeypatch.setattr(kept_patterns, '_WORTH_KEEPING', 1)
    monkeypatch.setattr(sys, 'dont_write_bytecode', False)
    return place


def found(pattern: re.Pattern[str]) -> list[Any]:
    return [(match.span(), match.groupdict(), match.lastgroup) for match in pattern.finditer(TEXT)]


def kept(compiler: Any) -> KeptPatterns:
    patterns = KeptPatterns(compiler, kept_patterns._read())
    for pattern, flags in PATTERNS:
        patterns(pattern, flags)
    return patterns


def test_a_pattern_out_of_the_file_is_the_one_that_was_compiled(compiler: Any, file: Path) -> None:
    kept(compiler).keep()
    again = KeptPatterns(compiler, kept_patterns._read())
    for pattern, flags in PATTERNS:
        ours, theirs = again(pattern, flags), compiler.compile(pattern, flags)
        assert found(ours)
        assert found(ours) == found(theirs)
        assert (ours.pattern, ours.flags, ours.groups, ours.groupindex) == (
            theirs.pattern,
            theirs.flags,
            theirs.groups,
            theirs.groupindex,
        )
        assert ours == theirs
    assert again.new == 0


@pytest.mark.parametrize(
    'harm', [lambda data: data[:-1], lambda data: b'', lambda data: b'3.9' + data[3:], lambda data: data[:-1] + b'!']
)
def test_a_file_that_is_broken_or_of_another_interpreter_is_not_there(compiler: Any, file: Path, harm: Any) -> None:
    kept(compiler).keep()
    file.write_bytes(harm(file.read_bytes()))
    assert kept_patterns._read() == {}
    assert kept(compiler).new == len(PATTERNS)


def test_a_pattern_that_is_wrong_is_refused_as_always(compiler: Any, file: Path) -> None:
    with pytest.raises(re.error, match='unterminated'):
        KeptPatterns(compiler, {})('(甲', 0)


def test_nothing_is_kept_where_python_was_told_to_write_no_modules(
    compiler: Any, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, 'dont_write_bytecode', True)
    kept(compiler).keep()
    assert not file.exists()


def test_where_nothing_may_be_written_nothing_is_kept_and_nothing_fails(
    compiler: Any, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file.parent / 'a file').write_text('')
    monkeypatch.setattr(kept_patterns, '_FILE', file.parent / 'a file' / 'kept.patterns')
    kept(compiler).keep()


def test_a_file_that_has_grown_beyond_use_is_begun_anew(
    compiler: Any, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_patterns, '_MOST', 3)
    patterns = kept(compiler)
    patterns.keep()
    assert not file.exists()
    patterns(PATTERNS[0][0], 0)
    patterns.keep()
    assert len(kept_patterns._read()) == 1


def test_the_second_process_compiles_none_of_the_grammar(tmp_path: Path) -> None:
    """Read in two new processes: the first keeps, the second finds."""
    program = (
        'import sys, re; from pathlib import Path; from kaohe.normalizers.text import kept_patterns\n'
        'kept_patterns._FILE = Path(sys.argv[1]); sys.dont_write_bytecode = False\n'
        'import kaohe; notice = kaohe.read("考核细则：每缺一项扣0.5分。".encode(), "a.txt")\n'
        'print(notice.status, kept_patterns._of_this_process().new, re._compiler.compile.__module__)'
    )
    command = [sys.executable, '-P', '-c', program, str(tmp_path / 'kept.patterns')]
    first, second = (
        subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _ in range(2)
    )
    assert first == second == ['ok', '0', 're._compiler']  # and the compiler is again what it was
    assert (tmp_path / 'kept.patterns').stat().st_size > 100_000


def test_copies_of_a_process_that_has_loaded_compile_no_rule(tmp_path: Path) -> None:
    """What each reader would compile for itself is made once, where it is loaded, of what is kept."""
    program = (
        'import sys, re; from pathlib import Path; from kaohe.normalizers.text import kept_patterns\n'
        'kept_patterns._FILE = Path(sys.argv[1]); sys.dont_write_bytecode = False\n'
        'import kaohe.pipeline.readers.preload; from kaohe.normalizers.grammar.rules import PHRASES\n'
        'compile, seen = re._compiler.compile, []\n'
        're._compiler.compile = lambda pattern, flags: seen.append(pattern) or compile(pattern, flags)\n'
        'import kaohe; notice = kaohe.read("考核细则：每发生一起加重处理，最高扣5分；一票否决；由考核组酌情打分，该项不得分。".encode(), "a.txt")\n'
        'print(notice.status, len({rule.pattern for rule in PHRASES} & set(seen)), len(notice.clauses) > 1)'
    )
    done = subprocess.run(
        [sys.executable, '-P', '-c', program, str(tmp_path / 'kept.patterns')],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split()[1:] == ['0', 'True']
