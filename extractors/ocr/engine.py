"""rapidocr, set up for pages of small print in cells: its lines are recognised one by one, several at a time.

As it comes it recognises six lines together, each filled up to the width of the longest and to that of seven characters at least, and
every process takes all cores, whose threads wait for each other busily. Alone, each line costs what it is wide, and is read no worse: what
fills up the others is no part of it. What stands around the models gives the same for less: no order of corners is worked out where only the
sides are asked for, and each of 256 greys is made ready for the detector once, not each of two million pixels.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
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
    recogniser.cal_rec_boxes = places(recogniser.cal_rec_boxes)
    detector = recogniser._load_det_model()
    detector.get_preprocess = partial(_prepared, detector.get_preprocess)
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


def places(maker: Any) -> Callable[..., Any]:
    """What rapidocr's ``maker`` (a ``CalRecBoxes``) gives: for each line its characters, how sure they are and the four corners of each in
    pixels of the page, but the corners in no order."""
    maker.order_points = list

    def placed(pictures: Sequence[Any], boxes: Iterable[Any], read: Any, single: bool) -> Any:
        if read.txts is not None and read.word_results is not None:
            read.word_results = tuple(
                _placed(maker, *line, single)
                for line in zip(pictures, boxes, read.txts, read.word_results, strict=True)
                if line[0].size
            )
        return read

    return placed


def _placed(maker: Any, picture: Any, box: Any, text: str, words: Any, single: bool) -> list[Any]:
    import numpy as np

    height, width = picture.shape[:2]
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]])
    characters, within, sure = maker.cal_ocr_word_box(text, whole, words, single)
    corners = maker.reverse_rotate_crop_image(
        box.copy(), maker.adjust_box_overlap(within), maker.get_box_direction(box)
    )
    return list(zip(characters, sure, corners, strict=False))


def _prepared(prepare: Callable[[], Any]) -> Any:
    """rapidocr's preparation of a page for the detector, which does what it does to a pixel with each value that there is."""
    made = prepare()
    made.normalize = partial(normalised, made.normalize)
    return made


def normalised(normalise: Callable[[Any], Any], picture: Any) -> Any:
    """``normalise(picture)``, as the numbers of 32 bits that the detector takes. ``picture`` has three channels of eight bits, and each pixel
    is normalised by its value alone."""
    import cv2
    import numpy as np

    values = np.repeat(np.arange(256, dtype=np.uint8), 3).reshape(1, 256, 3)
    return cv2.LUT(picture, normalise(values).astype(np.float32))
