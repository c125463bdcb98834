-- One row per hexagon, district, month and crime type.
insert into cube_hexagon
select
    hexagon,
    hexagon_wide,
    $force_code,
    partnership_code,
    area_code,
    month,
    crime_type,
    sum(record_count)::integer
from counted
where hexagon is not null
group by all
order by area_code, month, hexagon
