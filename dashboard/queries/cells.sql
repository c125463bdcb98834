-- One row per protected cell of the measures, splits, areas and periods asked for.
select
    measure,
    value_1,
    value_2,
    area_code,
    first_month,
    count,
    rounding,
    marker
from cube_protected_count
where
    list_contains($measures, measure)
    and split_1 = $split_1
    and split_2 = $split_2
    and area_type = $area_type
    and (len($areas) = 0 or list_contains($areas, area_code))
    and period_type = $period_type
    and first_month >= $first_month
    and last_month <= $last_month
order by value_1, value_2, area_code, first_month
