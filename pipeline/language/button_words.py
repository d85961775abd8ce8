"""Messages that the command line shares name its commands; at the desk they name the button, or whom to ask."""

from __future__ import annotations

import re

_ANEW = '请信息科给这台电脑装上文字识别，再关掉办公桌面重新打开'
_SAID = tuple(
    (re.compile(command), button)
    for command, button in (
        # recognition of text, LibreOffice, Python: what belongs to the machine
        (r'请先运行 make setup-ocr(?: 装上文字识别)?，再重新运行', _ANEW),
        (r'运行 make setup-ocr 后重新运行', _ANEW),
        (r'请(?:先)?运行 make setup-ocr(?: 装上文字识别)?', '请信息科给这台电脑装上文字识别'),
        (r'请安装 LibreOffice（如 sudo apt [^）]*）后重新运行', '请信息科安装 LibreOffice，再关掉办公桌面重新打开'),
        (r'请安装 libreoffice-writer', '请信息科安装 LibreOffice'),
        (r'（如 sudo apt [^）]*）', ''),
        (r'请换用 (python\.org 或系统自带的 Python 3\.11 以上)，再运行 make setup', r'请信息科换用 \1'),
        (r'请(?:检查权限，或)?用 --db 换(?:到本机的文件夹|一个位置)', '请信息科把数据库换到本机上能写的文件夹'),
        (r'，或用 --(?:db|decisions) 换一个(?:位置|文件夹)', ''),
        (r'；请用 --db 换一个文件名', '；请信息科换一个文件名'),
        (r'，或用 pip uninstall 卸下', '，或请信息科卸下'),
        (r'请运行 (chmod go-rw .*)（(回执、更正记录同样)）', r'请信息科运行 \1（\2）'),
        # files and notices
        (r'请放入文件本身，或加 --follow-links', '请放入文件本身'),
        (r'放进收件夹后运行 kaohe ingest，会', '拖进收件页，会'),
        (
            r'改好的工作簿用 kaohe apply，填好的自评表用 kaohe score',
            '填好的自评表在“自评与得分”页收回，改好的工作簿请信息科存回',
        ),
        (
            r'请运行 kaohe editions join \S+ \S+；不是的，请运行 kaohe editions part \S+ \S+',
            '请点“是同一份”；不是的，请点“不是同一份”',
        ),
        (r'核对后用 kaohe sign 签字', '核对后点“核对完，签字”'),
        (r'(没有读入的)?原因见 kaohe findings', r'\1原因见“收件”页'),
        (r'请用 kaohe search 查一查，或', '请在最上面的框里查一查，或'),
        (r'，例如 kaohe search (\S+)', r'，例如 \1'),
        (r'请先运行 kaohe ingest(?:（或 make ingest）)?(?:读入通知)?', '请先在“收件”页放进通知'),
        (r'请看回执，或运行 make findings（即 kaohe findings）', '请在“收件”页点开它'),
        (r'编号和标题见 kaohe export 导出的“通知”表', '标题见“收件”页'),
        (r'编号以 n_ 开头，可从 kaohe findings --ids 抄来', '请刷新页面再试'),
        (r'可从数据库或 kaohe findings 中抄来', '请刷新页面再试'),
        (r'，或用 pip uninstall \S+ 卸下', '，或请信息科卸下它'),
        # scores
        (r'，即 kaohe worksheet 生成的', ''),
        (r'kaohe worksheet 生成的自评表', '“自评与得分”页下载的自评表'),
        (r'，请加上 --notice 通知', '；请用“自评与得分”页下载的自评表'),
        (r'；请核对 --notice，或不写它', ''),
        (r'请先用 kaohe score --answers 计分', '请先在“自评与得分”页填写'),
        # the database and what is kept
        (
            r'请先运行一次 kaohe ingest，会自动升级，不丢数据',
            '程序读入下一份通知时会自动升级它，不丢数据；请等一会儿再刷新',
        ),
        (r'请用有写入权限的账户运行一次 kaohe check', '请用有写入权限的账户打开办公桌面'),
        (r'也请先用 kaohe backup 留一份', '也请先在“帮助”页点“现在备份”留一份'),
        (r'请备份后运行 kaohe ingest --force 重新读入', '请先备份，再请信息科重新读入'),
        (r'或重新运行 kaohe ingest 从原件读出', '或请信息科从原件重新读出'),
        (r'（用 --decisions 给过的文件夹）', '（信息科用过的另一个文件夹）'),
        (r'请每次都加 --decisions，或把那里的', '请信息科把那里的'),
        (r'，或加 --force 覆盖它', ''),
        (r'请重新运行，看过现在的内容再定', '请刷新页面，看过现在的内容再定'),
        (r'后重新运行', '后再放一次'),
    )
)  # fmt: skip


def at_the_desk(text: str) -> str:
    """The message for a person who sees pages with buttons and no command line."""
    for command, button in _SAID:
        text = command.sub(button, text)
    return text
