import type { Migration } from "./migration.ts";

const lax = { noteToAcknowledge: false, clearToAcknowledge: false, stepsToClose: false };
const step = (
  id: string,
  text: string,
  detail = "",
  answers: readonly (readonly [string, string | null])[] = [],
) => ({
  id,
  text,
  detail,
  answers: answers.map(([label, goTo]) => ({ label, goTo })),
});

/** What every site begins with; a person changes or deletes it, and it does not come back. */
const first = [
  {
    id: "intrusion",
    name: "Intrusion",
    priority: 1,
    eventTypes: ["intrusion", "line-crossed", "door-forced", "duress"],
    foldMs: 30_000,
    escalateAfterMs: 120_000,
    escalateTo: "Supervisor",
    rules: { ...lax, stepsToClose: true },
    instructions: [
      step(
        "look",
        "Look at the live picture and at what was recorded just before",
        "P plays from 10 s before.",
      ),
      step("person", "Is somebody there who should not be?", "", [
        ["Yes", null],
        ["No", "cause"],
      ]),
      step(
        "announce",
        "Announce over the loudspeaker, if there is one",
        "“This site is watched. Leave now.”",
      ),
      step(
        "call",
        "Call the patrol or the police",
        "Say: the site, the place, how many people, what they do, what they carry, whether they have seen a camera.",
        [
          ["They are coming", null],
          ["Nobody answers", null],
        ],
      ),
      step("keep", "Keep the moment: bookmark it", "", [["Done", "end"]]),
      step("cause", "What set it off?", "Write it in a note: animal, weather, staff, light."),
    ],
  },
  {
    id: "tampering",
    name: "Tampering",
    priority: 2,
    eventTypes: ["tamper", "video-loss", "door-tamper"],
    foldMs: 60_000,
    escalateAfterMs: 300_000,
    escalateTo: "Supervisor",
    rules: lax,
    instructions: [
      step("look", "Look at the picture: is it covered, turned away, out of focus or dark?"),
      step("send", "Can somebody go and look?", "", [
        ["Yes", null],
        ["No", "end"],
      ]),
      step("report", "Note what was found"),
    ],
  },
  {
    id: "door-left-open",
    name: "Door left open",
    priority: 3,
    eventTypes: ["door-held"],
    foldMs: 120_000,
    escalateAfterMs: null,
    escalateTo: "",
    rules: lax,
    instructions: [],
  },
  {
    id: "recording-at-risk",
    name: "Recording at risk",
    priority: 2,
    eventTypes: ["disk"],
    foldMs: 600_000,
    escalateAfterMs: null,
    escalateTo: "",
    rules: lax,
    instructions: [step("look", "Look at Settings, Recording: is the disk full or gone?")],
  },
  {
    id: "camera-lost",
    name: "Camera lost",
    priority: 3,
    eventTypes: ["source-lost", "device-lost"],
    foldMs: 300_000,
    escalateAfterMs: null,
    escalateTo: "",
    rules: lax,
    instructions: [],
  },
  {
    id: "no-events",
    name: "No events from a device",
    priority: 4,
    eventTypes: ["deaf"],
    foldMs: 600_000,
    escalateAfterMs: null,
    escalateTo: "",
    rules: lax,
    instructions: [],
  },
];
const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const firstRows = first.map(({ id, name, priority, ...body }) => {
  const json = JSON.stringify({ ...body, channels: null, related: [] });
  return `(${quote(id)}, ${quote(name)}, ${priority}, 1, ${quote(json)}, 0, 'Watchfloor')`;
});

/** Which events raise alarms, the alarms, and everything that was done about them. */
export const alarms: Migration = {
  version: 8,
  name: "alarms",
  sql: `
create table alarm_definition (
  id text primary key,
  name text not null collate nocase unique check (length(name) between 1 and 80),
  priority integer not null check (priority between 1 and 4),
  is_enabled integer not null check (is_enabled in (0, 1)),
  body text not null check (json_valid(body)),
  changed_at integer not null,
  changed_by text not null
) strict;

insert into alarm_definition (id, name, priority, is_enabled, body, changed_at, changed_by)
  values ${firstRows.join(",\n  ")};

create table alarm (
  id text primary key,
  number integer not null unique check (number >= 1),
  definition_id text not null,
  title text not null check (length(title) between 1 and 80),
  priority integer not null check (priority between 1 and 4),
  device_id text,
  channel_id text,
  place text not null check (length(place) <= 128),
  raised_at integer not null,
  shown_at integer,
  announced_at integer not null,
  standing text not null check (json_valid(standing)),
  cleared_at integer,
  occurrence_count integer not null check (occurrence_count >= 1),
  first_at integer not null,
  last_at integer not null,
  acknowledged_at integer,
  acknowledged_by text,
  owner text,
  shelved text check (shelved is null or json_valid(shelved)),
  escalated_at integer,
  closed_at integer,
  closed_by text,
  disposition text check (disposition in ('real', 'nuisance', 'false', 'test', 'maintenance')),
  orders text not null check (json_valid(orders)),
  steps text not null check (json_valid(steps)),
  check ((acknowledged_at is null) = (acknowledged_by is null)),
  check ((closed_at is null) = (closed_by is null) and (closed_at is null) = (disposition is null)),
  check (closed_at is null or acknowledged_at is not null)
) strict;
create index alarm_open on alarm (raised_at, id) where closed_at is null;
create index alarm_by_close on alarm (closed_at, number) where closed_at is not null;

create table alarm_entry (
  id integer primary key,
  alarm_id text not null references alarm (id) on delete cascade,
  at integer not null,
  kind text not null check (length(kind) between 1 and 32),
  by text,
  detail text not null check (length(detail) <= 2000)
) strict;
create index alarm_entry_by_alarm on alarm_entry (alarm_id, id);
create trigger alarm_entry_is_a_fact before update on alarm_entry
begin
  select raise(abort, 'the history of an alarm is never edited');
end;
`,
};
