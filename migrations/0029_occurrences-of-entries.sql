CREATE EXTENSION IF NOT EXISTS btree_gist;--> statement-breakpoint
-- no two may have one room at once; who inserts second gets nothing (ON CONFLICT DO NOTHING) or an error
ALTER TABLE room_claims ADD CONSTRAINT room_claims_once EXCLUDE USING gist (room_id WITH =, during WITH &&);--> statement-breakpoint
CREATE FUNCTION occurrence_key(starts_at timestamptz, zone text, is_all_day boolean, is_floating boolean) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN is_all_day THEN to_char(starts_at AT TIME ZONE zone, 'YYYYMMDD')
    WHEN is_floating THEN to_char(starts_at AT TIME ZONE zone, 'YYYYMMDD"T"HH24MISS')
    ELSE to_char(starts_at AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"')
  END
$$;--> statement-breakpoint
-- what takes place once has its time from the first, whoever writes it down: the previous release, too
CREATE FUNCTION give_entry_its_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.recurrence = '{}' THEN
    INSERT INTO public.occurrences (entry_id, key, calendar_id, room_id, starts_at, ends_at)
    VALUES (NEW.id, public.occurrence_key(NEW.starts_at, NEW.zone, NEW.is_all_day, NEW.is_floating), NEW.calendar_id, NEW.room_id, NEW.starts_at, NEW.ends_at)
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER calendar_entries_time AFTER INSERT ON calendar_entries FOR EACH ROW EXECUTE FUNCTION give_entry_its_time();--> statement-breakpoint
INSERT INTO occurrences (entry_id, key, calendar_id, starts_at, ends_at)
SELECT id, occurrence_key(starts_at, zone, is_all_day, false), calendar_id, starts_at, ends_at FROM calendar_entries;
