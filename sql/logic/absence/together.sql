-- absence.together: the times of several ranges together, as range_agg gives them.
--
-- Over a window that grows, range_agg sorts all that it has for each row; this keeps what it has.
-- Thousands of bookings that meet would take minutes else.

create aggregate absence.together (tstzmultirange)(
    sfunc = multirange_union,
    stype = tstzmultirange,
    initcond = '{}'
);
