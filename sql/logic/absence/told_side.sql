-- absence.told_side: one side of a change as reports may tell it: no text of a booking, no sick
-- leave.

create function absence.told_side(side jsonb)
returns jsonb
language sql immutable
return (side - 'shown_text') || jsonb_strip_nulls(
    jsonb_build_object(
        'reason', absence.told_reason(side ->> 'reason'),
        'announced_reason', absence.told_reason(side ->> 'announced_reason')
    )
);
