-- One row per fund, financial year and service of which it is known what was spent.
select
    fund_id,
    financial_year,
    stream,
    service_id,
    actual_gbp,
    area_split_rule
from fact_funding
where actual_gbp is not null
order by financial_year, fund_id, service_id
