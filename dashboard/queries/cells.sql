-- One row per protected cell asked for, with the counts of its whole and of the measure that it
-- is the next part of; of one period, or of every one within it in a series.
with cells as (
    select *
    from cube_protected_count
    where
        list_contains($areas, area_code)
        and period_type = $period_type
        and if(
            $is_series,
            first_month >= $first_month and last_month <= $last_month,
            first_month = $first_month and last_month = $last_month
        )
)
select
    part.value_1,
    part.value_2,
    part.area_code,
    part.first_month,
    part.count,
    part.rounding,
    part.marker,
    whole.count as whole,
    whole.rounding as whole_rounding,
    above.count as above,
    above.rounding as above_rounding,
    above.marker as above_marker
from cells as part
left join cells as whole
    on
        whole.measure = $whole
        and whole.split_1 = $whole_split_1
        and whole.split_2 = $whole_split_2
        and whole.value_1 = case $whole_split_1
            when '' then ''
            when $split_1 then part.value_1
            else part.value_2
        end
        and whole.value_2 = if($whole_split_2 = '', '', part.value_2)
        and whole.area_code = part.area_code
        and whole.first_month = part.first_month
left join cells as above
    on
        above.measure = $above
        and above.split_1 = part.split_1
        and above.split_2 = part.split_2
        and above.value_1 = part.value_1
        and above.value_2 = part.value_2
        and above.area_code = part.area_code
        and above.first_month = part.first_month
where
    part.measure = $measure
    and part.split_1 = $split_1
    and part.split_2 = $split_2
