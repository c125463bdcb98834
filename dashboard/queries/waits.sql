-- One row per protected wait asked for: of one period, or of every one within it in a series.
select
    value_1,
    value_2,
    area_code,
    first_month,
    working_days,
    marker
from cube_protected_wait
where
    measure = $measure
    and statistic = $statistic
    and split_1 = $split_1
    and split_2 = $split_2
    and list_contains($areas, area_code)
    and period_type = $period_type
    and if(
        $is_series,
        first_month >= $first_month and last_month <= $last_month,
        first_month = $first_month and last_month = $last_month
    )
