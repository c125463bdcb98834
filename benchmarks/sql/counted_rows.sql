-- One row per place, month, crime type and outcome of the generated rows.
select
    (source."Month" || '-01')::date as month,
    source."LSOA code" as small_area_code,
    coalesce(small_area.area_code, 'NONE') as area_code,
    area.partnership_code,
    place.hexagon,
    place.hexagon_wide,
    source."Crime type"::crime_type as crime_type,
    source."Last outcome category"::outcome as outcome,
    count(*)::integer as record_count
from read_parquet($rows_path) as source
left join dim_small_area as small_area on small_area.small_area_code = source."LSOA code"
left join dim_area as area on area.area_code = small_area.area_code
left join place on place.longitude = source."Longitude" and place.latitude = source."Latitude"
group by all
