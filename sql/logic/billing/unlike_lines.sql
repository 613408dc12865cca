-- billing.unlike_lines: lines of closed invoices whose evidence is not what it was when they were
-- closed, although nobody wrote down a correction. None, unless somebody changed it by hand.

create view billing.unlike_lines with (security_barrier) as
select
    customers.customer_key,
    lines.invoice_number,
    lines.line_number,
    lines.kind,
    lines.month_number,
    lines.evidence_hash,
    lines.present_hash
from customer.visible_customers as customers
cross join lateral billing.unlike_lines_of(customers.customer_id) as lines;
comment on view billing.unlike_lines is
'Lines of closed invoices whose evidence was changed by hand since.';
