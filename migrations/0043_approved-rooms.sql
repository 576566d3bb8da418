ALTER TABLE "bookings" DROP CONSTRAINT "bookings_state";--> statement-breakpoint
ALTER TABLE "room_slots" DROP CONSTRAINT "room_slots_price";--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "agreed_minor" integer;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "pay_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "room_slots" ADD COLUMN "pay_hours" integer DEFAULT 48 NOT NULL;--> statement-breakpoint
CREATE INDEX "bookings_approved_until" ON "bookings" USING btree ("pay_until") WHERE "bookings"."state" = 'approved';--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_agreed" CHECK ("bookings"."agreed_minor" >= 0);--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_approved" CHECK ("bookings"."state" <> 'approved' or num_nonnulls("bookings"."pay_until", "bookings"."agreed_minor") = 2);--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_state" CHECK ("bookings"."state" in ('held', 'requested', 'approved', 'confirmed', 'declined', 'cancelled'));--> statement-breakpoint
ALTER TABLE "room_slots" ADD CONSTRAINT "room_slots_pay_hours" CHECK ("room_slots"."pay_hours" between 1 and 720);--> statement-breakpoint
ALTER TABLE "room_slots" ADD CONSTRAINT "room_slots_price" CHECK ("room_slots"."price_minor" >= 0);