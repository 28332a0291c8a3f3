-- When somebody was last known to work on a run, and how long nobody did: a run may be stopped and taken up much later.
alter table runs add column seen_at timestamptz not null default now(), add column idle_ms bigint not null default 0;

-- A run that was stopped, and whose work a later sync has done.
alter table runs drop constraint runs_state_check,
  add constraint runs_state_check check (state in ('running', 'done', 'failed', 'superseded'));
