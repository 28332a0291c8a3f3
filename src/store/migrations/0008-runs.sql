-- The history as people look at it first: without the work that webhooks start, of which there may be several pieces a second.
create index runs_asked_for on runs (account_id, started_at desc, run_id desc) where trigger <> 'webhook';

-- Sessions of the page that were logged out before they expired. A cookie is signed and needs no row; this one is refused.
create table closed_sessions (
  session_id text primary key,
  expires_at timestamptz not null
);
