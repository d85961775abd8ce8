"""Click's own words in Chinese, whatever language the machine is set to.

Click asks gettext for each of its words; here gettext is given the answers. Words that are not in the table stay as they are.
"""

from __future__ import annotations

import gettext

WORDS = {
    'Usage:': '用法：',
    'Options': '选项',
    'Commands': '命令',
    'Positional arguments': '参数',
    'Show this message and exit.': '显示这份说明。',
    'Show the version and exit.': '显示版本。',
    '%(prog)s, version %(version)s': '%(prog)s %(version)s',
    'Error': '错误',
    'Error: {message}': '错误：{message}',
    'Aborted!': '已中断。',
    'Error: invalid input': '请输入 y（是）或 n（否）',
    "Try '{command} {option}' for help.": '用法说明请运行：{command} {option}',
    'Invalid value: {message}': '参数不对：{message}',
    'Invalid value for {param_hint}: {message}': '{param_hint} 的值不对：{message}',
    'Missing argument': '缺少参数',
    'Missing option': '缺少选项',
    'Missing parameter': '缺少参数',
    'Missing {param_type}': '缺少 {param_type}',
    'Missing parameter: {param_name}': '缺少参数：{param_name}',
    'Missing command.': '没有写要做什么。',
    'No such option {name!r}.': '没有 {name} 这个选项。',
    'No such command {name!r}.': '没有 {name} 这个命令。',
    'Did you mean {possibility}?': '您要的是 {possibility} 吗？',
    '(Did you mean one of: {possibilities}?)': '您要的是其中之一吗：{possibilities}？',
    'unknown error': '原因不明',
    'Could not open file {filename!r}: {message}': '打不开文件 {filename}：{message}',
    'Got unexpected extra argument ({args})': '多出了参数：{args}',
    'Got unexpected extra arguments ({args})': '多出了参数：{args}',
    'Option {name!r} does not take a value.': '选项 {name} 后面不带值。',
    'Option {name!r} requires an argument.': '选项 {name} 后面要写一个值。',
    'Option {name!r} requires {nargs} arguments.': '选项 {name} 后面要写 {nargs} 个值。',
    'Argument {name!r} takes {nargs} values.': '参数 {name} 要写 {nargs} 个值。',
    'Takes {nargs} values but 1 was given.': '要写 {nargs} 个值，只写了 1 个。',
    'Takes {nargs} values but {len} were given.': '要写 {nargs} 个值，写了 {len} 个。',
    'Value must be an iterable.': '要写几个值。',
    '{value!r} is not {choice}.': '不能是 {value}，只能是 {choice}。',
    '{value!r} is not one of {choices}.': '不能是 {value}，只能是 {choices} 之一。',
    'Choose from:\n\t{choices}': '可选：\n\t{choices}',
    '{value!r} is not a valid {number_type}.': '{value} 不是数（{number_type}）。',
    '{value} is not in the range {range}.': '{value} 不在范围 {range} 之内。',
    '{value!r} is not a valid boolean. Recognized values: {states}': '{value} 不是 是/否，可写：{states}',
    '{name} {filename!r} does not exist.': '{name} {filename} 不存在。',
    '{name} {filename!r} is a file.': '{name} {filename} 是文件，这里要文件夹。',
    '{name} {filename!r} is a directory.': '{name} {filename} 是文件夹，这里要文件。',
    '{name} {filename!r} is not readable.': '{name} {filename} 没有读取权限。',
    '{name} {filename!r} is not writable.': '{name} {filename} 没有写入权限。',
    '{name} {filename!r} is not executable.': '{name} {filename} 没有执行权限。',
    'file': '文件',
    'File': '文件',
    'directory': '文件夹',
    'Directory': '文件夹',
    'path': '路径',
    'Path': '路径',
    'required': '必填',
    'default: {default}': '默认 {default}',
    'env var: {var}': '环境变量 {var}',
    '(dynamic)': '（自动）',
    'deprecated': '已停用',
}


def speak_chinese() -> None:
    """From here on every word that is asked of gettext and stands in ``WORDS`` is answered in Chinese, in the whole process."""
    gettext.dgettext = _one
    gettext.dngettext = _one_or_many


def _one(domain: str, message: str) -> str:
    return WORDS.get(message, message)


def _one_or_many(domain: str, msgid1: str, msgid2: str, n: int) -> str:
    message = msgid1 if n == 1 else msgid2
    return WORDS.get(message, message)
