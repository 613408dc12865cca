-- privacy.condition_of: how a person's rows are found in a table, as the condition of a query.
--
-- $1 is the customer, $2 the user, $3 the user's mail addresses, $4 the customer's key, $5 the
-- user's extensions that nobody else has now.

create function privacy.condition_of(found_by text)
returns text
language sql immutable
return case found_by
    when 'user' then 'customer_id = $1 and user_id = $2'
    when 'mail' then 'customer_id = $1 and mail_addresses && $3'
    when 'phone' then 'customer_key = $4 and extension = any($5)'
end;
