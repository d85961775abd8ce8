"""Files that people drop on the desk: their names made safe, put into the inbox as a whole, nothing ever replaced."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from kaohe.pipeline.language.system_words import cause
from kaohe.pipeline.planning.hashing import sha256_of
from kaohe.pipeline.planning.inbox import skipped
from kaohe.pipeline.refusal import Refusal

# More than the largest notice that can be read; a film that was dropped by mistake does not fill the disk.
MOST_BYTES = 512 << 20
_MOST_DEPTH = 12
_MOST_NAME_BYTES = 200
_FORBIDDEN = re.compile(r'[<>:"|?*]')
# Windows opens devices under these names, whatever follows a dot.
_DEVICES = re.compile(r'(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³]) *(?:\..*)?', re.IGNORECASE)


def safe_name(told: str) -> PurePosixPath:
    """The name below the inbox of a file that a browser calls ``told`` (``/`` or ``\\`` between folders). Raises `Refusal`."""
    parts = [_part(part) for part in re.split(r'[/\\]', told)]
    parts = [part for part in parts if part not in ('', '.', '..')]
    if not parts or len(parts) > _MOST_DEPTH:
        raise Refusal(f'文件名“{told[:60]}”用不了，请换一个名字再放')
    if any(skipped(part) for part in parts):
        raise Refusal(f'“{parts[-1][:60]}”是系统的或没有写完的文件，不是通知，没有收下')
    return PurePosixPath(*parts)


def _part(part: str) -> str:
    kept = ''.join(c for c in part if unicodedata.category(c)[0] != 'C')
    kept = _FORBIDDEN.sub('_', kept).strip(' ')
    kept = kept.rstrip('. ')  # Windows drops them, so that two names would be one
    if _DEVICES.fullmatch(kept):
        kept = f'_{kept}'
    stem, dot, suffix = kept.rpartition('.')
    room = _MOST_NAME_BYTES - len(f'{dot}{suffix}'.encode())
    if len(kept.encode()) > _MOST_NAME_BYTES and room > 0:
        kept = stem.encode()[:room].decode('utf-8', 'ignore') + dot + suffix
    return kept


async def receive(body: AsyncIterator[bytes], told: str, inbox: Path) -> tuple[str, bool]:
    """Puts what arrives into the inbox. The name that it got there, and whether it lay there already, byte for byte.

    A file of another content and the same name gets a number. Raises `Refusal`; then nothing of it stays.
    """
    name = safe_name(told)
    target = inbox / name
    _inside(target, inbox)
    part = target.with_name(f'.{secrets.token_hex(8)}.part')
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with part.open('xb') as file:
            async for chunk in body:
                size += len(chunk)
                if size > MOST_BYTES:
                    raise Refusal(f'“{name.name}”超过 {MOST_BYTES >> 20} MB，没有收下；请拆开，或直接放进收件夹')
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        placed, known = _placed(part, target, digest.hexdigest())
    except OSError as error:
        raise Refusal(f'“{name.name}”没有存下（{cause(error)}）；请检查磁盘空间和收件夹的权限') from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return placed.relative_to(inbox).as_posix(), known


def _inside(target: Path, inbox: Path) -> None:
    """A link in the inbox may lead out of it: nothing is written there."""
    if not target.parent.resolve().is_relative_to(inbox.resolve()):
        raise Refusal('收件夹里的这个文件夹是指到别处的链接，没有写进去；请放到别的文件夹')


def _placed(part: Path, target: Path, digest: str) -> tuple[Path, bool]:
    """Gives the whole file its name. What has that name already is never replaced."""
    for number in range(1, 1000):
        named = target if number == 1 else target.with_name(f'{target.stem}（{number}）{target.suffix}')
        if named.is_file() and sha256_of(named) == digest:
            return named, True
        try:
            os.link(part, named)
        except FileExistsError:
            continue
        except OSError:  # a disk without hard links
            if named.exists():
                continue
            part.rename(named)
        return named, False
    raise Refusal(f'收件夹里已有太多同名的文件“{target.name}”，请改名后再放')
