"""rapidocr, set up for pages of small print in cells: its lines are recognised one by one, several at a time.

As it comes it recognises six lines together, each filled up to the width of the longest and to that of seven characters at least, and
every process takes all cores, whose threads wait for each other busily. Alone, each line costs what it is wide, and is read no worse: what
fills up the others is no part of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any

# Writing of which the recogniser is less sure than this is no writing. What is little better is read, and doubtful.
_READ = 0.3
# Channels, height and least width in pixels of what is recognised: the width of one character.
_SHAPE = [3, 48, 48]
# A lone page is recognised by so many cores. Of several pages each has a process: more threads would only take memory.
_THREADS = min(os.cpu_count() or 1, 4)


@cache
def engine() -> Any:
    """The recogniser of this process, a ``rapidocr.RapidOCR``."""
    from rapidocr import RapidOCR

    recogniser: Any = RapidOCR(
        params={
            'Global.log_level': 'critical',
            'Global.use_cls': False,
            'Global.text_score': _READ,
            'EngineConfig.onnxruntime.intra_op_num_threads': 1,
            'EngineConfig.onnxruntime.inter_op_num_threads': 1,
            'Rec.rec_img_shape': _SHAPE,
            'Rec.rec_batch_num': 1,
        }
    )
    recogniser.recognize_txt = partial(_line_by_line, recogniser.recognize_txt)
    return recogniser


def _line_by_line(recognise: Callable[[list[Any]], Any], lines: list[Any]) -> Any:
    """What ``recognise`` reads in pictures of lines, as it gives it for all together."""
    with ThreadPoolExecutor(_THREADS) as threads:
        found = list(threads.map(recognise, [[line] for line in lines]))
    together = found[0]
    together.imgs = lines
    for part in ('txts', 'scores', 'word_results'):
        setattr(together, part, tuple(getattr(one, part)[0] for one in found))
    return together
