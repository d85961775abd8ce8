"""``kaohe words``."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from kaohe.pipeline.commands.shared_options import AS_JSON
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.refusal import Refusal


@click.command(short_help='本单位自己的词：列出、添上、用一句话试试', options_metavar='[选项]')
@click.argument('section', metavar='[类别]', required=False)
@click.argument('key', metavar='[意思]', required=False)
@click.argument('added', metavar='[词]…', nargs=-1)
@click.option('--try', 'sentence', metavar='句子', help='看这句话怎么读；写了词的，先后各读一遍，不存。')
@click.option('--remove', is_flag=True, help='把这些词删去。')
@AS_JSON
def words(
    section: str | None, key: str | None, added: tuple[str, ...], sentence: str | None, remove: bool, as_json: bool
) -> None:
    """列出本单位自己的词（data/house 里的 *.toml）；写类别、意思和词，就添上。

    类别和意思：表头（考核内容、评分标准、分值……）、动词（扣分、得分、加分）、单位（计数、目标值）、比较词（不低于、高于、不高于、低于、等于）、
    科室（科室名）、页眉页脚（整行）、计分来源（名称）。添上以后，下一次读入会把通知重读一遍。

    \b
    例子：
      kaohe words
      kaohe words 动词 扣分 核罚 --try 未着装的每人核罚0.5分
      kaohe words 动词 扣分 核罚
      kaohe words 科室 信息科 网络办 信息中心
      kaohe words 动词 扣分 核罚 --remove
    """
    from kaohe.normalizers.vocabulary.house_vocabulary import house_folder
    from kaohe.pipeline.planning.added_words import store, with_words, without_words

    folder = house_folder()
    if section is not None and (key is None or not added):
        raise Refusal('请写全：类别、意思和词，例如 kaohe words 动词 扣分 核罚', 2)
    if section is None or key is None:
        if sentence is None:
            _list(folder, as_json)
        else:
            _try(sentence, None, remove, as_json)
        return
    data = (without_words if remove else with_words)(folder, section, key, added)
    if sentence is not None:
        _try(sentence, data, remove, as_json)
        return
    file = store(folder, data)
    if as_json:
        _list(folder, as_json)
        return
    click.echo(
        f'已{"删去" if remove else "添上"}：{"、".join(added)}（{file}）。下一次 kaohe ingest 会把通知重读一遍。'
    )


def _list(folder: Path, as_json: bool) -> None:
    """Prints the words of the house; exits with 1 where one cannot be used."""
    from kaohe.normalizers.vocabulary.house_vocabulary import read_house
    from kaohe.pipeline.planning.house_words import contradictions

    found, wrong = read_house(folder)
    problems = [*wrong, *contradictions(found)]
    if as_json:
        rows = [
            {'section': word.section, 'key': word.key, 'word': word.word, 'file': word.file, 'line': word.line}
            for word in found
        ]
        told = [{'file': problem.file, 'line': problem.line, 'what': problem.what} for problem in problems]
        click.echo(json_answer('words', {'words': rows, 'problems': told}))
    else:
        for word in found:
            click.echo(f'{word.section}　{word.key}　{word.word}　（{word.file} 第 {word.line} 行）')
        for problem in problems:
            click.echo(f'要改：{problem}')
        click.echo(f'{folder}：共 {len(found)} 个词。', err=True)
    if problems:
        click.get_current_context().exit(1)


def _try(sentence: str, data: bytes | None, remove: bool, as_json: bool) -> None:
    """Prints how the sentence is read with the words of the house, and with ``data`` in the place of those that the command wrote."""
    from kaohe.normalizers.vocabulary.house_vocabulary import house_folder
    from kaohe.pipeline.inspection.sentence_reading import read_sentence, read_with
    from kaohe.pipeline.planning.added_words import ADDED
    from kaohe.pipeline.planning.house_words import require_sound_words

    if data is None:
        require_sound_words()
        now, then = read_sentence(sentence), None
    else:
        with tempfile.TemporaryDirectory() as scratch:
            there = Path(scratch)
            for file in house_folder().glob('*.toml'):
                shutil.copy(file, there)
            now = read_with(there, sentence)
            (there / ADDED).write_bytes(data)
            then = read_with(there, sentence)
    if as_json:
        click.echo(json_answer('words-tried', {'sentence': sentence, 'now': now, 'then': then}))
    elif then is None:
        click.echo('\n'.join(now))
    else:
        click.echo('现在：\n' + '\n'.join(f'  {line}' for line in now))
        click.echo(f'{"删去" if remove else "添上"}以后：\n' + '\n'.join(f'  {line}' for line in then))
        click.echo('只是试读，没有存。要存，去掉 --try 再运行一次。', err=True)
