-- Telenor One X: by show-as, information alone; users' own rules win (domain S0).
-- Every key of the rules with its value, then the reasons with the telephone side's own codes.

begin;
set local role kk_owner;

insert into customer.templates (system, rules) values (
    'one-x',
    '{
        "office_hours_only": false,
        "holidays": [],
        "merge_gap": null,
        "text": [],
        "announce_as": {},
        "return_time": "absence_end",
        "ring_seconds": 15,
        "days_ahead": 30,
        "default_reason": "meeting",
        "codes": [],
        "grammars": {},
        "forwarding": null,
        "default_kind": "information",
        "sync": "show_as",
        "show_as": {
            "busy": {"reason": "meeting", "kind": "information"},
            "out_of_office": {"reason": "away", "kind": "information"},
            "tentative": "skip",
            "working_elsewhere": "skip",
            "free": "skip"
        },
        "private": "never",
        "all_day": "whole_day",
        "office_hours": {
            "mon": "08:00-17:00",
            "tue": "08:00-17:00",
            "wed": "08:00-17:00",
            "thu": "08:00-17:00",
            "fri": "08:00-17:00"
        },
        "text_chosen_by": "administrator",
        "user_rules": true,
        "diversion_service_required": true,
        "enabled_by_default": false
    }'
)
on conflict (system) do update set rules = excluded.rules;

insert into customer.template_reasons
(system, reason, phone_code, label_sv, label_no, label_en)
values
('one-x', 'meeting', 'Möte', 'Möte', 'Møte', 'Meeting'),
('one-x', 'external_meeting', null, 'Externt möte', 'Ekstern avtale', 'External meeting'),
('one-x', 'errand', null, 'Tjänsteärende', 'Tjenesteærend', 'Errand'),
('one-x', 'business_trip', 'Tjänsteresa', 'Tjänsteresa', 'Forretningsreise', 'Business trip'),
('one-x', 'course', null, 'Kurs', 'Kurs', 'Course'),
('one-x', 'lunch', null, 'Lunch', 'Lunsj', 'Lunch'),
('one-x', 'back_soon', null, 'Strax tillbaka', 'Snart tilbake', 'Back soon'),
('one-x', 'busy', null, 'Upptagen', 'Opptatt', 'Busy'),
('one-x', 'do_not_disturb', null, 'Stör ej', 'Ikke forstyrr', 'Do not disturb'),
('one-x', 'unavailable', null, 'Ej tillgänglig', 'Ikke tilgjengelig', 'Unavailable'),
('one-x', 'gone_for_the_day', null, 'Gått för dagen', 'Gått for dagen', 'Gone for the day'),
('one-x', 'time_off', null, 'Ledig', 'Fri', 'Time off'),
('one-x', 'vacation', null, 'Semester', 'Ferie', 'Vacation'),
('one-x', 'leave', null, 'Tjänstledig', 'Permisjon', 'Leave'),
('one-x', 'sick', null, 'Sjuk', 'Syk', 'Sick'),
('one-x', 'sick_child', null, 'Vård av barn', 'Sykt barn', 'Sick child'),
('one-x', 'away', null, 'Frånvarande', 'Fraværende', 'Away')
on conflict (system, reason) do update set
    phone_code = excluded.phone_code,
    label_sv = excluded.label_sv,
    label_no = excluded.label_no,
    label_en = excluded.label_en;

commit;
