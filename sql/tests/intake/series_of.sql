-- intake.series_of: the series that a booking's key is an occurrence of.

begin;
\ir ../fixtures/makers.sql
select plan(4);

select is(intake.series_of('uid@host/20261123T080000Z'), 'uid@host', 'of a timed occurrence');
select is(intake.series_of('uid@host/20261123'), 'uid@host', 'of a day');
select is(intake.series_of('uid@host'), 'uid@host', 'a single booking is its own');
select is(
    intake.series_of('a/b/20261123T08'), 'a/b/20261123T08', 'what only looks like one as well'
);

select * from finish();
rollback;
