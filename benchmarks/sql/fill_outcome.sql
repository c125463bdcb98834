-- One row per district, month, crime type and outcome.
insert into cube_outcome
select
    $force_code,
    partnership_code,
    area_code,
    month,
    crime_type,
    outcome,
    sum(record_count)::integer
from counted
where outcome is not null
group by all
order by area_code, month
