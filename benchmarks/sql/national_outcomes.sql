-- One row per district, month, crime type and outcome of one force: the crimes shared out.
insert into cube_outcome
with district as (
    select
        partnership_code,
        area_code,
        month,
        crime_type,
        sum(record_count) as record_count
    from counted
    where crime_type <> 'Anti-social behaviour'
    group by all
)

select
    $force_code,
    district.partnership_code,
    district.area_code,
    district.month,
    district.crime_type,
    outcome.name::outcome,
    round(district.record_count * outcome.share)::integer as record_count
from district
cross join outcome
where round(district.record_count * outcome.share) > 0
order by district.area_code, district.month
