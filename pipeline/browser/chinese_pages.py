"""Datasette's own templates in Chinese: what they say is exchanged when they are loaded; a test looks for what a newer Datasette says besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from jinja2 import BaseLoader, Environment

# A phrase may stand in several templates and in several places of one; longer ones first where one holds another.
_SAID: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    'base.html': (('<html>', '<html lang="zh-CN">'), ('>Menu<', '>菜单<'), ('Log out', '退出')),
    '_footer.html': (
        ('Powered by <a href="https://datasette.io/" title="Datasette v{{ datasette_version }}">Datasette</a>', 'Datasette {{ datasette_version }}'),
        ('Queries took {{ query_ms|round(3) }}ms', '用时 {{ query_ms|round(3) }} 毫秒'),
    ),
    '_table.html': (('0 records', '没有符合的行'),),
    '_suggested_facets.html': (('Suggested facets:', '可以按这些栏分类：'),),
    'error.html': (('Error {{ status }}', '出错了（{{ status }}）'),),
    'index.html': (
        ('{% for table in database.tables_and_views_truncated %}', '{% for table in [] %}'),  # the description leads to what people look for
        ('{{ "{:,}".format(database.table_rows_sum) }} rows in ', '{{ "{:,}".format(database.table_rows_sum) }} 行，'),
        ('{{ "{:,}".format(database.hidden_table_rows_sum) }} rows in ', '{{ "{:,}".format(database.hidden_table_rows_sum) }} 行，'),
        (' table{% if database.tables_count != 1 %}s{% endif %}', ' 张表'),
        (' hidden table{% if database.hidden_tables_count != 1 %}s{% endif -%}', ' 张内部的表'),
        (' view{% if database.views_count != 1 %}s{% endif %}', ' 个视图'),
        (', <a href="{{ urls.database(database.name) }}">...</a>', ''),
    ),
    'database.html': (
        ('Custom SQL query', '自己写 SQL'), ('Format SQL', '排好格式'), ('Run SQL', '查询'), ('>Queries<', '>常问的问题<'), ('>Tables<', '>表<'),
        ('>Views<', '>给人看的视图<'), ('<em> (hidden)</em>', '<em>（内部）</em>'), ('Many rows', '很多行'),
        (' row{% if table.count == 1 %}{% else %}s{% endif %}', ' 行'), ('... and <a', '另有 <a'),
        (' hidden table{% if hidden_count == 1 %}{% else %}s{% endif %}', ' 张内部的表'), ('Table actions', '操作'),
    ),
    'query.html': (
        ('Custom SQL query{% if display_rows %} returning {% if truncated %}more than {% endif %}', '查询{% if display_rows %}：{% if truncated %}多于 {% endif %}'),
        (' row{% if display_rows|length == 1 %}{% else %}s{% endif %}', ' 行'), ('{{ show_hide_text }}', '{{ {"show": "看 SQL", "hide": "收起 SQL"}[show_hide_text] }}'),
        ('Query parameters', '要查的'), ('Format SQL', '排好格式'), ('Run SQL', '查询'), ('Edit SQL', '改 SQL'), ('This data as', '存成'), ('0 results', '没有符合的行'),
    ),
    'row.html': (
        ('This data as', '存成'), ('Links from other tables', '别的表里属于这一行的'), (' row{% if other.count == 1 %}{% else %}s{% endif %}', ' 行'),
        ('from {{ other.other_column }} in {{ other.other_table }}', '在 {{ other.other_table }}（{{ other.other_column }}）'),
    ),
    'table.html': (
        ('{% if human_description_en %} {{ human_description_en }}{% endif %}', ''), ('{% if human_description_en %}{{ human_description_en }}{% endif %}', ''),
        (' row{% if filtered_table_rows_count == 1 %}{% else %}s{% endif %}', ' 行'), ('{% if is_view %} (view){% endif %}', ''), ('Table actions', '操作'),
        ('>Search:<', '>查词<'), ('- remove filter -', '（去掉这个条件）'), ('- column -', '（哪一栏）'), ('{{ display }}', '{{ kaohe_filters.get(key, display) }}'),
        ('Sort...', '排序'), ('Sort by {{ column.name }}', '按 {{ column.name }}'), ('> descending<', '> 从大到小<'), ('value="Apply"', 'value="看"'),
        (' extra where clause{% if extra_wheres_for_ui|length != 1 %}s{% endif %}', ' 个另加的条件'), ('>remove<', '>去掉<'), ('View and edit SQL', '看和改 SQL'),
        ('This data as', '存成'), ('>advanced<', '>更多<'), ('These facets timed out:', '这些栏太大，没有分类：'), ('Next page', '下一页'), ('Advanced export', '存成文件'),
        ('JSON shape:', 'JSON：'), ('>default<', '>默认<'), ('>array<', '>数组<'), ('>newline-delimited<', '>一行一条<'), ('>object<', '>对象<'), ('CSV options:', 'CSV：'),
        ('> download file<', '> 存成文件<'), ('> expand labels<', '> 带名称<'), ('> stream all rows<', '> 全部行<'), ('Export CSV', '存成 CSV'),
    ),
}  # fmt: skip
_FILTERS: Final = {
    'exact': '等于', 'not': '不等于', 'contains': '含有', 'endswith': '结尾是', 'startswith': '开头是', 'gt': '大于', 'gte': '不小于', 'lt': '小于', 'lte': '不大于',
    'like': 'LIKE', 'notlike': '不 LIKE', 'glob': 'GLOB', 'in': '是其中之一', 'notin': '不是其中之一', 'arraycontains': '列表里有', 'arraynotcontains': '列表里没有',
    'date': '日期是', 'isnull': '没有值', 'notnull': '有值', 'isblank': '空着', 'notblank': '不空',
}  # fmt: skip


def speak_chinese(environment: Environment) -> None:
    """From here on this environment loads Datasette's templates with Chinese words."""
    assert environment.loader is not None
    environment.loader = _Chinese(environment.loader)
    environment.globals['kaohe_filters'] = _FILTERS


class _Chinese(BaseLoader):
    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        source, file, current = self._loader.get_source(environment, template)
        for said, chinese in _SAID.get(template, ()):
            source = source.replace(said, chinese)
        return source, file, current

    def list_templates(self) -> list[str]:
        return self._loader.list_templates()
