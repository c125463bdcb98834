-- One row per service and district where it works.
select service_id, la_code
from fact_service_area
order by service_id, la_code
