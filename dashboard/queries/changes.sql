-- One row per protected change in score asked for: of one period, or of every one in a series.
select
    value_1,
    value_2,
    area_code,
    first_month,
    mean_change,
    lower,
    upper,
    marker
from cube_protected_change
where
    measure = $measure
    and split_1 = $split_1
    and split_2 = $split_2
    and list_contains($areas, area_code)
    and period_type = $period_type
    and if(
        $is_series,
        first_month >= $first_month and last_month <= $last_month,
        first_month = $first_month and last_month = $last_month
    )
