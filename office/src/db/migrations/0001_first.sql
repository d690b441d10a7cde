-- The first tables. One text for both engines. Dates are ISO text (YYYY-MM-DD), instants are ISO text in UTC with
-- seconds (YYYY-MM-DDTHH:MM:SSZ): fixed width, so they sort by meaning under any collation. Ids are UUIDs.
-- Columns of type BYTEA whose name ends in _sealed hold text about a person, sealed under the key of the case
-- (or of the group) and never seen in the clear by the database.
-- Lines between `-- sqlite:` or `-- postgres:` and `-- end` are for that engine alone (triggers only).

CREATE TABLE regions (
  id UUID PRIMARY KEY,
  title TEXT NOT NULL
);
CREATE TABLE units (
  id UUID PRIMARY KEY,
  region_id UUID NOT NULL REFERENCES regions(id),
  title TEXT NOT NULL,
  jurisdiction TEXT NOT NULL
);
CREATE INDEX units_by_region ON units(region_id);
CREATE TABLE rooms (
  id UUID PRIMARY KEY,
  unit_id UUID NOT NULL REFERENCES units(id),
  title TEXT NOT NULL
);
CREATE INDEX rooms_by_unit ON rooms(unit_id);

CREATE TABLE accounts (
  id UUID PRIMARY KEY,
  sign_in TEXT NOT NULL UNIQUE,
  shown_name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  language TEXT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('active', 'disabled')),
  failed_attempts BIGINT NOT NULL DEFAULT 0,
  held_until TEXT NULL,
  made_at TEXT NOT NULL,
  revision BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE memberships (
  account_id UUID NOT NULL REFERENCES accounts(id),
  unit_id UUID NOT NULL REFERENCES units(id),
  role TEXT NOT NULL CHECK (role IN ('coordinator', 'facilitator', 'treatment-manager', 'referrer', 'researcher', 'auditor', 'administrator')),
  PRIMARY KEY (account_id, unit_id, role)
);
CREATE INDEX memberships_by_unit ON memberships(unit_id, role, account_id);
-- A sign-in is known by the hash of the token in the cookie, never by the token.
CREATE TABLE sign_ins (
  token_hash BYTEA PRIMARY KEY,
  account_id UUID NOT NULL REFERENCES accounts(id),
  made_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  ends_at TEXT NOT NULL
);
CREATE INDEX sign_ins_by_account ON sign_ins(account_id);
CREATE TABLE absences (
  id UUID PRIMARY KEY,
  account_id UUID NOT NULL REFERENCES accounts(id),
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  CHECK (to_on >= from_on)
);
CREATE INDEX absences_by_account ON absences(account_id, to_on);
CREATE TABLE closures (
  unit_id UUID NOT NULL REFERENCES units(id),
  closed_on TEXT NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (unit_id, closed_on)
);

-- The key of a case or group, wrapped by the service key, which is never in the database.
CREATE TABLE sealing_keys (
  owner_id UUID PRIMARY KEY,
  wrapped BYTEA NOT NULL,
  made_at TEXT NOT NULL
);
-- A definition as it stood: the whole bundle, so that a case keeps the version it started on.
CREATE TABLE programmes (
  id UUID PRIMARY KEY,
  code TEXT NOT NULL,
  version TEXT NOT NULL,
  fingerprint TEXT NOT NULL UNIQUE,
  bundle TEXT NOT NULL,
  offered BOOLEAN NOT NULL,
  first_seen_at TEXT NOT NULL
);

CREATE TABLE people (
  id UUID PRIMARY KEY,
  given_names TEXT NOT NULL,
  family_names TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  born_on TEXT NOT NULL,
  made_at TEXT NOT NULL
);
CREATE INDEX people_by_birth ON people(born_on, sort_name);
CREATE TABLE person_identifiers (
  person_id UUID NOT NULL REFERENCES people(id),
  kind TEXT NOT NULL,
  shown TEXT NOT NULL,
  folded TEXT NOT NULL,
  PRIMARY KEY (person_id, kind, folded)
);
CREATE INDEX person_identifiers_folded ON person_identifiers(folded);

