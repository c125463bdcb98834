-- One row per small area, month and crime type.
insert into cube_small_area
select
    small_area_code,
    $force_code,
    partnership_code,
    area_code,
    month,
    crime_type,
    sum(record_count)::integer
from counted
where small_area_code is not null
group by all
order by area_code, small_area_code, month
