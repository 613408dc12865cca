-- privacy.kept: what is stored where, what for, and for how long.
--
-- One row per table of the state. Rows are estimated as the planner does.

create view privacy.kept as
select
    places.table_name,
    coalesce(places.meaning, '') as meaning,
    places.purpose,
    periods.kept_for,
    case places.found_by
        when 'nothing' then 'no'
        when 'transit' then 'for one transaction'
        else 'yes'
    end as about_persons,
    places.erasure,
    places.row_estimate
from privacy.places
left join (
    values
    ('settings', 'as long as the customer'),
    ('roster', 'as long as the user takes part; the roster''s number and name until erased'),
    ('placing', 'bookings 40 days past their end, absences 2; one transaction while staged'),
    ('versions', 'the customer''s retention of versions'),
    ('audit', 'the customer''s retention of the audit'),
    ('billing', 'as long as bookkeeping must, under a number')
) as periods (purpose, kept_for) on places.purpose = periods.purpose;
