-- One row per hexagon, district, month and crime type; located rows inside the home force
select
    hexagon,
    hexagon_wide,
    force_code,
    partnership_code,
    area_code,
    month,
    crime_type,
    sum(record_count) as record_count
from tally
where hexagon is not null
group by all
order by area_code, month, hexagon, crime_type