CREATE TABLE cases (
  id UUID PRIMARY KEY,
  case_number TEXT NOT NULL UNIQUE,
  person_id UUID NOT NULL REFERENCES people(id),
  unit_id UUID NOT NULL REFERENCES units(id),
  programme_id UUID NOT NULL REFERENCES programmes(id),
  sort_name TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('referred', 'suitable', 'not-suitable', 'waiting', 'in-phase', 'completed', 'ended-early', 'never-started')),
  phase TEXT NULL,
  stage_since_on TEXT NOT NULL,
  referred_on TEXT NOT NULL,
  waiting_since_on TEXT NULL,
  started_on TEXT NULL,
  ended_on TEXT NULL,
  end_reason TEXT NULL,
  track TEXT NULL,
  risk_level TEXT NULL CHECK (risk_level IN ('low', 'medium', 'high')),
  need_level TEXT NULL CHECK (need_level IN ('low', 'medium', 'high')),
  facilitator_id UUID NULL REFERENCES accounts(id),
  referrer_id UUID NULL REFERENCES accounts(id),
  legal_basis TEXT NOT NULL,
  order_starts_on TEXT NULL,
  order_ends_on TEXT NULL,
  latest_start_on TEXT NULL,
  offence_kind TEXT NOT NULL CHECK (offence_kind IN ('viewer', 'distributor', 'travelled')),
  spoken_language TEXT NOT NULL,
  availability TEXT NOT NULL,
  travel_minutes BIGINT NULL,
  responsivity TEXT NOT NULL,
  contact_sealed BYTEA NULL,
  proceedings_sealed BYTEA NULL,
  responsivity_sealed BYTEA NULL,
  made_at TEXT NOT NULL,
  revision BIGINT NOT NULL DEFAULT 1,
  CHECK ((stage = 'in-phase') = (phase IS NOT NULL)),
  CHECK (ended_on IS NULL OR started_on IS NULL OR ended_on >= started_on),
  CHECK (started_on IS NULL OR started_on >= referred_on),
  CHECK (stage <> 'completed' OR started_on IS NOT NULL),
  CHECK (stage <> 'never-started' OR started_on IS NULL),
  CHECK (order_ends_on IS NULL OR order_starts_on IS NULL OR order_ends_on > order_starts_on)
);
CREATE INDEX cases_by_person ON cases(person_id);
CREATE INDEX cases_stage_latest ON cases(stage, latest_start_on, id);
CREATE INDEX cases_unit_stage_latest ON cases(unit_id, stage, latest_start_on, id);
CREATE INDEX cases_stage_waiting ON cases(stage, waiting_since_on, id);
CREATE INDEX cases_unit_stage_waiting ON cases(unit_id, stage, waiting_since_on, id);
CREATE INDEX cases_by_name ON cases(sort_name, id);
CREATE INDEX cases_unit_name ON cases(unit_id, sort_name, id);
CREATE INDEX cases_unit_stage_name ON cases(unit_id, stage, sort_name, id);
CREATE INDEX cases_stage_name ON cases(stage, sort_name, id);
CREATE INDEX cases_unit_referred ON cases(unit_id, stage, referred_on, id);
-- Lists by these put what is missing last, on both engines alike.
CREATE INDEX cases_by_phase ON cases(COALESCE(phase, '~'), id);
CREATE INDEX cases_by_order_end ON cases(COALESCE(order_ends_on, '9999-12-31'), id);
CREATE INDEX cases_by_start ON cases(COALESCE(started_on, '9999-12-31'), id);
CREATE INDEX cases_by_referrer ON cases(referrer_id, referred_on);
CREATE INDEX cases_by_facilitator ON cases(facilitator_id);
-- Who works on a case now: its facilitator and those of its group. The relation that permission asks for.
CREATE TABLE case_staff (
  case_id UUID NOT NULL REFERENCES cases(id),
  account_id UUID NOT NULL REFERENCES accounts(id),
  because TEXT NOT NULL CHECK (because IN ('facilitator', 'group')),
  PRIMARY KEY (account_id, case_id, because)
);
CREATE INDEX case_staff_by_case ON case_staff(case_id);

