CREATE TABLE "calendar_imports" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"calendar_id" bigint NOT NULL,
	"name" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"brought_by_id" bigint NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "entry_answers" (
	"entry_id" bigint NOT NULL,
	"key" text NOT NULL,
	"user_id" bigint NOT NULL,
	"comes" boolean NOT NULL,
	"is_named" boolean NOT NULL,
	"answered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entry_answers_entry_id_key_user_id_pk" PRIMARY KEY("entry_id","key","user_id")
);
--> statement-breakpoint
ALTER TABLE "calendars" DROP CONSTRAINT "calendars_proposers";--> statement-breakpoint
ALTER TABLE "calendars" ADD COLUMN "proposers_group" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_imports" ADD CONSTRAINT "calendar_imports_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_imports" ADD CONSTRAINT "calendar_imports_brought_by_id_users_id_fk" FOREIGN KEY ("brought_by_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entry_answers" ADD CONSTRAINT "entry_answers_entry_id_calendar_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."calendar_entries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entry_answers" ADD CONSTRAINT "entry_answers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calendar_imports_calendar" ON "calendar_imports" USING btree ("calendar_id");--> statement-breakpoint
CREATE INDEX "calendar_imports_brought_by" ON "calendar_imports" USING btree ("brought_by_id");--> statement-breakpoint
CREATE INDEX "calendar_imports_expires" ON "calendar_imports" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "entry_answers_user" ON "entry_answers" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "calendars" ADD CONSTRAINT "calendars_proposers_group" CHECK ("calendars"."proposers" <> 'group' or "calendars"."proposers_group" <> '');--> statement-breakpoint
ALTER TABLE "calendars" ADD CONSTRAINT "calendars_proposers" CHECK ("calendars"."proposers" in ('members', 'group', 'keepers'));