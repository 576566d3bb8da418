CREATE TABLE "check_ins" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "check_ins_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"ticket_id" bigint NOT NULL,
	"occurrence_key" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by_id" bigint,
	"was_offline" boolean DEFAULT false NOT NULL,
	CONSTRAINT "check_ins_once" UNIQUE("ticket_id","occurrence_key")
);
--> statement-breakpoint
CREATE TABLE "ticket_boxes" (
	"entry_id" bigint PRIMARY KEY NOT NULL,
	"capacity" integer,
	"questions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"refund_hours" integer DEFAULT 48,
	"can_transfer" boolean DEFAULT true NOT NULL,
	"has_waiting_list" boolean DEFAULT true NOT NULL,
	"offer_minutes" integer DEFAULT 720 NOT NULL,
	CONSTRAINT "ticket_boxes_numbers" CHECK ("ticket_boxes"."capacity" > 0 and "ticket_boxes"."refund_hours" >= 0 and "ticket_boxes"."offer_minutes" between 5 and 10080)
);
--> statement-breakpoint
CREATE TABLE "ticket_transfers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ticket_transfers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"ticket_id" bigint NOT NULL,
	"old_code" text NOT NULL,
	"from_user_id" bigint,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ticket_transfers_oldCode_unique" UNIQUE("old_code")
);
--> statement-breakpoint
CREATE TABLE "ticket_waits" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ticket_waits_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"ticket_type_id" bigint NOT NULL,
	"occurrence_key" text DEFAULT '' NOT NULL,
	"user_id" bigint,
	"email" text,
	"name" text DEFAULT '' NOT NULL,
	"quantity" integer NOT NULL,
	"token" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"offered_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ticket_waits_token_unique" UNIQUE("token"),
	CONSTRAINT "ticket_waits_state" CHECK ("ticket_waits"."state" in ('waiting', 'offered', 'taken', 'lapsed', 'left')),
	CONSTRAINT "ticket_waits_holder" CHECK (num_nonnulls("ticket_waits"."user_id", "ticket_waits"."email") = 1),
	CONSTRAINT "ticket_waits_quantity" CHECK ("ticket_waits"."quantity" between 1 and 99),
	CONSTRAINT "ticket_waits_offer" CHECK (("ticket_waits"."state" <> 'offered') or "ticket_waits"."offered_until" is not null)
);
--> statement-breakpoint
ALTER TABLE "tickets" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "ticket_types" ADD COLUMN "vat_class" text DEFAULT 'standard' NOT NULL;--> statement-breakpoint
ALTER TABLE "ticket_types" ADD COLUMN "covers" text DEFAULT 'whole' NOT NULL;--> statement-breakpoint
ALTER TABLE "ticket_types" ADD COLUMN "opens_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ticket_types" ADD COLUMN "closes_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ticket_types" ADD COLUMN "per_person" integer;--> statement-breakpoint
ALTER TABLE "ticket_types" ADD COLUMN "code" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "ticket_types" ADD COLUMN "is_for_members" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "ticket_types" ADD COLUMN "is_donation" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "ticket_types" ADD COLUMN "is_closed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "occurrence_key" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "holder_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "order_line_id" bigint;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "seat" integer;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "batch" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "price_minor" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "answers" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "bought_for" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "told" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "transferred_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "cancelled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_by_id_users_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_boxes" ADD CONSTRAINT "ticket_boxes_entry_id_calendar_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."calendar_entries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_transfers" ADD CONSTRAINT "ticket_transfers_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_transfers" ADD CONSTRAINT "ticket_transfers_from_user_id_users_id_fk" FOREIGN KEY ("from_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_waits" ADD CONSTRAINT "ticket_waits_ticket_type_id_ticket_types_id_fk" FOREIGN KEY ("ticket_type_id") REFERENCES "public"."ticket_types"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_waits" ADD CONSTRAINT "ticket_waits_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "check_ins_by" ON "check_ins" USING btree ("by_id");--> statement-breakpoint
CREATE INDEX "ticket_transfers_ticket" ON "ticket_transfers" USING btree ("ticket_id");--> statement-breakpoint
CREATE INDEX "ticket_transfers_from" ON "ticket_transfers" USING btree ("from_user_id");--> statement-breakpoint
CREATE INDEX "ticket_waits_type" ON "ticket_waits" USING btree ("ticket_type_id","occurrence_key","id");--> statement-breakpoint
CREATE INDEX "ticket_waits_of_user" ON "ticket_waits" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_waits_user" ON "ticket_waits" USING btree ("user_id","ticket_type_id","occurrence_key") WHERE "ticket_waits"."state" in ('waiting', 'offered');--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_waits_email" ON "ticket_waits" USING btree ("email","ticket_type_id","occurrence_key") WHERE "ticket_waits"."state" in ('waiting', 'offered');--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_order_line_id_order_lines_id_fk" FOREIGN KEY ("order_line_id") REFERENCES "public"."order_lines"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cart_lines_ref" ON "cart_lines" USING btree ("kind","ref");--> statement-breakpoint
CREATE UNIQUE INDEX "tickets_seat" ON "tickets" USING btree ("order_line_id","seat");--> statement-breakpoint
CREATE INDEX "tickets_batch" ON "tickets" USING btree ("batch");--> statement-breakpoint
ALTER TABLE "ticket_types" ADD CONSTRAINT "ticket_types_per_person" CHECK ("ticket_types"."per_person" > 0);--> statement-breakpoint
ALTER TABLE "ticket_types" ADD CONSTRAINT "ticket_types_covers" CHECK ("ticket_types"."covers" in ('whole', 'time'));--> statement-breakpoint
ALTER TABLE "ticket_types" ADD CONSTRAINT "ticket_types_vat_class" CHECK ("ticket_types"."vat_class" in ('zero', 'reduced', 'standard'));--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_holder" CHECK (num_nonnulls("tickets"."user_id", "tickets"."email") > 0);--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_line" CHECK (("tickets"."order_line_id" is null) = ("tickets"."seat" is null));