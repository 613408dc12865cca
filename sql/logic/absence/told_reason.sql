-- absence.told_reason: a reason as reports may tell it: that somebody is sick is told nobody, and
-- callers hear the same (switchboard.call_route).

create function absence.told_reason(reason text)
returns text
language sql immutable
return case when reason in ('sick', 'sick_child') then 'unavailable' else reason end;
