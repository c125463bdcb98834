-- One row per period for which some protected cell of the measure is published.
select distinct
    period_type,
    first_month,
    last_month
from cube_protected_count
where measure = $measure
order by last_month, first_month
