-- One row per force, month, crime type and area: rows without a location beside all rows.
select
    force_code,
    month,
    crime_type,
    if(area_code = 'NONE', record_count, 0) as numerator,
    record_count as denominator
from cube_crime
