-- One row per generated police.uk row, in order of month. The same numbers give the same rows.
with numbered as (
    select
        row_number,
        hash(row_number) as place_draw,
        hash(row_number, 'type') as type_draw,
        hash(row_number, 'outcome') as outcome_draw
    from range($row_count) as numbers (row_number)
)
select
    strftime(
        $first_month::date + to_months((row_number * $month_count // $row_count)::integer),
        '%Y-%m'
    ) as "Month",
    point.longitude as "Longitude",
    point.latitude as "Latitude",
    point.small_area_code as "LSOA code",
    point.small_area_name as "LSOA name",
    crime_type.name as "Crime type",
    case when crime_type.is_crime then outcome.name end as "Last outcome category"
from numbered
inner join point on point.slot = numbered.place_draw % $point_count
inner join crime_type on crime_type.slot = numbered.type_draw % 1000
inner join outcome on outcome.slot = numbered.outcome_draw % 1000
order by row_number
