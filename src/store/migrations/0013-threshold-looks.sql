-- When a threshold was last held against today's figure, for which every customer is read; null: when it was decided.
alter table thresholds add column looked_at timestamptz;
