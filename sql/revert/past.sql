-- Revert kalenderkoppling:past from pg

begin;
set local role kk_owner;

alter table calendar.cursors drop column first_whole_at;
drop table roster.calendar_versions;
alter table roster.calendars drop column held_from;
drop table telephony.shown_versions;
alter table telephony.shown drop column held_from;
drop table telephony.placed_versions;
alter table telephony.placed drop column held_from;

commit;
