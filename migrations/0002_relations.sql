CREATE TABLE "audit_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"app" text NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"reason" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"done_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_entries_app" CHECK ("audit_entries"."app" in ('blog', 'market', 'cart', 'events', 'federation', 'account'))
);
--> statement-breakpoint
CREATE TABLE "relation_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "relation_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"source" text NOT NULL,
	"key" text NOT NULL,
	"noted_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "relation_tuples" (
	"relation" text NOT NULL,
	"arguments" jsonb NOT NULL,
	CONSTRAINT "relation_tuples_relation_arguments_pk" PRIMARY KEY("relation","arguments")
);
--> statement-breakpoint
CREATE INDEX "audit_entries_newest" ON "audit_entries" USING btree ("done_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "audit_entries_actor" ON "audit_entries" USING btree ("actor");--> statement-breakpoint
CREATE INDEX "audit_entries_subject" ON "audit_entries" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "relation_changes_xid" ON "relation_changes" USING btree ("xid");--> statement-breakpoint
CREATE INDEX "relation_changes_age" ON "relation_changes" USING btree ("noted_at");--> statement-breakpoint
CREATE INDEX "relation_facts_first" ON "relation_facts" USING btree ("relation",("arguments" -> 0));--> statement-breakpoint
CREATE INDEX "relation_facts_second" ON "relation_facts" USING btree ("relation",("arguments" -> 1));--> statement-breakpoint
CREATE FUNCTION "note_relation_change"() RETURNS trigger LANGUAGE plpgsql AS $$
-- TG_ARGV: the columns that name a row to those who read it again; several make a JSON array. After TRUNCATE that is every row.
DECLARE
	row_before jsonb;
	row_after jsonb;
	changed text[] := '{}';
	named jsonb;
BEGIN
	IF TG_OP = 'TRUNCATE' THEN
		INSERT INTO relation_changes (source, key) VALUES (TG_TABLE_NAME, '*');
		RETURN NULL;
	END IF;
	IF TG_OP <> 'INSERT' THEN row_before := to_jsonb(OLD); END IF;
	IF TG_OP <> 'DELETE' THEN row_after := to_jsonb(NEW); END IF;
	FOREACH named IN ARRAY array_remove(ARRAY[row_before, row_after], NULL) LOOP
		IF TG_NARGS = 1 THEN
			changed := changed || (named ->> TG_ARGV[0]);
		ELSE
			changed := changed || (SELECT jsonb_agg(named -> name ORDER BY place) FROM unnest(TG_ARGV[0:]) WITH ORDINALITY AS names (name, place))::text;
		END IF;
	END LOOP;
	INSERT INTO relation_changes (source, key) SELECT DISTINCT TG_TABLE_NAME, changed_key FROM unnest(changed) AS changed_key WHERE changed_key IS NOT NULL;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "note_relation_change" AFTER INSERT OR UPDATE OR DELETE ON "relation_facts" FOR EACH ROW EXECUTE FUNCTION "note_relation_change"('relation', 'arguments');--> statement-breakpoint
CREATE TRIGGER "note_relation_truncate" AFTER TRUNCATE ON "relation_facts" FOR EACH STATEMENT EXECUTE FUNCTION "note_relation_change"();--> statement-breakpoint
CREATE TRIGGER "note_relation_change" AFTER INSERT OR UPDATE OR DELETE ON "relation_tuples" FOR EACH ROW EXECUTE FUNCTION "note_relation_change"('relation', 'arguments');--> statement-breakpoint
CREATE TRIGGER "note_relation_truncate" AFTER TRUNCATE ON "relation_tuples" FOR EACH STATEMENT EXECUTE FUNCTION "note_relation_change"();--> statement-breakpoint
CREATE TRIGGER "note_relation_change" AFTER INSERT OR UPDATE OF "id", "parent_id" OR DELETE ON "pages" FOR EACH ROW EXECUTE FUNCTION "note_relation_change"('id');--> statement-breakpoint
CREATE TRIGGER "note_relation_truncate" AFTER TRUNCATE ON "pages" FOR EACH STATEMENT EXECUTE FUNCTION "note_relation_change"();--> statement-breakpoint
CREATE TRIGGER "note_relation_change" AFTER INSERT OR UPDATE OF "page_id" OR DELETE ON "menu_items" FOR EACH ROW EXECUTE FUNCTION "note_relation_change"('page_id');--> statement-breakpoint
CREATE TRIGGER "note_relation_truncate" AFTER TRUNCATE ON "menu_items" FOR EACH STATEMENT EXECUTE FUNCTION "note_relation_change"();--> statement-breakpoint
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER "audit_entries_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
