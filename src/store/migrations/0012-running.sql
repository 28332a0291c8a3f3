-- Runs that the ledger calls running: a handful, among however many that webhooks left behind.
create index runs_running on runs (account_id, started_at desc, run_id desc) where state = 'running';
