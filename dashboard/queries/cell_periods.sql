-- One row per period for which cells of a measure, wait or change, split and level are published.
select distinct
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
where
    measure = $measure
    and split_1 = $split_1
    and split_2 = $split_2
    and area_type = $area_type
order by last_month, first_month desc
