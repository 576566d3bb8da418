CREATE TABLE "calendar_addresses" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "calendar_addresses_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "calendar_feeds" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "calendar_feeds_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"calendar_id" bigint NOT NULL,
	"url" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"etag" text,
	"last_modified" text,
	"body_hash" text,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"leased_until" timestamp with time zone,
	"read_at" timestamp with time zone,
	"changed_at" timestamp with time zone,
	"trouble" text DEFAULT '' NOT NULL,
	"notes" text[] DEFAULT '{}' NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"added_by_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "calendar_feeds_once" UNIQUE("calendar_id","url")
);
--> statement-breakpoint
CREATE TABLE "calendar_keepers" (
	"calendar_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	CONSTRAINT "calendar_keepers_calendar_id_user_id_pk" PRIMARY KEY("calendar_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "calendar_rooms" (
	"calendar_id" bigint NOT NULL,
	"room_id" bigint NOT NULL,
	CONSTRAINT "calendar_rooms_calendar_id_room_id_pk" PRIMARY KEY("calendar_id","room_id")
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rooms_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"within_id" bigint,
	"capacity" integer,
	"position" integer NOT NULL,
	CONSTRAINT "rooms_slug_unique" UNIQUE("slug"),
	CONSTRAINT "rooms_slug" CHECK ("rooms"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "rooms_within_another" CHECK ("rooms"."within_id" <> "rooms"."id"),
	CONSTRAINT "rooms_capacity" CHECK ("rooms"."capacity" > 0)
);
--> statement-breakpoint
CREATE TABLE "entry_guests" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "entry_guests_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"entry_id" bigint NOT NULL,
	"user_id" bigint,
	"email" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"answer" text DEFAULT 'waiting' NOT NULL,
	"answered_at" timestamp with time zone,
	"sent_sequence" integer DEFAULT -1 NOT NULL,
	"is_taken_out" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entry_guests_once" UNIQUE("entry_id","email"),
	CONSTRAINT "entry_guests_answer" CHECK ("entry_guests"."answer" in ('waiting', 'yes', 'no', 'maybe'))
);
--> statement-breakpoint
CREATE TABLE "entry_overrides" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "entry_overrides_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"entry_id" bigint NOT NULL,
	"key" text NOT NULL,
	"planned" text NOT NULL,
	"is_following" boolean DEFAULT false NOT NULL,
	"title" text,
	"summary" text,
	"text" text,
	"html" text,
	"place" text,
	"room_id" bigint,
	"is_elsewhere" boolean DEFAULT false NOT NULL,
	"online_url" text,
	"tags" text[],
	"starts_local" timestamp NOT NULL,
	"duration" text NOT NULL,
	"is_exact" boolean DEFAULT true NOT NULL,
	"zone" text NOT NULL,
	"is_all_day" boolean NOT NULL,
	"is_floating" boolean DEFAULT false NOT NULL,
	"is_cancelled" boolean DEFAULT false NOT NULL,
	"is_tentative" boolean DEFAULT false NOT NULL,
	"moved_from" timestamp with time zone,
	"sequence" integer DEFAULT 0 NOT NULL,
	"extra" text[] DEFAULT '{}' NOT NULL,
	"stamped_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entry_overrides_once" UNIQUE("entry_id","key","is_following")
);
--> statement-breakpoint
CREATE TABLE "occurrences" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "occurrences_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"entry_id" bigint NOT NULL,
	"key" text NOT NULL,
	"override_id" bigint,
	"calendar_id" bigint NOT NULL,
	"room_id" bigint,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"is_cancelled" boolean DEFAULT false NOT NULL,
	"is_unplaced" boolean DEFAULT false NOT NULL,
	CONSTRAINT "occurrences_once" UNIQUE("entry_id","key"),
	CONSTRAINT "occurrences_order" CHECK ("occurrences"."ends_at" >= "occurrences"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "room_claims" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "room_claims_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"room_id" bigint NOT NULL,
	"during" "tstzrange" NOT NULL,
	"occurrence_id" bigint,
	"expires_at" timestamp with time zone,
	CONSTRAINT "room_claims_some_time" CHECK (not isempty("room_claims"."during"))
);
--> statement-breakpoint
ALTER TABLE "calendar_entries" DROP CONSTRAINT "calendar_entries_status";--> statement-breakpoint
ALTER TABLE "calendar_entries" DROP CONSTRAINT "calendar_entries_order";--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "uid" text DEFAULT gen_random_uuid()::text NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "sequence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "text" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "room_id" bigint;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "online_url" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "is_floating" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "starts_local" timestamp;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "duration" text;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "is_exact" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "recurrence" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "extra" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "is_tentative" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "moved_from" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "organiser_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "organiser_address" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "decided_by_id" bigint;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "decided_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "decision_note" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "feed_id" bigint;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "import_digest" text;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "expanded_to" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "expanded_with" text;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "stamped_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "calendars" ADD COLUMN "proposers" text DEFAULT 'members' NOT NULL;--> statement-breakpoint
ALTER TABLE "calendars" ADD COLUMN "is_moderated" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "calendars" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_addresses" ADD CONSTRAINT "calendar_addresses_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_added_by_id_users_id_fk" FOREIGN KEY ("added_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_keepers" ADD CONSTRAINT "calendar_keepers_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_keepers" ADD CONSTRAINT "calendar_keepers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_rooms" ADD CONSTRAINT "calendar_rooms_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_rooms" ADD CONSTRAINT "calendar_rooms_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_within_id_rooms_id_fk" FOREIGN KEY ("within_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entry_guests" ADD CONSTRAINT "entry_guests_entry_id_calendar_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."calendar_entries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entry_guests" ADD CONSTRAINT "entry_guests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entry_overrides" ADD CONSTRAINT "entry_overrides_entry_id_calendar_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."calendar_entries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entry_overrides" ADD CONSTRAINT "entry_overrides_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occurrences" ADD CONSTRAINT "occurrences_entry_id_calendar_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."calendar_entries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occurrences" ADD CONSTRAINT "occurrences_override_id_entry_overrides_id_fk" FOREIGN KEY ("override_id") REFERENCES "public"."entry_overrides"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occurrences" ADD CONSTRAINT "occurrences_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occurrences" ADD CONSTRAINT "occurrences_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_claims" ADD CONSTRAINT "room_claims_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_claims" ADD CONSTRAINT "room_claims_occurrence_id_occurrences_id_fk" FOREIGN KEY ("occurrence_id") REFERENCES "public"."occurrences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calendar_feeds_due" ON "calendar_feeds" USING btree ("next_at") WHERE "calendar_feeds"."is_active";--> statement-breakpoint
CREATE INDEX "calendar_feeds_added_by" ON "calendar_feeds" USING btree ("added_by_id");--> statement-breakpoint
CREATE INDEX "calendar_keepers_user" ON "calendar_keepers" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "calendar_rooms_room" ON "calendar_rooms" USING btree ("room_id");--> statement-breakpoint
CREATE INDEX "rooms_within" ON "rooms" USING btree ("within_id");--> statement-breakpoint
CREATE INDEX "entry_guests_user" ON "entry_guests" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "entry_overrides_room" ON "entry_overrides" USING btree ("room_id");--> statement-breakpoint
CREATE INDEX "occurrences_start" ON "occurrences" USING btree ("starts_at");--> statement-breakpoint
CREATE INDEX "occurrences_calendar" ON "occurrences" USING btree ("calendar_id","starts_at");--> statement-breakpoint
CREATE INDEX "occurrences_room" ON "occurrences" USING btree ("room_id","starts_at");--> statement-breakpoint
CREATE INDEX "occurrences_override" ON "occurrences" USING btree ("override_id");--> statement-breakpoint
CREATE INDEX "room_claims_occurrence" ON "room_claims" USING btree ("occurrence_id");--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD CONSTRAINT "calendar_entries_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD CONSTRAINT "calendar_entries_decided_by_id_users_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD CONSTRAINT "calendar_entries_feed_id_calendar_feeds_id_fk" FOREIGN KEY ("feed_id") REFERENCES "public"."calendar_feeds"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calendar_entries_feed" ON "calendar_entries" USING btree ("feed_id");--> statement-breakpoint
CREATE INDEX "calendar_entries_room" ON "calendar_entries" USING btree ("room_id");--> statement-breakpoint
CREATE INDEX "calendar_entries_decided_by" ON "calendar_entries" USING btree ("decided_by_id");--> statement-breakpoint
CREATE INDEX "calendar_entries_waiting" ON "calendar_entries" USING btree ("created_at") WHERE "calendar_entries"."status" = 'proposed';--> statement-breakpoint
CREATE INDEX "calendar_entries_expanded" ON "calendar_entries" USING btree ("expanded_to");--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD CONSTRAINT "calendar_entries_uid" UNIQUE("calendar_id","uid");--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD CONSTRAINT "calendar_entries_status" CHECK ("calendar_entries"."status" in ('proposed', 'confirmed', 'declined', 'cancelled'));--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD CONSTRAINT "calendar_entries_order" CHECK ("calendar_entries"."ends_at" >= "calendar_entries"."starts_at");--> statement-breakpoint
ALTER TABLE "calendars" ADD CONSTRAINT "calendars_proposers" CHECK ("calendars"."proposers" in ('members', 'keepers'));