-- The currencies in which a source's orders have come: orders are searched for missing rates only where there are several.
alter table sources add column currencies text[] not null default '{}';

update sources s set currencies = told.currencies
from (
  select account_id, source_id, array_agg(distinct currency order by currency) as currencies
  from orders group by account_id, source_id
) told
where s.account_id = told.account_id and s.source_id = told.source_id;
