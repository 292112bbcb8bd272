-- Webhooks of HubSpot as they came, between the door's answer and the log. A delivery leaves this table in the
-- transaction that appends its changes, so what personal data it holds stays no longer than that.
create table hubspot_deliveries (
  id          bigint generated always as identity primary key,
  received_at timestamptz not null default clock_timestamp(),
  body        bytea not null
);

-- Written with every change that comes in: room on the page keeps the new version beside the old one, out of the index.
alter table crm_heard set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
alter table crm_records set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
