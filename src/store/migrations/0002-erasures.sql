-- Who asked to be forgotten. A keyed hash: hashes of addresses alone can be looked up in tables that others have made.
alter table accounts add column erasure_pepper bytea not null
  default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());

-- Identities (address, phone number, shop's customer id) whose orders stay anonymous, as hexadecimal HMAC-SHA-256. Nobody
-- wrote the former table.
drop table erasures;
create table erasures (
  account_id integer not null references accounts,
  tombstone text collate "C" not null,
  erased_at timestamptz not null default now(),
  primary key (account_id, tombstone)
);

-- Addresses of forgotten people, until their profiles at the destination are cleared or deleted.
create table pending_erasures (
  account_id integer not null references accounts,
  email text collate "C" not null,
  action text not null check (action in ('clear', 'delete')),
  requested_at timestamptz not null default now(),
  refused_code text,
  refused_reason text,
  refused_at timestamptz,
  primary key (account_id, email)
);
