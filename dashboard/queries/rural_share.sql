-- One row per small area, month and crime type that has rows: those in rural areas beside all;
-- located rows of the home force.
select
    cube.small_area_code,
    cube.force_code,
    cube.partnership_code,
    cube.area_code,
    cube.month,
    cube.crime_type,
    if(place.is_rural, cube.record_count, 0) as numerator,
    cube.record_count as denominator
from cube_small_area as cube
inner join dim_small_area as place using (small_area_code)
