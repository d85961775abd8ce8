"""Who may use a desk that others reach: names with hashed passwords and roles, sessions that end, attempts that are limited."""

from __future__ import annotations

import secrets
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Literal

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kaohe.pipeline.language.system_words import cause
from kaohe.pipeline.refusal import Refusal

Role = Literal['查看', '核对', '管理']
ROLES: tuple[Role, ...] = ('查看', '核对', '管理')
# Seconds: a session ends after so long without a request, and after so long altogether.
IDLE, LONGEST = 30 * 60.0, 12 * 3600.0
# So many wrong passwords for a name, or from an address, in so many seconds: then nobody is asked there for as long.
MOST_ATTEMPTS, WINDOW = 5, 300.0
LEAST_PASSWORD = 8


class DeskAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person: ``name`` as it will stand beside decisions, ``password`` hashed with argon2id."""

    name: str
    role: Role
    password: str


class Person(msgspec.Struct, frozen=True):
    """Who is asking."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether the person's role includes this one."""
        return ROLES.index(self.role) >= ROLES.index(role)


class _Session(msgspec.Struct):
    person: Person
    began: float
    seen: float


class Accounts:
    """The accounts of a file (JSON, a list of accounts; `kaohe desk --add-user` writes it), and who is signed in."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._accounts = {account.name: account for account in read_accounts(file)}
        self._hasher = PasswordHasher()
        # so that a name that nobody has takes as long as a wrong password
        self._nobody = self._hasher.hash(secrets.token_hex(16))
        self._clock = clock
        self._sessions: dict[str, _Session] = {}
        self._failed: defaultdict[str, list[float]] = defaultdict(list)
        self._lock = Lock()

    def sign_in(self, name: str, password: str, address: str) -> str:
        """A new session's key. Raises `Refusal`, without saying whether it was the name or the password."""
        self._allow(name, address)
        account = self._accounts.get(name)
        try:
            self._hasher.verify(account.password if account else self._nobody, password)
            known = account is not None
        except (VerificationError, InvalidHashError):
            known = False
        if not known:
            with self._lock:
                for who in (f'n{name}', f'a{address}'):
                    self._failed[who].append(self._clock())
            raise Refusal('姓名或密码不对')
        assert account is not None
        key, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._failed.pop(f'n{name}', None)
            self._sessions[key] = _Session(Person(account.name, account.role), now, now)
        return key

    def who(self, key: str | None) -> Person | None:
        """Who has this session; None where it is none, or has ended."""
        now = self._clock()
        with self._lock:
            session = self._sessions.get(key or '')
            if session is None:
                return None
            if now - session.seen > IDLE or now - session.began > LONGEST:
                del self._sessions[key or '']
                return None
            session.seen = now
            return session.person

    def sign_out(self, key: str | None) -> None:
        """Ends the session."""
        with self._lock:
            self._sessions.pop(key or '', None)

    def _allow(self, name: str, address: str) -> None:
        now = self._clock()
        with self._lock:
            for who in (f'n{name}', f'a{address}'):
                self._failed[who] = [at for at in self._failed[who] if now - at < WINDOW]
                if len(self._failed[who]) >= MOST_ATTEMPTS:
                    raise Refusal(f'密码连续输错，请 {WINDOW / 60:g} 分钟后再试')


def read_accounts(file: Path) -> list[DeskAccount]:
    """The accounts of the file. Raises `Refusal`."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=list[DeskAccount])
    except OSError as error:
        raise Refusal(f'读不了账号文件 {file}（{cause(error)}）；没有的话先用 kaohe desk --add-user 建一个') from error
    except msgspec.DecodeError as error:
        raise Refusal(f'账号文件 {file} 写得不对：{error}；请用 kaohe desk --add-user 重建') from error


def add_account(file: Path, name: str, role: Role, password: str) -> None:
    """Adds an account, or gives it another password or role. Only the owner of the file can read it. Raises `Refusal`."""
    if not name.strip():
        raise Refusal('姓名不能空着', 2)
    if len(password) < LEAST_PASSWORD:
        raise Refusal(f'密码至少 {LEAST_PASSWORD} 个字符', 2)
    known = read_accounts(file) if file.exists() else []
    new = DeskAccount(name.strip(), role, PasswordHasher().hash(password))
    accounts = [*(account for account in known if account.name != new.name), new]
    part = file.with_name(f'.{file.name}.part')
    part.touch(mode=0o600)
    part.write_bytes(msgspec.json.format(msgspec.json.encode(accounts)))
    part.replace(file)
