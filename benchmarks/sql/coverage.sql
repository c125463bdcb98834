-- One row per force and month, all supplied.
insert into meta_coverage
select
    force_code,
    month,
    true,
    sum(record_count)::integer,
    null
from cube_crime
group by force_code, month
