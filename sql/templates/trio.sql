-- Trio: a code of three letters first in the subject; a colon closes, a semicolon informs
-- (domain S2).
-- Every key of the rules with its value, then the reasons with the telephone side's own codes.

begin;
set local role kk_owner;

insert into customer.templates (system, rules) values (
    'trio',
    '{
        "office_hours_only": false,
        "holidays": [],
        "merge_gap": 300,
        "text": [],
        "announce_as": {},
        "return_time": "absence_end",
        "ring_seconds": 15,
        "days_ahead": 30,
        "default_reason": "meeting",
        "codes": [
            {"code": "SAM", "reason": "meeting"},
            {"code": "TJÄ", "reason": "errand"},
            {"code": "SEM", "reason": "vacation"},
            {"code": "LDG", "reason": "time_off"}
        ],
        "grammars": {
            "trio": {
                "stands": "first",
                "lead": "",
                "sign": "after",
                "signs": {":": "direct", ";": "information"},
                "then": "anything"
            }
        },
        "forwarding": null,
        "default_kind": "information",
        "sync": "codes_only",
        "show_as": {
            "busy": "skip",
            "out_of_office": "skip",
            "tentative": "skip",
            "working_elsewhere": "skip",
            "free": "skip"
        },
        "private": "never",
        "all_day": "skip",
        "office_hours": {
            "mon": "08:00-17:00",
            "tue": "08:00-17:00",
            "wed": "08:00-17:00",
            "thu": "08:00-17:00",
            "fri": "08:00-17:00"
        },
        "text_chosen_by": "administrator",
        "user_rules": false,
        "diversion_service_required": false,
        "enabled_by_default": false
    }'
)
on conflict (system) do update set rules = excluded.rules;

insert into customer.template_reasons
(system, reason, phone_code, label_sv, label_no, label_en)
values
('trio', 'meeting', '3', 'Möte', 'Møte', 'Meeting'),
('trio', 'external_meeting', null, 'Externt möte', 'Ekstern avtale', 'External meeting'),
('trio', 'errand', '2', 'Tjänsteärende', 'Tjenesteærend', 'Errand'),
('trio', 'business_trip', null, 'Tjänsteresa', 'Forretningsreise', 'Business trip'),
('trio', 'course', null, 'Kurs', 'Kurs', 'Course'),
('trio', 'lunch', null, 'Lunch', 'Lunsj', 'Lunch'),
('trio', 'back_soon', null, 'Strax tillbaka', 'Snart tilbake', 'Back soon'),
('trio', 'busy', null, 'Upptagen', 'Opptatt', 'Busy'),
('trio', 'do_not_disturb', null, 'Stör ej', 'Ikke forstyrr', 'Do not disturb'),
('trio', 'unavailable', null, 'Ej tillgänglig', 'Ikke tilgjengelig', 'Unavailable'),
('trio', 'gone_for_the_day', null, 'Gått för dagen', 'Gått for dagen', 'Gone for the day'),
('trio', 'time_off', '7', 'Ledig', 'Fri', 'Time off'),
('trio', 'vacation', '6', 'Semester', 'Ferie', 'Vacation'),
('trio', 'leave', null, 'Tjänstledig', 'Permisjon', 'Leave'),
('trio', 'sick', null, 'Sjuk', 'Syk', 'Sick'),
('trio', 'sick_child', null, 'Vård av barn', 'Sykt barn', 'Sick child'),
('trio', 'away', null, 'Frånvarande', 'Fraværende', 'Away')
on conflict (system, reason) do update set
    phone_code = excluded.phone_code,
    label_sv = excluded.label_sv,
    label_no = excluded.label_no,
    label_en = excluded.label_en;

commit;
