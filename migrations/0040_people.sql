CREATE TABLE "notifications_off" (
	"user_id" bigint NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "notifications_off_user_id_kind_pk" PRIMARY KEY("user_id","kind"),
	CONSTRAINT "notifications_off_kind" CHECK ("notifications_off"."kind" in ('site', 'follow', 'follow-request', 'mention', 'like', 'boost', 'poll', 'post', 'move', 'report'))
);
--> statement-breakpoint
CREATE TABLE "domain_blocks" (
	"actor" text NOT NULL,
	"domain" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "domain_blocks_actor_domain_pk" PRIMARY KEY("actor","domain")
);
--> statement-breakpoint
CREATE TABLE "follow_exceptions" (
	"actor" text NOT NULL,
	"other" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "follow_exceptions_actor_other_pk" PRIMARY KEY("actor","other")
);
--> statement-breakpoint
CREATE TABLE "mutes" (
	"actor" text NOT NULL,
	"muted" text NOT NULL,
	"hides_notifications" boolean DEFAULT true NOT NULL,
	"until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mutes_actor_muted_pk" PRIMARY KEY("actor","muted")
);
--> statement-breakpoint
CREATE TABLE "people_import_rows" (
	"import_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"list" text DEFAULT '' NOT NULL,
	"hides_notifications" boolean DEFAULT true NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "people_import_rows_import_id_position_pk" PRIMARY KEY("import_id","position"),
	CONSTRAINT "people_import_rows_state" CHECK ("people_import_rows"."state" in ('waiting', 'done', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "people_imports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "people_imports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	CONSTRAINT "people_imports_kind" CHECK ("people_imports"."kind" in ('follows', 'blocks', 'mutes', 'domain-blocks', 'lists'))
);
--> statement-breakpoint
CREATE TABLE "people_list_members" (
	"list_id" bigint NOT NULL,
	"person" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "people_list_members_list_id_person_pk" PRIMARY KEY("list_id","person")
);
--> statement-breakpoint
CREATE TABLE "people_lists" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "people_lists_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" bigint NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "people_lists_name" UNIQUE("user_id","name"),
	CONSTRAINT "people_lists_name_length" CHECK (length("people_lists"."name") between 1 and 80)
);
--> statement-breakpoint
CREATE TABLE "profile_fields" (
	"user_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "profile_fields_user_id_position_pk" PRIMARY KEY("user_id","position"),
	CONSTRAINT "profile_fields_lengths" CHECK (length("profile_fields"."name") between 1 and 80 and length("profile_fields"."value") between 1 and 300)
);
--> statement-breakpoint
CREATE TABLE "profile_links" (
	"actor" text NOT NULL,
	"href" text NOT NULL,
	"checked_at" timestamp with time zone,
	"verified_at" timestamp with time zone,
	CONSTRAINT "profile_links_actor_href_pk" PRIMARY KEY("actor","href")
);
--> statement-breakpoint
CREATE TABLE "profiles" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"uri" text NOT NULL,
	"is_locked" boolean DEFAULT false NOT NULL,
	"also_known_as" text[] DEFAULT '{}' NOT NULL,
	"moved_to" text,
	"moved_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "profiles_uri_unique" UNIQUE("uri"),
	CONSTRAINT "profiles_moved" CHECK (("profiles"."moved_to" is null) = ("profiles"."moved_at" is null))
);
--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "activity_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "kind" text DEFAULT 'site' NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "actor" text;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "object" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications_off" ADD CONSTRAINT "notifications_off_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people_import_rows" ADD CONSTRAINT "people_import_rows_import_id_people_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."people_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people_imports" ADD CONSTRAINT "people_imports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people_list_members" ADD CONSTRAINT "people_list_members_list_id_people_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."people_lists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people_lists" ADD CONSTRAINT "people_lists_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profile_fields" ADD CONSTRAINT "profile_fields_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "domain_blocks_domain" ON "domain_blocks" USING btree ("domain");--> statement-breakpoint
CREATE INDEX "people_imports_user" ON "people_imports" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "people_list_members_person" ON "people_list_members" USING btree ("person");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_of_actor" ON "notifications" USING btree ("user_id","kind","actor","object") WHERE "notifications"."kind" <> 'site';--> statement-breakpoint
CREATE INDEX "notifications_actor" ON "notifications" USING btree ("actor");--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK ("notifications"."kind" in ('site', 'follow', 'follow-request', 'mention', 'like', 'boost', 'poll', 'post', 'move', 'report'));--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_source" CHECK (("notifications"."kind" = 'site') = ("notifications"."activity_id" is not null) and ("notifications"."kind" = 'site') = ("notifications"."actor" is null));