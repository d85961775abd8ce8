"""How much memory another process holds, where the system does not limit it by itself (Windows, macOS)."""

from __future__ import annotations

import subprocess
import sys


def memory_of(pid: int) -> int:
    """Resident bytes of a process; 0 where they cannot be had."""
    return _windows(pid) if sys.platform == 'win32' else _unix(pid)


def _unix(pid: int) -> int:
    said = subprocess.run(['ps', '-o', 'rss=', '-p', str(pid)], capture_output=True, text=True, check=False).stdout
    return int(said) * 1024 if said.strip().isdigit() else 0


def _windows(pid: int) -> int:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = (
            ('cb', wintypes.DWORD),
            ('PageFaultCount', wintypes.DWORD),
            ('PeakWorkingSetSize', ctypes.c_size_t),
            ('WorkingSetSize', ctypes.c_size_t),
            ('QuotaPeakPagedPoolUsage', ctypes.c_size_t),
            ('QuotaPagedPoolUsage', ctypes.c_size_t),
            ('QuotaPeakNonPagedPoolUsage', ctypes.c_size_t),
            ('QuotaNonPagedPoolUsage', ctypes.c_size_t),
            ('PagefileUsage', ctypes.c_size_t),
            ('PeakPagefileUsage', ctypes.c_size_t),
        )

    kernel = ctypes.WinDLL('kernel32')  # type: ignore[attr-defined, unused-ignore]
    kernel.OpenProcess.restype = wintypes.HANDLE
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return 0
    try:
        counters = Counters(cb=ctypes.sizeof(Counters))
        known = kernel.K32GetProcessMemoryInfo(wintypes.HANDLE(handle), ctypes.byref(counters), counters.cb)
        return int(counters.WorkingSetSize) if known else 0
    finally:
        kernel.CloseHandle(wintypes.HANDLE(handle))
