"""Damages files as disks, mail gateways and malice do: bytes turned, lost, doubled, swapped and cut off, also inside packed parts."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

from tools.samples.conformance import FOLDER
from tools.samples.notices import CLEAN_HOSPITAL, REPORT
from tools.samples.ofd import ofd
from tools.samples.pdf import pdf
from tools.samples.sheet import xlsx
from tools.samples.text import dumped, piped
from tools.samples.web import html
from tools.samples.word import word

# Numbers at which sizes and offsets turn over.
_EDGES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_PACKED_SHARE = 0.7


def seeds() -> dict[str, bytes]:
    """A sound sample of each format, by its suffix."""
    made = {
        'docx': word(CLEAN_HOSPITAL),
        'pdf': pdf(CLEAN_HOSPITAL),
        'xlsx': xlsx(CLEAN_HOSPITAL),
        'ofd': ofd(CLEAN_HOSPITAL),
        'html': html(CLEAN_HOSPITAL),
        'txt': dumped(CLEAN_HOSPITAL).encode(),
        'md': piped(CLEAN_HOSPITAL).encode('gb18030'),
        'doc': (FOLDER / f'{CLEAN_HOSPITAL.name}.doc').read_bytes(),
        'office.pdf': (FOLDER / f'{REPORT.name}.pdf').read_bytes(),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name in ('docx', 'txt'):
            archive.writestr(f'附件/通知.{name}', made[name])
    return made | {'zip': packed.getvalue()}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with one to eight faults; of a packed one often a part, which is then packed again. The same ``chance``, the same file."""
    if data.startswith(b'PK\x03\x04') and chance.random() < _PACKED_SHARE:
        return _inside(data, chance)
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        chance.choice(_FAULTS)(damaged, chance)
    return bytes(damaged)


def _inside(data: bytes, chance: random.Random) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, 'w', zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        victim = chance.choice(names)
        for name in names:
            content = old.read(name)
            new.writestr(zipfile.ZipInfo(name), mutated(content, chance) if name == victim else content)
    return written.getvalue()


def _turn(data: bytearray, chance: random.Random) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _overwrite(data: bytearray, chance: random.Random) -> None:
    at, width = chance.randrange(len(data) + 1), chance.choice((1, 2, 4))
    data[at : at + width] = (chance.choice(_EDGES) & (256**width - 1)).to_bytes(width, 'little')


def _lose(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    del data[at : at + _length(data, chance)]


def _double(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = data[at : at + _length(data, chance)] * chance.choice((1, 1, 3, 50))


def _swap(data: bytearray, chance: random.Random) -> None:
    size = _length(data, chance)
    one, other = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    if one + size <= other:
        data[one : one + size], data[other : other + size] = data[other : other + size], data[one : one + size]


def _noise(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    data[at : at + 16] = chance.randbytes(chance.randrange(32))


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _digits(data: bytearray, chance: random.Random) -> None:
    """Texts carry their sizes and spans as digits."""
    places = [at for at, byte in enumerate(data[:200_000]) if 48 <= byte <= 57]
    if places:
        at = chance.choice(places)
        data[at : at + 1] = chance.choice((b'-1', b'0', b'999999999', b'1e99', '９'.encode()))


def _length(data: bytearray, chance: random.Random) -> int:
    return chance.choice((1, 2, 8, 64, 512, max(1, len(data) // 4)))


_FAULTS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _turn, _turn, _turn, _overwrite, _overwrite, _lose, _double, _swap, _noise, _cut, _digits,
)  # fmt: skip
