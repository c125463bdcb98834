-- One row per entry of the strategy's delivery plan.
select entry_id, commitment_id, kind, text, owner_role, due, status, severity, what_changed, updated_on
from fact_delivery_plan
order by due nulls last, entry_id
