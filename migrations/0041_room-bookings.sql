CREATE TABLE "booking_times" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "booking_times_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"booking_id" bigint NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"price_minor" integer DEFAULT 0 NOT NULL,
	"is_off" boolean DEFAULT false NOT NULL,
	CONSTRAINT "booking_times_once" UNIQUE("booking_id","starts_at"),
	CONSTRAINT "booking_times_order" CHECK ("booking_times"."ends_at" > "booking_times"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "bookings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "bookings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"slot_id" bigint NOT NULL,
	"room_id" bigint NOT NULL,
	"code" text NOT NULL,
	"state" text NOT NULL,
	"user_id" bigint,
	"email" text,
	"holder_name" text DEFAULT '' NOT NULL,
	"purpose" text NOT NULL,
	"zone" text NOT NULL,
	"order_line_id" bigint,
	"note" text DEFAULT '' NOT NULL,
	"decided_by_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bookings_code_unique" UNIQUE("code"),
	CONSTRAINT "bookings_order_line" UNIQUE("order_line_id"),
	CONSTRAINT "bookings_state" CHECK ("bookings"."state" in ('held', 'requested', 'confirmed', 'declined', 'cancelled')),
	CONSTRAINT "bookings_holder" CHECK ("bookings"."state" = 'held' or num_nonnulls("bookings"."user_id", "bookings"."email") > 0)
);
--> statement-breakpoint
CREATE TABLE "room_closures" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "room_closures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"room_id" bigint NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"reason" text NOT NULL,
	"closed_by_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lifted_at" timestamp with time zone,
	CONSTRAINT "room_closures_order" CHECK ("room_closures"."ends_at" > "room_closures"."starts_at"),
	CONSTRAINT "room_closures_reason" CHECK ("room_closures"."reason" <> '')
);
--> statement-breakpoint
CREATE TABLE "room_slots" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "room_slots_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"room_id" bigint NOT NULL,
	"calendar_id" bigint NOT NULL,
	"weekday" integer NOT NULL,
	"starts_time" text NOT NULL,
	"minutes" integer NOT NULL,
	"zone" text NOT NULL,
	"price_minor" integer DEFAULT 0 NOT NULL,
	"currency" text DEFAULT 'GBP' NOT NULL,
	"vat_class" text DEFAULT 'standard' NOT NULL,
	"is_for_members" boolean DEFAULT true NOT NULL,
	"is_moderated" boolean DEFAULT false NOT NULL,
	"refund_hours" integer DEFAULT 48,
	"first_on" date NOT NULL,
	"last_on" date,
	"is_closed" boolean DEFAULT false NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "room_slots_starts_time" CHECK ("room_slots"."starts_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
	CONSTRAINT "room_slots_numbers" CHECK ("room_slots"."weekday" between 1 and 7 and "room_slots"."minutes" between 15 and 1440),
	CONSTRAINT "room_slots_price" CHECK ("room_slots"."price_minor" >= 0 and ("room_slots"."price_minor" = 0 or not "room_slots"."is_moderated")),
	CONSTRAINT "room_slots_refund" CHECK ("room_slots"."refund_hours" between 0 and 2000),
	CONSTRAINT "room_slots_days" CHECK ("room_slots"."last_on" >= "room_slots"."first_on"),
	CONSTRAINT "room_slots_vat_class" CHECK ("room_slots"."vat_class" in ('zero', 'reduced', 'standard'))
);
--> statement-breakpoint
ALTER TABLE "room_claims" ADD COLUMN "booking_time_id" bigint;--> statement-breakpoint
ALTER TABLE "booking_times" ADD CONSTRAINT "booking_times_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_slot_id_room_slots_id_fk" FOREIGN KEY ("slot_id") REFERENCES "public"."room_slots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_order_line_id_order_lines_id_fk" FOREIGN KEY ("order_line_id") REFERENCES "public"."order_lines"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_decided_by_id_users_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_closures" ADD CONSTRAINT "room_closures_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_closures" ADD CONSTRAINT "room_closures_closed_by_id_users_id_fk" FOREIGN KEY ("closed_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_slots" ADD CONSTRAINT "room_slots_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_slots" ADD CONSTRAINT "room_slots_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "booking_times_ends" ON "booking_times" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "bookings_slot" ON "bookings" USING btree ("slot_id");--> statement-breakpoint
CREATE INDEX "bookings_room" ON "bookings" USING btree ("room_id");--> statement-breakpoint
CREATE INDEX "bookings_user" ON "bookings" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "bookings_decided_by" ON "bookings" USING btree ("decided_by_id");--> statement-breakpoint
CREATE INDEX "bookings_requested" ON "bookings" USING btree ("created_at") WHERE "bookings"."state" = 'requested';--> statement-breakpoint
CREATE INDEX "room_closures_room" ON "room_closures" USING btree ("room_id");--> statement-breakpoint
CREATE INDEX "room_closures_closed_by" ON "room_closures" USING btree ("closed_by_id");--> statement-breakpoint
CREATE INDEX "room_slots_room" ON "room_slots" USING btree ("room_id");--> statement-breakpoint
CREATE INDEX "room_slots_calendar" ON "room_slots" USING btree ("calendar_id");--> statement-breakpoint
ALTER TABLE "room_claims" ADD CONSTRAINT "room_claims_booking_time_id_booking_times_id_fk" FOREIGN KEY ("booking_time_id") REFERENCES "public"."booking_times"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "room_claims_booking_time" ON "room_claims" USING btree ("booking_time_id");