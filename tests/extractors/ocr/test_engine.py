"""Lines are recognised one by one, and given as if they had been recognised together; what is left out of rapidocr's work changes nothing."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from kaohe.extractors import optional
from kaohe.extractors.ocr.engine import _line_by_line, engine, normalised, places

needs_recognition = pytest.mark.skipif(not optional.has_recognition(), reason='the optional part ocr is not installed')


def recognise(lines: list[int]) -> SimpleNamespace:
    """A recogniser that reads one line at a time, and tells which."""
    (line,) = lines
    return SimpleNamespace(imgs=lines, txts=(f'第{line}行',), scores=(line / 100,), word_results=((line,),))


def test_lines_that_are_recognised_by_several_threads_come_in_their_order() -> None:
    lines = list(range(60))
    found = _line_by_line(recognise, lines)
    assert found.imgs == lines
    assert found.txts == tuple(f'第{line}行' for line in lines)
    assert found.scores == tuple(line / 100 for line in lines)
    assert found.word_results == tuple((line,) for line in lines)


def line_read(text: str, columns: int) -> tuple[str, object]:
    """(the text, where rapidocr's recogniser saw its characters): spread over so many columns of a line."""
    from rapidocr.ch_ppocr_rec.utils import CTCLabelDecode

    seen = np.zeros(columns, bool)
    seen[np.linspace(1, columns - 2, len(text)).astype(int)] = True
    words = CTCLabelDecode.get_word_info(text, seen)
    words.line_txt_len, words.confs = float(columns), [0.5 + at / 100 for at in range(len(text))]
    return text, words


def lines_read() -> tuple[list[object], np.ndarray[tuple[int, ...], np.dtype[np.float32]], SimpleNamespace]:
    """(pictures, corners on the page, texts) of lines: level, slanted, written downwards, of a single character, too near each other."""
    level = [[100, 50], [500, 50], [500, 80], [100, 80]]
    slanted = [[101, 50], [498, 62], [497, 93], [100, 81]]
    downwards = [[40, 100], [72, 100], [72, 430], [40, 430]]
    single = [[700.5, 90.2], [731, 90.2], [731, 121.7], [700.5, 121.7]]
    narrow = [[10, 500], [90, 503], [89, 531], [9, 528]]
    boxes = np.array([level, slanted, downwards, single, narrow], np.float32)
    texts = ['每少1项扣0.5分，扣完为止', '完成率≥95%得5分 未完成', '责任单位办公室', '5', '（一）党建工作12345678']
    pictures: list[object] = []
    for box in boxes:
        width, height = int(np.linalg.norm(box[0] - box[1])), int(np.linalg.norm(box[0] - box[3]))
        picture = np.zeros((height, width, 3), np.uint8)
        pictures.append(np.rot90(picture) if height >= 1.5 * width else picture)
    read = [line_read(text, max(3 * len(text), 5)) for text in texts]
    return (
        pictures,
        boxes,
        SimpleNamespace(txts=tuple(one[0] for one in read), word_results=tuple(one[1] for one in read)),
    )


def sides(corners: list[list[float]]) -> tuple[float, float, float, float]:
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return min(xs), max(xs), min(ys), max(ys)


@needs_recognition
def test_characters_stand_where_rapidocr_says_whatever_the_order_of_their_corners() -> None:
    from rapidocr.cal_rec_boxes import CalRecBoxes

    pictures, boxes, read = lines_read()
    theirs = CalRecBoxes()(pictures, boxes, read, True).word_results
    pictures, boxes, read = lines_read()
    before = boxes.copy()
    ours = places(CalRecBoxes())(pictures, boxes, read, True).word_results
    assert [[(text, sure, sides(corners)) for text, sure, corners in line] for line in ours] == [
        [(text, sure, sides(corners)) for text, sure, corners in line] for line in theirs
    ]
    assert [len(line) for line in ours] == [14, 13, 7, 1, 15]
    assert (boxes == before).all()  # they are asked for once more


@needs_recognition
def test_a_page_is_made_ready_for_the_detector_as_rapidocr_does_it_to_the_bit() -> None:
    from rapidocr.ch_ppocr_det.utils import DetPreProcess

    page = np.random.default_rng(7).integers(0, 256, (64, 96, 3), np.uint8)
    page[0, :, 0] = np.arange(96)
    for mean, std in (([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]), ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])):
        prepare = DetPreProcess(64, 'min', mean, std)
        assert (normalised(prepare.normalize, page) == prepare.normalize(page).astype(np.float32)).all()


@needs_recognition
def test_the_recogniser_takes_the_shorter_ways() -> None:
    from rapidocr.cal_rec_boxes import CalRecBoxes

    recogniser = engine()
    page = np.full((64, 64, 3), 200, np.uint8)
    prepare = recogniser.text_det.get_preprocess()
    assert prepare.normalize.func is normalised
    assert prepare(page).dtype == np.float32
    assert prepare(page).shape[:2] == (1, 3)
    assert not isinstance(recogniser.cal_rec_boxes, CalRecBoxes)
