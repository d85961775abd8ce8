"""Ids in letters and digits: those of the library, made quicker."""

from base64 import b32encode

from hypothesis import given
from hypothesis import strategies as st

from kaohe.normalizers.text.base32 import base32


@given(st.binary(min_size=10, max_size=10))
def test_ten_bytes_are_the_letters_that_the_library_makes_of_them(data: bytes) -> None:
    assert base32(data) == b32encode(data).decode().lower()
