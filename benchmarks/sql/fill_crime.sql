-- One row per district, month and crime type.
insert into cube_crime
select
    $force_code,
    partnership_code,
    area_code,
    month,
    crime_type,
    sum(record_count)::integer
from counted
group by all
order by area_code, month
