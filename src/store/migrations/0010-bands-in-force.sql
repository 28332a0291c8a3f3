-- Since when the borders of band_rule are in force; null: there is no rule, or it is older than this column.
alter table accounts add column band_rule_since timestamptz;
-- ISO 4217 of its amounts: in another currency they mean something else. Null: older than this column.
alter table accounts add column band_rule_currency text;
