-- One row per hexagon, district, month and crime type that has rows; located rows of the home force.
select
    hexagon,
    hexagon_wide,
    force_code,
    partnership_code,
    area_code,
    month,
    crime_type,
    record_count as numerator
from cube_hexagon
