"""Which folders are on shares whose changes the system does not report."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaohe.pipeline.system import mounts

MOUNTINFO = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
31 22 0:29 / /mnt/共享\040文件夹 rw,relatime - cifs //server/share rw,vers=3.0
32 22 0:30 / /mnt/c rw,noatime - 9p C:\134 rw
33 22 0:31 / /mnt/ssh rw - fuse.sshfs me@host:/ rw
34 22 8:17 / /mnt/disk rw - fuseblk /dev/sdb1 rw
35 31 8:18 / /mnt/共享\040文件夹/本地 rw - ext4 /dev/sdc1 rw
36 22 0:33 / /mnt/later rw - ext4 /dev/sdd1 rw
37 36 0:34 / /mnt/later rw - nfs4 server:/x rw
not a mount at all
"""


@pytest.mark.parametrize(
    ('folder', 'shared'),
    [
        ('/home/me/通知', False),
        ('/mnt/共享 文件夹', True),
        ('/mnt/共享 文件夹/2025/考核', True),
        ('/mnt/共享 文件夹的邻居', False),
        ('/mnt/共享 文件夹/本地/通知', False),
        ('/mnt/c/Users/我/通知', True),
        ('/mnt/ssh', True),
        ('/mnt/disk/通知', False),
        ('/mnt/later/通知', True),
    ],
)
def test_a_folder_is_on_the_file_system_of_the_nearest_mount_above_it(
    folder: str, shared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mounts, '_mounts', lambda: mounts.mounts_of_linux(MOUNTINFO))
    monkeypatch.setattr(mounts.sys, 'platform', 'linux')
    assert mounts.on_network(Path(folder)) is shared


def test_what_a_mac_lists_is_understood() -> None:
    listed = '/dev/disk1s1 on / (apfs, local)\n//me@server/share on /Volumes/share 2 (smbfs, nodev, mounted by me)\n'
    found = mounts.mounts_of_mac(listed)
    assert mounts.filesystem_of(Path('/Volumes/share 2/考核'), found) == 'smbfs'
    assert mounts.filesystem_of(Path('/Users/me'), found) == 'apfs'


def test_where_nothing_is_known_of_mounts_a_folder_counts_as_local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mounts, '_mounts', dict)
    assert mounts.on_network(Path('/anywhere')) is False
