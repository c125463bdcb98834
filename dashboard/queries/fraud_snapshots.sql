-- One row per force as snapshots name it, month and snapshot: the reports that it holds.
select
    force as force_name,
    period_month as month,
    snapshot_month,
    sum(reports)::bigint as reports
from fact_fraud_report
group by force, period_month, snapshot_month
order by force_name, month, snapshot_month