-- Append-only: the history of the state machine.
CREATE TABLE case_events (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases(id),
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  stage_from TEXT NULL,
  stage_to TEXT NOT NULL,
  phase TEXT NULL,
  happened_on TEXT NOT NULL,
  reason TEXT NULL,
  against_rule BOOLEAN NOT NULL DEFAULT FALSE,
  facts TEXT NOT NULL,
  comment_sealed BYTEA NULL,
  account_id UUID NOT NULL REFERENCES accounts(id),
  recorded_at TEXT NOT NULL,
  UNIQUE (case_id, seq)
);
CREATE INDEX case_events_by_day ON case_events(happened_on, kind);
CREATE TABLE criterion_judgements (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases(id),
  criterion TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('met', 'not-met', 'unknown')),
  reason_sealed BYTEA NULL,
  account_id UUID NOT NULL REFERENCES accounts(id),
  judged_on TEXT NOT NULL,
  recorded_at TEXT NOT NULL
);
CREATE INDEX criterion_judgements_by_case ON criterion_judgements(case_id, recorded_at);
CREATE TABLE gate_confirmations (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases(id),
  phase TEXT NOT NULL,
  condition_id TEXT NOT NULL,
  holds BOOLEAN NOT NULL,
  account_id UUID NOT NULL REFERENCES accounts(id),
  recorded_at TEXT NOT NULL
);
CREATE INDEX gate_confirmations_by_case ON gate_confirmations(case_id);

