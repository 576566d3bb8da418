CREATE TABLE "data_exports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"taken_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "erased_addresses" (
	"hash" text PRIMARY KEY NOT NULL,
	"erased_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "erased_list" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"cluster" text NOT NULL,
	"compared_at" timestamp with time zone NOT NULL,
	CONSTRAINT "erased_list_one" CHECK ("erased_list"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "erased_people" (
	"user_id" bigint NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"handle_hash" text NOT NULL,
	"address_hashes" text[] DEFAULT '{}' NOT NULL,
	"keeps_posts" boolean DEFAULT true NOT NULL,
	"keeps_comments" boolean DEFAULT true NOT NULL,
	"was_shown" boolean DEFAULT false NOT NULL,
	"erased_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erased_people_user_id_joined_at_pk" PRIMARY KEY("user_id","joined_at"),
	CONSTRAINT "erased_people_handleHash_unique" UNIQUE("handle_hash")
);
--> statement-breakpoint
CREATE TABLE "erasure_receipts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "erasure_receipts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"erasure_id" bigint NOT NULL,
	"app" text NOT NULL,
	"what" text NOT NULL,
	"deed" text NOT NULL,
	"count" integer NOT NULL,
	"kept_until" timestamp with time zone,
	"because" text DEFAULT '' NOT NULL,
	"done_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erasure_receipts_app" CHECK ("erasure_receipts"."app" in ('blog', 'market', 'cart', 'events', 'federation', 'account')),
	CONSTRAINT "erasure_receipts_deed" CHECK ("erasure_receipts"."deed" in ('deleted', 'blanked', 'kept')),
	CONSTRAINT "erasure_receipts_until" CHECK (("erasure_receipts"."kept_until" is not null) = ("erasure_receipts"."deed" = 'kept'))
);
--> statement-breakpoint
CREATE TABLE "erasure_steps" (
	"erasure_id" bigint NOT NULL,
	"app" text NOT NULL,
	"done_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erasure_steps_erasure_id_app_pk" PRIMARY KEY("erasure_id","app"),
	CONSTRAINT "erasure_steps_app" CHECK ("erasure_steps"."app" in ('blog', 'market', 'cart', 'events', 'federation', 'account'))
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "erasures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" bigint NOT NULL,
	"state" text DEFAULT 'asked' NOT NULL,
	"keeps_posts" boolean DEFAULT true NOT NULL,
	"keeps_comments" boolean DEFAULT true NOT NULL,
	"asked_by" bigint,
	"reason" text DEFAULT '' NOT NULL,
	"former" text NOT NULL,
	"handle" text,
	"addresses" text[] DEFAULT '{}' NOT NULL,
	"files" text[] DEFAULT '{}' NOT NULL,
	"waits_for" text DEFAULT '' NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"begun_at" timestamp with time zone,
	"undone_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	CONSTRAINT "erasures_state" CHECK ("erasures"."state" in ('asked', 'undone', 'running', 'finished')),
	CONSTRAINT "erasures_begun" CHECK (("erasures"."begun_at" is not null) = ("erasures"."state" in ('running', 'finished'))),
	CONSTRAINT "erasures_closed" CHECK ("erasures"."closed_at" is null or ("erasures"."handle" is null and "erasures"."addresses" = '{}'))
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "data_exports" ADD CONSTRAINT "data_exports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_receipts" ADD CONSTRAINT "erasure_receipts_erasure_id_erasures_id_fk" FOREIGN KEY ("erasure_id") REFERENCES "public"."erasures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_steps" ADD CONSTRAINT "erasure_steps_erasure_id_erasures_id_fk" FOREIGN KEY ("erasure_id") REFERENCES "public"."erasures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_asked_by_users_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "data_exports_user" ON "data_exports" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "data_exports_expires" ON "data_exports" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "erasure_receipts_erasure" ON "erasure_receipts" USING btree ("erasure_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "erasures_one_open" ON "erasures" USING btree ("user_id") WHERE "erasures"."state" <> 'undone';--> statement-breakpoint
CREATE INDEX "erasures_user" ON "erasures" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "erasures_asked_by" ON "erasures" USING btree ("asked_by");--> statement-breakpoint
CREATE INDEX "erasures_due" ON "erasures" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "erasures_handle" ON "erasures" USING btree ("handle") WHERE "erasures"."handle" is not null;