-- One row per row type of a force: rows, and the shares with no location and with no outcome yet.
with
    placed as (
        select
            crime_type,
            sum(record_count) as row_count,
            sum(record_count) filter (where area_code = 'NONE') as unplaced_count
        from cube_crime
        where force_code = $force_code
        group by crime_type
    ),

    ended as (
        select
            cube_outcome.crime_type,
            sum(record_count) as offence_count,
            sum(record_count) filter (where outcome_group = 'No outcome yet') as open_count
        from cube_outcome
        join dim_outcome on dim_outcome.outcome = cube_outcome.outcome
        where force_code = $force_code
        group by cube_outcome.crime_type
    )

select
    placed.crime_type::varchar as crime_type,
    placed.row_count::bigint as row_count,
    100.0 * coalesce(placed.unplaced_count, 0) / placed.row_count as no_location_pct,
    100.0 * coalesce(ended.open_count, 0) / ended.offence_count as no_outcome_pct
from placed
left join ended on ended.crime_type = placed.crime_type
