"""Reads files on a Dask cluster: the function that reads a file here runs on many machines; this one gives out the bytes and stores."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from pathlib import Path
from types import TracebackType
from typing import Any

from kaohe.extractors.document import Unreadable
from kaohe.extractors.findings import finding
from kaohe.extractors.zip.archive import read_member
from kaohe.pipeline.planning.fingerprint import reader_fingerprint
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers.reading import MAX_BYTES, Reading, read_bytes, read_file
from kaohe.pipeline.refusal import Refusal

# Files on their way for each thread of the cluster: one is read, one waits at hand.
_AHEAD = 2
_CONNECT_SECONDS = 15
# How long to wait for the first machine: those that were just started come within seconds.
_WORKER_SECONDS = 20


class ClusterReaders:
    """What `Readers` is, on the cluster whose scheduler listens at ``address`` (``tcp://host:8786``).

    The cluster's machines need the same version of this program, and no folder in common with this one. How long a file may take and
    how much memory it may claim is for the cluster to say. Raises `Refusal` where the cluster cannot be used.
    """

    def __init__(self, works: Sequence[Work], address: str) -> None:
        self._waiting = deque(works)
        self._client = _connect(address)

    def __enter__(self) -> ClusterReaders:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def __iter__(self) -> Iterator[tuple[Work, Reading]]:
        """Each work with its reading, in the order in which they are done. Raises `Refusal` where a machine has another version."""
        from distributed import as_completed

        running: dict[Any, Work] = {}
        done = as_completed(loop=self._client.loop, raise_errors=False)
        while self._waiting or running:
            room = max(1, _AHEAD * sum(self._client.nthreads().values()))
            while self._waiting and len(running) < room:
                work = self._waiting.popleft()
                data = _bytes_of(work)
                if data is None:
                    first = work.candidates[0]
                    yield work, read_file(str(first.path), first.source, first.members)  # says why
                    continue
                future = self._client.submit(
                    read_there, data, work.candidates[0].source, reader_fingerprint(), pure=False
                )
                running[future] = work
                done.add(future)
            if running:
                future = next(done)
                work = running.pop(future)
                yield work, _result(future, work)


def read_there(data: bytes, name: str, fingerprint: str) -> Reading:
    """What runs on the cluster. Raises `Refusal` where this machine would read otherwise than the one that asks."""
    if reader_fingerprint() != fingerprint:
        raise Refusal('集群里有机器装的是另一个版本的程序，没有全部读完；请在每台机器上装同一版本后重新运行')
    return read_bytes(data, name)


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise Refusal(
            '没有装集群组件；请运行 pip install --require-hashes -r requirements-cluster.lock，或去掉 --scheduler'
        ) from error
    try:
        client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Refusal(f'连不上调度器 {address}；请检查地址（如 tcp://主机:8786）和它是否在运行') from error
    try:
        client.wait_for_workers(1, timeout=_WORKER_SECONDS)
    except TimeoutError as error:
        client.close()
        raise Refusal(
            f'调度器 {address} 下没有一台机器在工作；请在各台机器上运行 dask worker {address} 后重新运行，或去掉 --scheduler'
        ) from error
    return client


def _bytes_of(work: Work) -> bytes | None:
    """The bytes of the file; None where they cannot be had, or are too many."""
    first = work.candidates[0]
    try:
        if first.members:
            return read_member(Path(first.path), first.members)
        return Path(first.path).read_bytes() if first.bytes <= MAX_BYTES else None
    except (OSError, Unreadable, MemoryError):
        return None


def _result(future: Any, work: Work) -> Reading:
    error = None
    try:
        reading: Reading = future.result()
    except Refusal:
        raise
    except (
        Exception,
        CancelledError,
    ) as lost:  # the machine that read it is gone, again and again: it costs this file only
        error = lost
    finally:
        future.release()
    if error is None:
        return reading
    why = finding('worker.crashed', detail=f'集群没有读成：{type(error).__name__}')
    return Reading(work.sha256, work.candidates[0].bytes, None, None, why, 0.0)
