-- One row per district, month, crime type and outcome; antisocial behaviour has no outcome
select
    force_code,
    partnership_code,
    area_code,
    month,
    crime_type,
    outcome,
    sum(record_count) as record_count
from tally
where outcome is not null
group by all
order by force_code, area_code, month, crime_type, outcome
