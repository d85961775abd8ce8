"""The type of column roles: the names by which the catalogue and its documentation know them."""

from __future__ import annotations

from kaohe.normalizers.columns.column_role import ColumnRole, is_level, of_categories


def test_a_role_is_known_to_the_catalogue_by_one_name() -> None:
    assert [str(ColumnRole('level', 2)), str(ColumnRole('level_points', 1)), str(ColumnRole('points'))] == [
        'level2',
        'level1_points',
        'points',
    ]


def test_categories_their_points_and_their_numbers_belong_together_and_only_titles_are_levels() -> None:
    roles = [ColumnRole('level', 1), ColumnRole('level_points', 1), ColumnRole('level_number'), ColumnRole('points')]
    assert [of_categories(role) for role in (*roles, None)] == [True, True, True, False, False]
    assert [is_level(role) for role in (*roles, None)] == [True, False, False, False, False]
