-- Deploy kalenderkoppling:load_engine to pg
-- requires: audit calendar
-- What a load asked of its source, and from where it went on after one that was cut off.

begin;
set local role kk_owner;

alter table audit.loads
add column resumes_from bigint,
add column request_count bigint not null default 0,
add column retry_count bigint not null default 0,
add column wait_count bigint not null default 0,
add column wait_seconds numeric(12, 3) not null default 0;

comment on column audit.loads.resumes_from is
'The first of the loads before it that were cut off: what they took in is not asked again. Null '
'where the load before it came to its end.';
comment on column audit.loads.request_count is
'Requests that were sent to the source, repetitions included; known at the end.';
comment on column audit.loads.retry_count is 'Requests that were sent again.';
comment on column audit.loads.wait_count is
'How often a request waited: asked to by the server, or for its turn.';
comment on column audit.loads.wait_seconds is 'How long, all waits together.';

grant update (request_count, retry_count, wait_count, wait_seconds) on audit.loads to kk_job;

alter table calendar.cursors
add column load_id bigint,
add column whole_load_id bigint;

comment on column calendar.cursors.load_id is 'The load in which it last answered.';
comment on column calendar.cursors.whole_load_id is 'The load in which it was last read whole.';

commit;
