-- One row per service and crime group or priority group that it supports.
select service_id, crime_group, priority_flag, specialist = 'Y' as is_specialist
from fact_service_group
order by service_id, is_specialist desc, crime_group, priority_flag
