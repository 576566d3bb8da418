CREATE TABLE "ticket_parts_off" (
	"ticket_id" bigint NOT NULL,
	"entry_id" bigint NOT NULL,
	"price_minor" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ticket_parts_off_ticket_id_entry_id_pk" PRIMARY KEY("ticket_id","entry_id"),
	CONSTRAINT "ticket_parts_off_price" CHECK ("ticket_parts_off"."price_minor" >= 0)
);
--> statement-breakpoint
ALTER TABLE "ticket_parts_off" ADD CONSTRAINT "ticket_parts_off_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_parts_off" ADD CONSTRAINT "ticket_parts_off_entry_id_calendar_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."calendar_entries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ticket_parts_off_entry" ON "ticket_parts_off" USING btree ("entry_id");