-- One row per measure, wait or change, split, level and period of which cells are published.
select distinct
    measure,
    split_1,
    split_2,
    area_type,
    period_type,
    first_month,
    last_month
from (
    select measure, split_1, split_2, area_type, period_type, first_month, last_month
    from cube_protected_count
    union all
    select measure, split_1, split_2, area_type, period_type, first_month, last_month
    from cube_protected_wait
    union all
    select measure, split_1, split_2, area_type, period_type, first_month, last_month
    from cube_protected_change
)
order by last_month, first_month desc
