-- One row per force, month, type, kind of victim and age with reports, from the latest snapshot
-- that holds the month of the force. Forces are found by their names; people of whom no age is
-- given have one that is not known.
with known as (
    select
        named.force,
        area.area_code as force_code
    from (select distinct force from fact_fraud_report) as named
    inner join dim_area as area
        on
            area.area_type = 'force'
            and lower(replace(area.area_name, '&', 'and'))
            = regexp_replace(
                lower(replace(named.force, '&', 'and')), ' (police|constabulary)$', ''
            )
)

select
    known.force_code,
    report.period_month as month,
    report.type as fraud_type,
    report.victim_type,
    if(report.victim_type = 'INDIVIDUAL', coalesce(report.age_band, 'NK'), null) as age_band,
    report.reports,
    report.loss_gbp,
    report.median_loss_gbp
from fact_fraud_report as report
inner join known using (force)
qualify
    report.snapshot_month
    = max(report.snapshot_month) over (partition by known.force_code, report.period_month)
