-- One row per site of a service.
select service_id, site_id, site_type, latitude, longitude, days_per_week
from fact_service_site
order by service_id, site_id