-- The thread: observation -> need -> goal.
CREATE TABLE observations (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases(id),
  target TEXT NULL,
  lens TEXT NULL,
  construct TEXT NULL,
  source TEXT NOT NULL CHECK (source IN ('interview', 'file', 'score', 'session')),
  record_id UUID NULL,
  seen_on TEXT NOT NULL,
  body_sealed BYTEA NOT NULL,
  account_id UUID NOT NULL REFERENCES accounts(id),
  recorded_at TEXT NOT NULL,
  CHECK (target IS NOT NULL OR (lens IS NOT NULL AND construct IS NOT NULL))
);
CREATE INDEX observations_by_case ON observations(case_id, seen_on);
CREATE TABLE need_judgements (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases(id),
  target TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('present', 'absent', 'unclear', 'not-yet-assessed')),
  reason_sealed BYTEA NULL,
  judged_on TEXT NOT NULL,
  account_id UUID NOT NULL REFERENCES accounts(id),
  recorded_at TEXT NOT NULL
);
CREATE INDEX need_judgements_by_case ON need_judgements(case_id, target, recorded_at);
CREATE TABLE judgement_evidence (
  judgement_id UUID NOT NULL REFERENCES need_judgements(id),
  observation_id UUID NOT NULL REFERENCES observations(id),
  PRIMARY KEY (judgement_id, observation_id)
);
CREATE INDEX judgement_evidence_by_observation ON judgement_evidence(observation_id);
CREATE TABLE goals (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases(id),
  good TEXT NOT NULL,
  words_sealed BYTEA NOT NULL,
  set_on TEXT NOT NULL,
  closed_on TEXT NULL,
  account_id UUID NOT NULL REFERENCES accounts(id),
  recorded_at TEXT NOT NULL,
  revision BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX goals_by_case ON goals(case_id);
CREATE TABLE goal_targets (
  goal_id UUID NOT NULL REFERENCES goals(id),
  target TEXT NOT NULL,
  PRIMARY KEY (goal_id, target)
);

CREATE TABLE treatment_groups (
  id UUID PRIMARY KEY,
  unit_id UUID NOT NULL REFERENCES units(id),
  programme_id UUID NOT NULL REFERENCES programmes(id),
  phase TEXT NOT NULL,
  track TEXT NOT NULL,
  title TEXT NOT NULL,
  spoken_language TEXT NOT NULL,
  room_id UUID NULL REFERENCES rooms(id),
  weekdays TEXT NOT NULL,
  starts_at_time TEXT NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('forming', 'running', 'closed')),
  first_on TEXT NOT NULL,
  last_on TEXT NULL,
  closed_on TEXT NULL,
  members BIGINT NOT NULL DEFAULT 0,
  made_at TEXT NOT NULL,
  revision BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX treatment_groups_by_unit ON treatment_groups(unit_id, standing, first_on, id);
CREATE INDEX treatment_groups_by_standing ON treatment_groups(standing, first_on, id);
CREATE TABLE group_facilitators (
  group_id UUID NOT NULL REFERENCES treatment_groups(id),
  account_id UUID NOT NULL REFERENCES accounts(id),
  PRIMARY KEY (group_id, account_id)
);
CREATE INDEX group_facilitators_by_account ON group_facilitators(account_id);
CREATE TABLE group_members (
  id UUID PRIMARY KEY,
  group_id UUID NOT NULL REFERENCES treatment_groups(id),
  case_id UUID NOT NULL REFERENCES cases(id),
  joined_on TEXT NOT NULL,
  joined_at_session TEXT NULL,
  left_on TEXT NULL,
  left_because TEXT NULL,
  account_id UUID NOT NULL REFERENCES accounts(id),
  CHECK (left_on IS NULL OR left_on >= joined_on)
);
CREATE INDEX group_members_by_group ON group_members(group_id, left_on);
CREATE INDEX group_members_by_case ON group_members(case_id);

-- When the individual sessions of a case are held; without a row, whenever the person can come.
CREATE TABLE case_slots (
  case_id UUID PRIMARY KEY REFERENCES cases(id),
  weekdays TEXT NOT NULL,
  starts_at_time TEXT NOT NULL,
  room_id UUID NULL REFERENCES rooms(id)
);
CREATE TABLE planned_sessions (
  id UUID PRIMARY KEY,
  unit_id UUID NOT NULL REFERENCES units(id),
  group_id UUID NULL REFERENCES treatment_groups(id),
  case_id UUID NULL REFERENCES cases(id),
  phase TEXT NOT NULL,
  session TEXT NOT NULL,
  seq BIGINT NOT NULL,
  on_date TEXT NOT NULL,
  starts_at_time TEXT NOT NULL,
  minutes BIGINT NOT NULL,
  room_id UUID NULL REFERENCES rooms(id),
  facilitator_id UUID NULL REFERENCES accounts(id),
  pinned BOOLEAN NOT NULL DEFAULT FALSE,
  standing TEXT NOT NULL CHECK (standing IN ('planned', 'recorded', 'signed', 'cancelled')),
  make_up_id UUID NULL,
  -- The day from which the distance to the next session is counted, where it is not on_date (a session moved alone).
  counts_from_on TEXT NULL,
  revision BIGINT NOT NULL DEFAULT 1,
  CHECK ((group_id IS NULL) <> (case_id IS NULL))
);
CREATE INDEX planned_by_group ON planned_sessions(group_id, seq);
CREATE INDEX planned_group_next ON planned_sessions(group_id, standing, on_date);
CREATE INDEX planned_by_case ON planned_sessions(case_id, seq);
CREATE INDEX planned_by_facilitator ON planned_sessions(facilitator_id, standing, on_date);
CREATE INDEX planned_by_unit_day ON planned_sessions(unit_id, standing, on_date, starts_at_time);
CREATE INDEX planned_by_room_day ON planned_sessions(room_id, on_date);

CREATE TABLE session_records (
  id UUID PRIMARY KEY,
  planned_id UUID NOT NULL UNIQUE REFERENCES planned_sessions(id),
  unit_id UUID NOT NULL REFERENCES units(id),
  held_on TEXT NOT NULL,
  starts_at_time TEXT NOT NULL,
  minutes BIGINT NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('saved', 'signed')),
  deviation TEXT NOT NULL CHECK (deviation IN ('none', 'permitted', 'not-permitted')),
  deviation_sealed BYTEA NULL,
  note_sealed BYTEA NULL,
  account_id UUID NOT NULL REFERENCES accounts(id),
  recorded_at TEXT NOT NULL,
  signed_by UUID NULL REFERENCES accounts(id),
  signed_at TEXT NULL,
  revision BIGINT NOT NULL DEFAULT 1,
  CHECK ((standing = 'signed') = (signed_at IS NOT NULL))
);
CREATE INDEX session_records_unsigned ON session_records(account_id, standing, held_on);
CREATE INDEX session_records_by_unit ON session_records(unit_id, standing, held_on);
-- What happened to one member at one session: the smallest atom everything else is rolled up from.
CREATE TABLE attendances (
  id UUID PRIMARY KEY,
  record_id UUID NOT NULL REFERENCES session_records(id),
  case_id UUID NOT NULL REFERENCES cases(id),
  phase TEXT NOT NULL,
  session TEXT NOT NULL,
  held_on TEXT NOT NULL,
  presence TEXT NOT NULL CHECK (presence IN ('attended', 'part', 'absent-accepted', 'absent-unaccepted')),
  minutes BIGINT NOT NULL,
  contribution TEXT NOT NULL,
  absence_sealed BYTEA NULL,
  note_sealed BYTEA NULL,
  made_up_for UUID NULL,
  UNIQUE (record_id, case_id)
);
CREATE INDEX attendances_by_case ON attendances(case_id, held_on);
CREATE TABLE amendments (
  id UUID PRIMARY KEY,
  record_id UUID NOT NULL REFERENCES session_records(id),
  case_id UUID NULL REFERENCES cases(id),
  body_sealed BYTEA NOT NULL,
  account_id UUID NOT NULL REFERENCES accounts(id),
  signed_at TEXT NOT NULL
);
CREATE INDEX amendments_by_record ON amendments(record_id);
CREATE TABLE make_ups (
  id UUID PRIMARY KEY,
  attendance_id UUID NOT NULL UNIQUE REFERENCES attendances(id),
  case_id UUID NOT NULL REFERENCES cases(id),
  unit_id UUID NOT NULL REFERENCES units(id),
  phase TEXT NOT NULL,
  session TEXT NOT NULL,
  made_by TEXT NOT NULL CHECK (made_by IN ('individual', 'next-group', 'sheet')),
  due_on TEXT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('due', 'planned', 'done', 'waived')),
  done_on TEXT NULL,
  -- How long it took; 0 until it is done.
  minutes BIGINT NOT NULL DEFAULT 0,
  waived_sealed BYTEA NULL,
  waived_by UUID NULL REFERENCES accounts(id),
  waived_at TEXT NULL,
  CHECK (standing = 'waived' OR waived_by IS NULL),
  CHECK (standing <> 'done' OR done_on IS NOT NULL)
);
CREATE INDEX make_ups_by_case ON make_ups(case_id, standing);
CREATE INDEX make_ups_due ON make_ups(unit_id, standing, due_on);

