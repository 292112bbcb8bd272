-- The CRM account whose ids stand in contact_identities, crm_records and crm_tasks; null before it was first asked.
alter table crm_installation add column account text;
