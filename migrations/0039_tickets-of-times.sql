CREATE TABLE "ticket_times" (
	"entry_id" bigint NOT NULL,
	"occurrence_key" text NOT NULL,
	"capacity" integer NOT NULL,
	CONSTRAINT "ticket_times_entry_id_occurrence_key_pk" PRIMARY KEY("entry_id","occurrence_key"),
	CONSTRAINT "ticket_times_numbers" CHECK ("ticket_times"."capacity" > 0 and "ticket_times"."occurrence_key" <> '')
);
--> statement-breakpoint
ALTER TABLE "containments" DROP CONSTRAINT "containments_one_thing";--> statement-breakpoint
ALTER TABLE "ticket_types" ALTER COLUMN "capacity" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "containments" ADD COLUMN "entry_id" bigint;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "continues" bigint[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "ticket_types" ADD COLUMN "group_name" text;--> statement-breakpoint
ALTER TABLE "ticket_times" ADD CONSTRAINT "ticket_times_entry_id_calendar_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."calendar_entries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "containments" ADD CONSTRAINT "containments_entry_id_calendar_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."calendar_entries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "containments_entry" ON "containments" USING btree ("entry_id");--> statement-breakpoint
CREATE INDEX "calendar_entries_continues" ON "calendar_entries" USING gin ("continues");--> statement-breakpoint
ALTER TABLE "containments" ADD CONSTRAINT "containments_once_an_entry" UNIQUE("page_id","entry_id");--> statement-breakpoint
ALTER TABLE "containments" ADD CONSTRAINT "containments_one_thing" CHECK (num_nonnulls("containments"."calendar_id", "containments"."market_place_id", "containments"."entry_id") = 1);