"""``kaohe`` and ``python -m kaohe``."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path


def main() -> None:
    """Runs the command and exits: 0 all well, 1 something could not be done, 2 wrong usage, 130 interrupted."""
    _open_streams()
    try:
        _run()
    except KeyboardInterrupt:  # while what the verb needs was loaded, or while the process ended
        os.write(2, '已中断。\n'.encode())
        os._exit(130)


def _open_streams() -> None:
    """Whoever closed the standard streams gets none of the files that are opened later in their place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest number that is free: this one
    sys.stdin, sys.stdout, sys.stderr = (
        stream or open(os.devnull, mode, encoding='utf-8')  # noqa: SIM115, PTH123  # as long as the process lives
        for stream, mode in ((sys.stdin, 'r'), (sys.stdout, 'w'), (sys.stderr, 'w'))
    )


def _run() -> None:
    # Imported here: every process that reads imports this module too, and needs none of them.
    import click

    from kaohe.pipeline.command import kaohe
    from kaohe.pipeline.language.system_words import fault_of_the_machine
    from kaohe.pipeline.language.terms import plain
    from kaohe.pipeline.refusal import Refusal

    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors='backslashreplace')  # type: ignore[union-attr]  # a name or a character that the terminal cannot print
    try:
        sys.exit(kaohe.main(prog_name='kaohe', standalone_mode=False))
    except click.Abort as end:
        click.echo('已中断。', err=True)
        sys.exit(130 if isinstance(end.__cause__, KeyboardInterrupt) else 1)  # else a question that got no answer
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except Refusal as refusal:
        click.echo(f'错误：{plain(str(refusal))}', err=True)
        sys.exit(refusal.exit_status)
    except MemoryError:
        click.echo('错误：内存不够，没有做完；请关掉别的程序后再试，或一次少处理一些文件。', err=True)
        sys.exit(1)
    except Exception as error:  # a person is never shown a traceback
        told = fault_of_the_machine(error)
        if told is not None:
            click.echo(f'错误：{plain(told)}。', err=True)
            sys.exit(1)
        if isinstance(error, ImportError):
            from kaohe.extractors.plugins import PluginFault

            if isinstance(error, PluginFault):
                click.echo(f'错误：{plain(str(error))}。', err=True)
                sys.exit(1)
        if isinstance(error, UnicodeEncodeError) and any('\udc80' <= char <= '\udcff' for char in ''.join(sys.argv)):
            click.echo('错误：命令里有的字不合这个终端的编码，没有做；请用键盘重新输入，或改用编号', err=True)
            sys.exit(2)
        click.echo(f'程序出错，没有做完：{plain(_place(error))}。请把这一行发给维护者。', err=True)
        sys.exit(1)
    finally:
        gc.freeze()  # at its end Python looks for garbage among all that is loaded, which goes with the process: 20 ms of help, 50 of a run


def _place(error: Exception) -> str:
    import traceback  # only for what should not happen: help must answer at once

    last = traceback.extract_tb(error.__traceback__)[-1]
    return f'{type(error).__name__}: {error}（{Path(last.filename).name} 第 {last.lineno} 行）'


if __name__ == '__main__':
    main()
