-- What was last seen of a segment, so that its size is told without asking the destination.
alter table segment_states
  add column change text not null default 'adopt' check (change in ('create', 'update', 'adopt')),
  add column changed_at timestamptz not null default now(),
  -- Changed by somebody at the destination, at the last look.
  add column drifted boolean not null default false,
  -- Flows that start from it; null: never looked at, or not allowed to.
  add column flows jsonb,
  add column members integer,
  -- How many members were expected at that moment.
  add column members_expected integer,
  add column counted_at timestamptz,
  add column finding jsonb,
  -- Since when no count has fitted; null: the last one did.
  add column misfit_since timestamptz,
  -- When to count next; null: not counted since the last change.
  add column count_due_at timestamptz;

update segment_states s set change = c.kind, changed_at = c.changed_at
from (
  select distinct on (account_id, key) account_id, key, kind, changed_at
  from segment_changes where kind <> 'delete' order by account_id, key, change_id desc
) c
where c.account_id = s.account_id and c.key = s.key;

alter table segment_states alter column change drop default;
