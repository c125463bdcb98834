-- One row per service, quarter and measure of a return that does not count people.
select
    provider_id,
    service_id,
    quarter,
    measure,
    value
from fact_return
where quarter between $first_month and $last_month
order by service_id, quarter, measure
