-- One row per force, district (or NONE, OUTSIDE, FORCE_ONLY), month, crime type and outcome:
-- crimes where the police could not prosecute a suspect beside crimes that have any outcome yet.
select
    cube.force_code,
    coalesce(cube.partnership_code, cube.area_code) as partnership_code,
    cube.area_code,
    cube.month,
    cube.crime_type,
    if(cube.outcome = 'Unable to prosecute suspect', cube.record_count, 0) as numerator,
    cube.record_count as denominator
from cube_outcome as cube
inner join dim_outcome using (outcome)
where dim_outcome.outcome_group <> 'No outcome yet'
