CREATE TABLE "ap_activity_handlings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ap_activity_handlings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"activity_id" bigint NOT NULL,
	"handler" text NOT NULL,
	"object_type" text NOT NULL,
	"object_id" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease" uuid,
	"last_error" text,
	"settled_at" timestamp with time zone,
	CONSTRAINT "ap_activity_handlings_once" UNIQUE("activity_id","handler"),
	CONSTRAINT "ap_activity_handlings_state" CHECK ("ap_activity_handlings"."state" in ('pending', 'done', 'dead', 'discarded')),
	CONSTRAINT "ap_activity_handlings_settled" CHECK (("ap_activity_handlings"."state" = 'pending') = ("ap_activity_handlings"."settled_at" is null)),
	CONSTRAINT "ap_activity_handlings_lease" CHECK ("ap_activity_handlings"."lease" is null or "ap_activity_handlings"."state" = 'pending')
);
--> statement-breakpoint
ALTER TABLE "ap_activity_handlings" ADD CONSTRAINT "ap_activity_handlings_activity_id_ap_activities_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."ap_activities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ap_activity_handlings_due" ON "ap_activity_handlings" USING btree ("handler","next_attempt_at","id") WHERE "ap_activity_handlings"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "ap_activity_handlings_in_order" ON "ap_activity_handlings" USING btree ("handler","object_type","object_id","id") WHERE "ap_activity_handlings"."state" = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "ap_activity_handlings_one_in_hand" ON "ap_activity_handlings" USING btree ("handler","object_type","object_id") WHERE "ap_activity_handlings"."lease" is not null;--> statement-breakpoint
CREATE INDEX "ap_activity_handlings_dead" ON "ap_activity_handlings" USING btree ("settled_at","id") WHERE "ap_activity_handlings"."state" = 'dead';--> statement-breakpoint
CREATE INDEX "ap_activity_handlings_settled_at" ON "ap_activity_handlings" USING brin ("settled_at");--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_once" UNIQUE("user_id","activity_id");