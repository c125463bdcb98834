-- One row per small area, month and crime type of one force with at least one record.
-- Counts follow a geometric distribution with the expected number as its mean: many small areas
-- have none in a month, a few have many. The first small area of a district gets one more, so
-- that every district has every type in every month.
with cell as (
    select
        place.*,
        crime_type.name as crime_type,
        month_number,
        crime_type.share * place.concentration * $mean_count as expected,
        (hash(place.place_number, month_number, crime_type.name) % 1000003 + 0.5) / 1000003 as draw
    from place
    cross join crime_type
    cross join range($month_count) as months (month_number)
    where place.force_code = $force_code
),

counted as (
    select
        *,
        floor(ln(draw) / ln(expected / (1 + expected)))::integer
        + (place_in_district = 1)::integer as record_count
    from cell
)

select
    small_area_code,
    area_code,
    partnership_code,
    hexagons[1 + (hash(place_number, month_number) % 4)::integer] as hexagon,
    hexagon_wide,
    $first_month::date + to_months(month_number::integer) as month,
    crime_type::crime_type as crime_type,
    record_count
from counted
where record_count > 0
