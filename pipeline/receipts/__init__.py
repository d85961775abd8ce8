"""Receipts: for every file that was dropped a page that office staff can open, print and check, and a first page that leads to them."""

from __future__ import annotations

from kaohe.pipeline.receipts.folder import write_receipts

__all__ = ['write_receipts']
