-- Who sends to a subscriber, by the name of its process: where that is no more, another goes on at once.
alter table webhook_subscribers add column lease_holder text;
