-- One row per force, district (or NONE, OUTSIDE, FORCE_ONLY), month, crime type and outcome.
select
    cube.force_code,
    coalesce(cube.partnership_code, cube.area_code) as partnership_code,
    cube.area_code,
    cube.month,
    cube.crime_type,
    cube.outcome,
    dim_outcome.outcome_group,
    cube.record_count as numerator,
    cube.record_count as denominator
from cube_outcome as cube
inner join dim_outcome using (outcome)
