"""The names of the worksheet's sheets."""

from __future__ import annotations

from typing import Final

FORM: Final = '自评表'
SUMMARY: Final = '汇总'
