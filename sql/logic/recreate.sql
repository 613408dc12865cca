-- Drops and creates the logic in one transaction; safe at any minute.

begin;
set local lock_timeout = '2s';
set local client_min_messages = warning;
set local role kk_owner;

\ir drop.sql
\ir create.sql

commit;
