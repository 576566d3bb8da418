CREATE TABLE "outgoing_state" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"cluster" text NOT NULL,
	"paused_at" timestamp with time zone,
	"reason" text,
	CONSTRAINT "outgoing_state_one" CHECK ("outgoing_state"."id" = 1),
	CONSTRAINT "outgoing_state_reason" CHECK ("outgoing_state"."reason" is null or "outgoing_state"."paused_at" is not null)
);--> statement-breakpoint
-- Which PostgreSQL this is: the system identifier is another in a cluster that a dump was loaded into, the timeline in one that was
-- recovered to a moment or promoted.
CREATE FUNCTION "cluster_here"() RETURNS text LANGUAGE sql STABLE AS $$
	SELECT system_identifier || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) FROM pg_control_system()
$$;--> statement-breakpoint
-- Since when nothing goes out; null: everything does. Whoever asks first in another cluster than the last one writes it down. Where a
-- session is can't change once it is not in recovery, so a session looks once: 0.01 ms instead of 0.1 in each claim.
CREATE FUNCTION "outgoing_paused_at"() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	here text := coalesce(current_setting('rose_ash.cluster', true), '');
	known text;
	since timestamptz;
BEGIN
	IF here = '' THEN
		IF pg_is_in_recovery() THEN
			RETURN now(); -- a standby, or not yet recovered
		END IF;
		here := set_config('rose_ash.cluster', cluster_here(), false);
	END IF;
	SELECT cluster, paused_at INTO STRICT known, since FROM outgoing_state;
	IF known <> here THEN
		UPDATE outgoing_state SET cluster = here, paused_at = now(), reason = NULL WHERE cluster <> here;
		SELECT paused_at INTO since FROM outgoing_state;
	END IF;
	RETURN since;
END $$;--> statement-breakpoint
INSERT INTO "outgoing_state" ("cluster") SELECT cluster_here();
