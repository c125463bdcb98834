-- One row per force, district (or NONE, OUTSIDE, FORCE_ONLY), month and crime type that has rows.
select
    force_code,
    coalesce(partnership_code, area_code) as partnership_code,
    area_code,
    month,
    crime_type,
    record_count as numerator
from cube_crime