-- What is being typed and not yet saved; belongs to its writer alone.
CREATE TABLE drafts (
  account_id UUID NOT NULL REFERENCES accounts(id),
  kind TEXT NOT NULL,
  record_id UUID NOT NULL,
  body_sealed BYTEA NOT NULL,
  saved_at TEXT NOT NULL,
  PRIMARY KEY (account_id, kind, record_id)
);
CREATE TABLE case_notes (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases(id),
  about_on TEXT NOT NULL,
  body_sealed BYTEA NOT NULL,
  amends_id UUID NULL REFERENCES case_notes(id),
  account_id UUID NOT NULL REFERENCES accounts(id),
  signed_at TEXT NOT NULL
);
CREATE INDEX case_notes_by_case ON case_notes(case_id, about_on);

CREATE TABLE concerns (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases(id),
  unit_id UUID NOT NULL REFERENCES units(id),
  kind TEXT NOT NULL,
  body_sealed BYTEA NOT NULL,
  owner_id UUID NOT NULL REFERENCES accounts(id),
  account_id UUID NOT NULL REFERENCES accounts(id),
  recorded_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  closed_at TEXT NULL,
  closed_by UUID NULL REFERENCES accounts(id),
  outcome TEXT NULL,
  outcome_sealed BYTEA NULL,
  revision BIGINT NOT NULL DEFAULT 1,
  CHECK ((closed_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX concerns_by_case ON concerns(case_id);
CREATE INDEX concerns_by_owner ON concerns(owner_id, closed_at, due_at);
CREATE INDEX concerns_by_unit ON concerns(unit_id, closed_at, due_at);

CREATE TABLE case_reports (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases(id),
  unit_id UUID NOT NULL REFERENCES units(id),
  rule TEXT NOT NULL,
  due_on TEXT NOT NULL,
  covers_from_on TEXT NOT NULL,
  covers_to_on TEXT NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('due', 'draft', 'signed', 'not-needed')),
  body_sealed BYTEA NULL,
  account_id UUID NULL REFERENCES accounts(id),
  signed_at TEXT NULL,
  revision BIGINT NOT NULL DEFAULT 1,
  UNIQUE (case_id, rule, due_on)
);
CREATE INDEX case_reports_due ON case_reports(unit_id, standing, due_on);

-- An instrument as it stood, whole: a response keeps the version it answered.
CREATE TABLE instruments (
  id UUID PRIMARY KEY,
  code TEXT NOT NULL,
  version TEXT NOT NULL,
  fingerprint TEXT NOT NULL UNIQUE,
  bundle TEXT NOT NULL,
  first_seen_at TEXT NOT NULL
);
-- One person's answers to an instrument. Answers and scores are sealed together (ADR 6); that something was measured,
-- when, how and by whom is in the clear. Handed in, a response is fixed; a correction is a further row that names it.
CREATE TABLE measure_responses (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases(id),
  instrument_id UUID NOT NULL REFERENCES instruments(id),
  measure TEXT NOT NULL,
  point TEXT NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('open', 'done', 'void')),
  way TEXT NOT NULL CHECK (way IN ('paper', 'professional', 'device', 'link')),
  rater TEXT NOT NULL CHECK (rater IN ('participant', 'interviewer', 'professional')),
  spoken_language TEXT NOT NULL,
  answered_on TEXT NULL,
  answers_sealed BYTEA NULL,
  entered_twice BOOLEAN NOT NULL DEFAULT FALSE,
  concern_id UUID NULL REFERENCES concerns(id),
  amends_id UUID NULL REFERENCES measure_responses(id),
  account_id UUID NOT NULL REFERENCES accounts(id),
  made_at TEXT NOT NULL,
  done_at TEXT NULL,
  CHECK ((standing = 'done') = (done_at IS NOT NULL)),
  CHECK (standing <> 'done' OR (answered_on IS NOT NULL AND answers_sealed IS NOT NULL))
);
CREATE INDEX measure_responses_by_case ON measure_responses(case_id, standing, answered_on);
-- A response is corrected once; the correction may be corrected in turn.
CREATE UNIQUE INDEX measure_responses_by_amended ON measure_responses(amends_id);
-- What is to be measured of a case, from the day its point is reached until a later one is: kept so that a list need not
-- work it out (`measures::refresh`). Whether a row is due, overdue or over depends on the day it is read.
CREATE TABLE measure_dues (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases(id),
  unit_id UUID NOT NULL REFERENCES units(id),
  measure TEXT NOT NULL,
  point TEXT NOT NULL,
  due_on TEXT NOT NULL,
  until_on TEXT NULL,
  UNIQUE (case_id, measure, point)
);
CREATE INDEX measure_dues_by_unit ON measure_dues(unit_id, due_on, until_on);
CREATE INDEX measure_dues_by_day ON measure_dues(due_on, unit_id, until_on);
-- How a participant reaches an open response: by a device handed over, or by a link. Known by the hash of its token; of the
-- PIN or code stands here what only the service key can make of it (ADR 8).
CREATE TABLE measure_openings (
  token_hash BYTEA PRIMARY KEY,
  response_id UUID NOT NULL UNIQUE REFERENCES measure_responses(id),
  way TEXT NOT NULL CHECK (way IN ('device', 'link')),
  secret_mac BYTEA NOT NULL,
  failed_attempts BIGINT NOT NULL DEFAULT 0,
  unlocked BOOLEAN NOT NULL,
  ends_at TEXT NOT NULL
);

-- Search by equality only: words of names and numbers, and the keys that lead to them (prefixes, single deletions).
CREATE TABLE search_words (
  id BIGINT PRIMARY KEY,
  word TEXT NOT NULL UNIQUE
);
CREATE TABLE search_keys (
  search_key TEXT NOT NULL,
  closeness BIGINT NOT NULL,
  word_id BIGINT NOT NULL REFERENCES search_words(id),
  PRIMARY KEY (search_key, closeness, word_id)
);
CREATE TABLE search_cases (
  word_id BIGINT NOT NULL REFERENCES search_words(id),
  unit_id UUID NOT NULL REFERENCES units(id),
  case_id UUID NOT NULL REFERENCES cases(id),
  PRIMARY KEY (word_id, unit_id, case_id)
);
CREATE INDEX search_cases_by_case ON search_cases(case_id);

-- Who saw or changed which record when; never what it said. Append-only.
CREATE TABLE access_log (
  id UUID PRIMARY KEY,
  at TEXT NOT NULL,
  account_id UUID NULL,
  act TEXT NOT NULL CHECK (act IN ('seen', 'listed', 'changed', 'made', 'refused', 'signed-in', 'signed-out', 'sign-in-refused')),
  kind TEXT NOT NULL,
  record_id UUID NULL,
  action TEXT NOT NULL
);
CREATE INDEX access_log_by_record ON access_log(record_id, at);
CREATE INDEX access_log_by_account ON access_log(account_id, at);
-- A form sent twice is carried out once.
CREATE TABLE submissions (
  once_id UUID PRIMARY KEY,
  account_id UUID NOT NULL,
  at TEXT NOT NULL,
  went_to TEXT NOT NULL
);
CREATE TABLE service_facts (
  fact TEXT PRIMARY KEY,
  body TEXT NOT NULL
);

-- sqlite:
CREATE TRIGGER case_events_fixed BEFORE UPDATE ON case_events BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER case_events_kept BEFORE DELETE ON case_events BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER criterion_judgements_fixed BEFORE UPDATE ON criterion_judgements BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER criterion_judgements_kept BEFORE DELETE ON criterion_judgements BEGIN SELECT RAISE(ABORT, 'append-only'); END;
-- An observation is append-only. One made in a session's record is part of that record and may change with it until the
-- record is signed, unless a judgement rests on it.
CREATE TRIGGER observations_fixed BEFORE UPDATE ON observations WHEN OLD.source <> 'session' OR OLD.record_id IS NULL OR EXISTS (SELECT 1 FROM judgement_evidence e WHERE e.observation_id = OLD.id) OR NOT EXISTS (SELECT 1 FROM session_records r WHERE r.id = OLD.record_id AND r.standing = 'saved') BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER observations_kept BEFORE DELETE ON observations WHEN OLD.source <> 'session' OR OLD.record_id IS NULL OR EXISTS (SELECT 1 FROM judgement_evidence e WHERE e.observation_id = OLD.id) OR NOT EXISTS (SELECT 1 FROM session_records r WHERE r.id = OLD.record_id AND r.standing = 'saved') BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER need_judgements_fixed BEFORE UPDATE ON need_judgements BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER need_judgements_kept BEFORE DELETE ON need_judgements BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER amendments_fixed BEFORE UPDATE ON amendments BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER amendments_kept BEFORE DELETE ON amendments BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER case_notes_fixed BEFORE UPDATE ON case_notes BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER case_notes_kept BEFORE DELETE ON case_notes BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER access_log_fixed BEFORE UPDATE ON access_log BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER access_log_kept BEFORE DELETE ON access_log BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER signed_records_fixed BEFORE UPDATE ON session_records WHEN OLD.standing = 'signed' BEGIN SELECT RAISE(ABORT, 'signed'); END;
CREATE TRIGGER signed_records_kept BEFORE DELETE ON session_records WHEN OLD.standing = 'signed' BEGIN SELECT RAISE(ABORT, 'signed'); END;
CREATE TRIGGER signed_attendances_fixed BEFORE UPDATE ON attendances WHEN EXISTS (SELECT 1 FROM session_records r WHERE r.id = OLD.record_id AND r.standing = 'signed') BEGIN SELECT RAISE(ABORT, 'signed'); END;
CREATE TRIGGER signed_attendances_kept BEFORE DELETE ON attendances WHEN EXISTS (SELECT 1 FROM session_records r WHERE r.id = OLD.record_id AND r.standing = 'signed') BEGIN SELECT RAISE(ABORT, 'signed'); END;
CREATE TRIGGER signed_reports_fixed BEFORE UPDATE ON case_reports WHEN OLD.standing = 'signed' BEGIN SELECT RAISE(ABORT, 'signed'); END;
CREATE TRIGGER signed_reports_kept BEFORE DELETE ON case_reports WHEN OLD.standing = 'signed' BEGIN SELECT RAISE(ABORT, 'signed'); END;
CREATE TRIGGER done_responses_fixed BEFORE UPDATE ON measure_responses WHEN OLD.standing <> 'open' BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER responses_kept BEFORE DELETE ON measure_responses BEGIN SELECT RAISE(ABORT, 'append-only'); END;
-- end
-- postgres:
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN RAISE EXCEPTION 'append-only' USING ERRCODE = 'check_violation'; END $body$;
CREATE FUNCTION refuse_signed() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF OLD.standing = 'signed' THEN RAISE EXCEPTION 'signed' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $body$;
CREATE FUNCTION refuse_signed_attendance() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF EXISTS (SELECT 1 FROM session_records r WHERE r.id = OLD.record_id AND r.standing = 'signed') THEN RAISE EXCEPTION 'signed' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $body$;
CREATE FUNCTION refuse_observation() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF OLD.source <> 'session' OR OLD.record_id IS NULL OR EXISTS (SELECT 1 FROM judgement_evidence e WHERE e.observation_id = OLD.id) OR NOT EXISTS (SELECT 1 FROM session_records r WHERE r.id = OLD.record_id AND r.standing = 'saved') THEN RAISE EXCEPTION 'append-only' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $body$;
CREATE TRIGGER case_events_fixed BEFORE UPDATE OR DELETE ON case_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER criterion_judgements_fixed BEFORE UPDATE OR DELETE ON criterion_judgements FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER observations_fixed BEFORE UPDATE OR DELETE ON observations FOR EACH ROW EXECUTE FUNCTION refuse_observation();
CREATE TRIGGER need_judgements_fixed BEFORE UPDATE OR DELETE ON need_judgements FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER amendments_fixed BEFORE UPDATE OR DELETE ON amendments FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_notes_fixed BEFORE UPDATE OR DELETE ON case_notes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER access_log_fixed BEFORE UPDATE OR DELETE ON access_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER signed_records_fixed BEFORE UPDATE OR DELETE ON session_records FOR EACH ROW EXECUTE FUNCTION refuse_signed();
CREATE TRIGGER signed_attendances_fixed BEFORE UPDATE OR DELETE ON attendances FOR EACH ROW EXECUTE FUNCTION refuse_signed_attendance();
CREATE TRIGGER signed_reports_fixed BEFORE UPDATE OR DELETE ON case_reports FOR EACH ROW EXECUTE FUNCTION refuse_signed();
CREATE FUNCTION refuse_done_response() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF TG_OP = 'DELETE' OR OLD.standing <> 'open' THEN RAISE EXCEPTION 'append-only' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $body$;
CREATE TRIGGER done_responses_fixed BEFORE UPDATE OR DELETE ON measure_responses FOR EACH ROW EXECUTE FUNCTION refuse_done_response();
-- end
