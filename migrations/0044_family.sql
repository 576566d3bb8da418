CREATE TABLE "guardianships" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "guardianships_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"guardian_id" bigint NOT NULL,
	"ward_id" bigint,
	"ward_name" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"decided_by_id" bigint,
	"decided_at" timestamp with time zone,
	"note" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "guardianships_state" CHECK ("guardianships"."state" in ('asked', 'active', 'declined', 'ended')),
	CONSTRAINT "guardianships_ward" CHECK (("guardianships"."ward_id" is null) = ("guardianships"."ward_name" <> '')),
	CONSTRAINT "guardianships_two" CHECK ("guardianships"."ward_id" <> "guardianships"."guardian_id"),
	CONSTRAINT "guardianships_child" CHECK ("guardianships"."ward_id" is not null or "guardianships"."state" in ('active', 'ended'))
);
--> statement-breakpoint
ALTER TABLE "guardianships" ADD CONSTRAINT "guardianships_guardian_id_users_id_fk" FOREIGN KEY ("guardian_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guardianships" ADD CONSTRAINT "guardianships_ward_id_users_id_fk" FOREIGN KEY ("ward_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guardianships" ADD CONSTRAINT "guardianships_decided_by_id_users_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "guardianships_once" ON "guardianships" USING btree ("guardian_id","ward_id") WHERE "guardianships"."state" in ('asked', 'active');--> statement-breakpoint
CREATE INDEX "guardianships_guardian" ON "guardianships" USING btree ("guardian_id");--> statement-breakpoint
CREATE INDEX "guardianships_ward_of" ON "guardianships" USING btree ("ward_id");--> statement-breakpoint
CREATE INDEX "guardianships_decided_by" ON "guardianships" USING btree ("decided_by_id");--> statement-breakpoint
CREATE INDEX "guardianships_asked" ON "guardianships" USING btree ("created_at") WHERE "guardianships"."state" = 'asked';