-- privacy.empty_of: what stands in a column of an emptied row, as an expression of its type.

create function privacy.empty_of(column_type regtype)
returns text
language sql stable
return case
    when column_type::text = 'jsonb' or column_type::text like '%[]'
        then '''{}''::' || column_type::text
    else 'null'
end;
