ALTER TABLE "order_pick_ups" ADD COLUMN "address" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "pick_ups" ADD COLUMN "fee_minor" integer;--> statement-breakpoint
ALTER TABLE "pick_ups" ADD COLUMN "free_from_minor" integer;--> statement-breakpoint
ALTER TABLE "pick_ups" ADD COLUMN "areas" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "pick_ups" ADD CONSTRAINT "pick_ups_fee" CHECK ("pick_ups"."fee_minor" >= 0 and "pick_ups"."free_from_minor" > 0);--> statement-breakpoint
ALTER TABLE "pick_ups" ADD CONSTRAINT "pick_ups_of_delivery" CHECK ("pick_ups"."fee_minor" is not null or ("pick_ups"."free_from_minor" is null and cardinality("pick_ups"."areas") = 0));