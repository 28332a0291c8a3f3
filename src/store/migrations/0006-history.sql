-- For what is removed after a while: done events of all sources, resolved dead letters.
create index webhook_events_done on webhook_events (account_id, done_at) where done_at is not null;
create index dead_letters_resolved on dead_letters (account_id, resolved_at) where resolved_at is not null;
