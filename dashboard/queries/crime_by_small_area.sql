-- One row per small area, month and crime type that has rows; located rows of the home force.
select
    cube.small_area_code,
    cube.force_code,
    cube.partnership_code,
    cube.area_code,
    if(place.is_rural, 'Rural', 'Urban') as rural_class,
    format(
        '{} {} a major town',
        if(place.is_rural, 'Rural', 'Urban'),
        if(contains(place.rural_urban_code, 'N'), 'near', 'far from')
    ) as town_class,
    cube.month,
    cube.crime_type,
    cube.record_count as numerator
from cube_small_area as cube
inner join dim_small_area as place using (small_area_code)
