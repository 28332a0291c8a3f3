-- What a shop asks of a person is no record that could not be read: no reading closes it, only a person does, by its
-- number. Numbers are of the whole ledger.
alter table dead_letters
  add column kind text not null default 'record' check (kind in ('record', 'task')),
  add column number bigint not null generated always as identity;
update dead_letters set kind = 'task' where place ~ '^(data request \d+|redaction of \S+)$';

-- For the removal of old runs, which looks for a later one of the same job and source.
create index runs_of_job on runs (account_id, job, coalesce(source, ''), run_id);

-- For what needs no shop and goes before everything else.
create index webhook_events_without_orders on webhook_events (account_id, source_id, event_id)
  where done_at is null and order_ids = '{}';
