"""A Word 97 file that lies about its lengths is told as broken, not read as empty."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import olefile
import pytest

from kaohe.extractors.document import Unreadable
from kaohe.extractors.formats import read

NOTICE = next(path for path in sorted((Path(__file__).parents[1] / 'conformance').glob('*.doc')))


@pytest.mark.parametrize('place', [76, 80, 84])
def test_a_negative_length_is_no_empty_notice(place: int, tmp_path: Path) -> None:
    file = tmp_path / 'a.doc'
    shutil.copyfile(NOTICE, file)
    with olefile.OleFileIO(str(file), write_mode=True) as ole:
        text = bytearray(ole.openstream('WordDocument').read())
        struct.pack_into('<i', text, place, -5)
        ole.write_stream('WordDocument', bytes(text))
    with pytest.raises(Unreadable) as refused:
        read(file.read_bytes())
    assert refused.value.finding.code == 'file.broken'
