"""Which files a zip archive holds, under which names, and what is refused of it."""

import io
import stat
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from kaohe.extractors.document import Unreadable
from kaohe.extractors.formats import read
from kaohe.extractors.zip import archive
from kaohe.extractors.zip.archive import list_members, read_member


def packed(*members: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, 'w', zipfile.ZIP_DEFLATED) as target:
        for name, data in members:
            target.writestr(name, data)
    return made.getvalue()


def windows_packed(names: Iterable[str]) -> bytes:
    """As Windows packs: names in GBK, and no flag that says so."""
    members = [(name.encode('gb18030').decode('latin-1'), b'x') for name in names]
    data = packed(*((f'{"?" * len(name)}{at}', text) for at, (name, text) in enumerate(members)))
    for at, (name, _) in enumerate(members):
        plain = f'{"?" * len(name)}{at}'.encode()
        data = data.replace(plain, (name + str(at)).encode('latin-1'))
    return data


def encrypted(data: bytes) -> bytes:
    """The archive with the flag of encryption set on its first member."""
    changed = bytearray(data)
    changed[6] |= 1
    changed[data.index(b'PK\x01\x02') + 8] |= 1
    return bytes(changed)


def names(folder: Path, data: bytes) -> list[str]:
    (folder / 'a.zip').write_bytes(data)
    return ['/'.join(path) for path in list_members(folder / 'a.zip', {'.txt', '.docx'})]


def refusal(folder: Path, data: bytes, *path: str) -> str:
    (folder / 'a.zip').write_bytes(data)
    with pytest.raises(Unreadable) as refused:
        read_member(folder / 'a.zip', path)
    return refused.value.finding.code


def test_every_file_of_an_archive_is_found_and_read(tmp_path: Path) -> None:
    data = packed(('附件/细则.txt', '考核'.encode()), ('空文件夹/', b''), ('通知.docx', b'docx'))
    assert names(tmp_path, data) == ['附件/细则.txt', '通知.docx']
    assert read_member(tmp_path / 'a.zip', ('附件/细则.txt',)) == '考核'.encode()


def test_names_packed_by_windows_are_chinese(tmp_path: Path) -> None:
    assert names(tmp_path, windows_packed(['青川市考核细则', '附件'])) == ['青川市考核细则0', '附件1']


def test_names_that_lead_out_of_the_archive_stay_inside(tmp_path: Path) -> None:
    data = packed(('../../etc/a.txt', b'1'), ('/root/b.txt', b'2'), ('C:\\文件\\c.txt', b'3'), ('..', b'4'))
    assert names(tmp_path, data) == ['etc/a.txt', 'root/b.txt', '文件/c.txt', '_']


@pytest.mark.filterwarnings('ignore:Duplicate name')
def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    assert names(tmp_path, packed(('a.txt', b'1'), ('./a.txt', b'2'), ('a.txt', b'3'))) == [
        'a.txt',
        'a (2).txt',
        'a (3).txt',
    ]
    assert read_member(tmp_path / 'a.zip', ('a (3).txt',)) == b'3'


def test_an_archive_in_an_archive_is_opened_once(tmp_path: Path) -> None:
    innermost = packed(('最里.txt', b'x'))
    data = packed(('内.zip', packed(('里.txt', b'inner'), ('更里.zip', innermost))))
    assert names(tmp_path, data) == ['内.zip/里.txt', '内.zip/更里.zip']
    assert read_member(tmp_path / 'a.zip', ('内.zip', '里.txt')) == b'inner'
    with pytest.raises(Unreadable) as refused:
        read(innermost)
    assert refused.value.finding.code == 'file.archive'


def test_a_document_that_is_packed_as_zip_is_no_archive(tmp_path: Path) -> None:
    assert names(tmp_path, packed(('[Content_Types].xml', b'x'), ('word/document.xml', b'x'))) == []


def test_an_encrypted_member_says_so(tmp_path: Path) -> None:
    data = encrypted(packed(('密.txt', b'secret')))
    assert names(tmp_path, data) == ['密.txt']
    assert refusal(tmp_path, data, '密.txt') == 'file.encrypted'


def test_a_damaged_member_costs_that_member_only(tmp_path: Path) -> None:
    data = packed(('坏.txt', b'a' * 1000), ('好.txt', b'good'))
    broken = data[:40] + bytes([data[40] ^ 255]) + data[41:]
    assert refusal(tmp_path, broken, '坏.txt') == 'file.broken'
    assert read_member(tmp_path / 'a.zip', ('好.txt',)) == b'good'


def test_a_member_that_would_begin_before_its_archive_is_damaged(tmp_path: Path) -> None:
    data = bytearray(packed(('a.txt', b'x' * 50), ('b.txt', b'y')))
    directory = data.index(b'PK\x01\x02')
    data[directory + 42 : directory + 46] = b'\0\0\0\0'
    end = data.index(b'PK\x05\x06')
    data[end + 16 : end + 20] = (directory + 5).to_bytes(4, 'little')  # so all members begin five bytes earlier
    assert refusal(tmp_path, bytes(data), 'a.txt') == 'file.broken'
    assert names(tmp_path, bytes(data)) == ['a.txt', 'b.txt']


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    data = packed(('弹.txt', bytes(64 * 2**20)), ('好.txt', b'good'))
    assert names(tmp_path, data) == ['弹.txt', '好.txt']
    assert refusal(tmp_path, data, '弹.txt') == 'file.too_large'


def test_too_many_files_are_refused_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, 'MAX_FILES', 3)
    data = packed(*((f'{at}.txt', b'x') for at in range(4)))
    assert names(tmp_path, data) == []
    assert (
        names(tmp_path, packed(('1.zip', packed(('1', b''), ('2', b''))), ('2.zip', packed(('1', b''), ('2', b'')))))
        == []
    )
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.finding.code == 'file.too_large'


def test_together_files_may_not_be_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, 'MAX_TOTAL_BYTES', 1000)
    assert names(tmp_path, packed(('a.txt', bytes(600)), ('b.txt', bytes(600)))) == []


@pytest.mark.parametrize(('data', 'code'), [(b'PK\x03\x04 cut', 'file.broken'), (packed(), 'file.empty')])
def test_an_archive_without_files_says_why(tmp_path: Path, data: bytes, code: str) -> None:
    assert names(tmp_path, data) == []
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.finding.code == code


def test_a_link_in_an_archive_is_not_read_as_what_it_names(tmp_path: Path) -> None:
    link = zipfile.ZipInfo('通知.txt')
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / 'a.zip', 'w') as packed:
        packed.writestr(link, '/etc/passwd')
        packed.writestr('另一份.txt', '正文')
    assert ('通知.txt',) in list_members(tmp_path / 'a.zip')
    with pytest.raises(Unreadable) as refused:
        read_member(tmp_path / 'a.zip', ('通知.txt',))
    assert refused.value.finding.code == 'file.link'
    assert read_member(tmp_path / 'a.zip', ('另一份.txt',)) == '正文'.encode()


def test_a_name_that_is_not_in_the_encoding_it_claims_is_told_for_what_it_is(tmp_path: Path) -> None:
    data = packed(('细则.txt', b'x'), ('办法.txt', b'x')).replace('细'.encode(), b'\xed\xa0\x80')
    assert names(tmp_path, data) == []
    with pytest.raises(Unreadable, match='编码') as refused:
        read(data)
    assert refused.value.finding.code == 'file.unsupported'
