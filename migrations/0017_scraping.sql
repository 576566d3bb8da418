CREATE TABLE "scrape_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "scrape_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"url" text DEFAULT '' NOT NULL,
	"words" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scrape_hosts" (
	"host" text PRIMARY KEY NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"robots" text,
	"robots_verdict" text,
	"robots_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "scrape_pages" (
	"run_id" bigint NOT NULL,
	"url" text NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"position" bigint GENERATED ALWAYS AS IDENTITY (sequence name "scrape_pages_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"depth" integer NOT NULL,
	"barren" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp with time zone DEFAULT now() NOT NULL,
	"status" integer,
	"etag" text,
	"last_modified" text,
	"snapshot" text,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "scrape_pages_run_id_url_pk" PRIMARY KEY("run_id","url"),
	CONSTRAINT "scrape_pages_kind" CHECK ("scrape_pages"."kind" in ('listing', 'product')),
	CONSTRAINT "scrape_pages_state" CHECK ("scrape_pages"."state" in ('waiting', 'fetched', 'unchanged', 'skipped', 'failed')),
	CONSTRAINT "scrape_pages_url" CHECK (length("scrape_pages"."url") <= 2000)
);
--> statement-breakpoint
CREATE TABLE "scrape_records" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "scrape_records_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"supplier_id" bigint NOT NULL,
	"sku" text NOT NULL,
	"url" text NOT NULL,
	"fields" jsonb NOT NULL,
	"doubts" text[] DEFAULT '{}' NOT NULL,
	"extractor_version" text NOT NULL,
	"digest" text NOT NULL,
	"first_seen_run" bigint NOT NULL,
	"last_seen_run" bigint NOT NULL,
	"changed_run" bigint NOT NULL,
	"missing_since_run" bigint,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "scrape_records_once_each" UNIQUE("supplier_id","sku"),
	CONSTRAINT "scrape_records_sku" CHECK (length("scrape_records"."sku") between 1 and 100)
);
--> statement-breakpoint
CREATE TABLE "scrape_runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "scrape_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"supplier_id" bigint NOT NULL,
	"config_digest" text DEFAULT '' NOT NULL,
	"rules" jsonb,
	"state" text DEFAULT 'waiting' NOT NULL,
	"is_stop_asked" boolean DEFAULT false NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_by" bigint,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"held_by" uuid,
	"held_until" timestamp with time zone,
	"counts" jsonb DEFAULT '{"listed":0,"fetched":0,"unchanged":0,"products":0,"refused":0,"failed":0,"bytes":0}'::jsonb NOT NULL,
	"found" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"ending" text DEFAULT '' NOT NULL,
	CONSTRAINT "scrape_runs_state" CHECK ("scrape_runs"."state" in ('waiting', 'running', 'paused', 'complete', 'incomplete', 'stopped', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "scrape_snapshots" (
	"sha256" text PRIMARY KEY NOT NULL,
	"gzip" "bytea" NOT NULL,
	"content_type" text DEFAULT '' NOT NULL,
	"stored_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wanted_pictures" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "wanted_pictures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"product_id" bigint NOT NULL,
	"url" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp with time zone DEFAULT now() NOT NULL,
	"held_until" timestamp with time zone,
	"media_id" bigint,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "wanted_pictures_once" UNIQUE("product_id","url"),
	CONSTRAINT "wanted_pictures_state" CHECK ("wanted_pictures"."state" in ('waiting', 'taken', 'failed')),
	CONSTRAINT "wanted_pictures_url" CHECK (length("wanted_pictures"."url") <= 2000)
);
--> statement-breakpoint
ALTER TABLE "scrape_entries" ADD CONSTRAINT "scrape_entries_run_id_scrape_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."scrape_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scrape_pages" ADD CONSTRAINT "scrape_pages_run_id_scrape_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."scrape_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scrape_records" ADD CONSTRAINT "scrape_records_supplier_id_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."suppliers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scrape_runs" ADD CONSTRAINT "scrape_runs_supplier_id_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."suppliers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scrape_runs" ADD CONSTRAINT "scrape_runs_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wanted_pictures" ADD CONSTRAINT "wanted_pictures_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wanted_pictures" ADD CONSTRAINT "wanted_pictures_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "scrape_entries_run" ON "scrape_entries" USING btree ("run_id","id");--> statement-breakpoint
CREATE INDEX "scrape_pages_waiting" ON "scrape_pages" USING btree ("run_id","kind","position") WHERE "scrape_pages"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "scrape_pages_snapshot" ON "scrape_pages" USING btree ("snapshot");--> statement-breakpoint
CREATE INDEX "scrape_records_url" ON "scrape_records" USING btree ("supplier_id","url");--> statement-breakpoint
CREATE INDEX "scrape_records_seen" ON "scrape_records" USING btree ("supplier_id","last_seen_run");--> statement-breakpoint
CREATE UNIQUE INDEX "scrape_runs_one_open" ON "scrape_runs" USING btree ("supplier_id") WHERE "scrape_runs"."state" in ('waiting', 'running', 'paused');--> statement-breakpoint
CREATE INDEX "scrape_runs_supplier" ON "scrape_runs" USING btree ("supplier_id","id");--> statement-breakpoint
CREATE INDEX "scrape_runs_started_by" ON "scrape_runs" USING btree ("started_by");--> statement-breakpoint
CREATE INDEX "wanted_pictures_waiting" ON "wanted_pictures" USING btree ("not_before","id") WHERE "wanted_pictures"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "wanted_pictures_media" ON "wanted_pictures" USING btree ("media_id");