-- One row per district (or NONE, OUTSIDE, FORCE_ONLY), month and crime type, every force
select
    force_code,
    partnership_code,
    area_code,
    month,
    crime_type,
    sum(record_count) as record_count
from tally
group by all
order by force_code, area_code, month, crime_type
