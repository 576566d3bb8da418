CREATE TABLE "scrape_alarms" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "scrape_alarms_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"supplier_id" bigint NOT NULL,
	"run_id" bigint NOT NULL,
	"last_run_id" bigint NOT NULL,
	"drifts" jsonb NOT NULL,
	"raised_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ending" text DEFAULT '' NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" bigint,
	"ended_in_run" bigint,
	"reason" text DEFAULT '' NOT NULL,
	CONSTRAINT "scrape_alarms_ending" CHECK ("scrape_alarms"."ending" in ('', 'found-again', 'dismissed')),
	CONSTRAINT "scrape_alarms_ended" CHECK (("scrape_alarms"."ending" = '') = ("scrape_alarms"."ended_at" is null))
);
--> statement-breakpoint
CREATE TABLE "scrape_finding_fields" (
	"finding_id" bigint NOT NULL,
	"field" text NOT NULL,
	"before" jsonb,
	"after" jsonb NOT NULL,
	"can_take" boolean NOT NULL,
	"source" text NOT NULL,
	"confidence_percent" integer NOT NULL,
	"doubt" text DEFAULT '' NOT NULL,
	"decision" text DEFAULT 'waiting' NOT NULL,
	"rule" text DEFAULT '' NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"user_id" bigint,
	"decided_at" timestamp with time zone,
	"stands" boolean DEFAULT true NOT NULL,
	CONSTRAINT "scrape_finding_fields_finding_id_field_pk" PRIMARY KEY("finding_id","field"),
	CONSTRAINT "scrape_finding_fields_field" CHECK ("scrape_finding_fields"."field" in ('name', 'brand', 'priceMinor', 'availability', 'gtin', 'ingredients')),
	CONSTRAINT "scrape_finding_fields_decision" CHECK ("scrape_finding_fields"."decision" in ('waiting', 'accepted', 'declined', 'superseded')),
	CONSTRAINT "scrape_finding_fields_decided" CHECK (("scrape_finding_fields"."decision" in ('accepted', 'declined')) = ("scrape_finding_fields"."decided_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "scrape_findings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "scrape_findings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"supplier_id" bigint NOT NULL,
	"sku" text NOT NULL,
	"run_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"doubts" text[] DEFAULT '{}' NOT NULL,
	"product_id" bigint,
	"match_id" bigint,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "scrape_findings_kind" CHECK ("scrape_findings"."kind" in ('new', 'changed', 'gone')),
	CONSTRAINT "scrape_findings_state" CHECK ("scrape_findings"."state" in ('waiting', 'settled', 'superseded')),
	CONSTRAINT "scrape_findings_about" CHECK ("scrape_findings"."kind" = 'new' or "scrape_findings"."product_id" is not null)
);
--> statement-breakpoint
ALTER TABLE "scrape_alarms" ADD CONSTRAINT "scrape_alarms_supplier_id_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."suppliers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scrape_alarms" ADD CONSTRAINT "scrape_alarms_run_id_scrape_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."scrape_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scrape_alarms" ADD CONSTRAINT "scrape_alarms_last_run_id_scrape_runs_id_fk" FOREIGN KEY ("last_run_id") REFERENCES "public"."scrape_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scrape_alarms" ADD CONSTRAINT "scrape_alarms_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scrape_alarms" ADD CONSTRAINT "scrape_alarms_ended_in_run_scrape_runs_id_fk" FOREIGN KEY ("ended_in_run") REFERENCES "public"."scrape_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scrape_finding_fields" ADD CONSTRAINT "scrape_finding_fields_finding_id_scrape_findings_id_fk" FOREIGN KEY ("finding_id") REFERENCES "public"."scrape_findings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scrape_finding_fields" ADD CONSTRAINT "scrape_finding_fields_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scrape_findings" ADD CONSTRAINT "scrape_findings_supplier_id_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."suppliers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scrape_findings" ADD CONSTRAINT "scrape_findings_run_id_scrape_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."scrape_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scrape_findings" ADD CONSTRAINT "scrape_findings_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scrape_findings" ADD CONSTRAINT "scrape_findings_match_id_products_id_fk" FOREIGN KEY ("match_id") REFERENCES "public"."products"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "scrape_alarms_one_standing" ON "scrape_alarms" USING btree ("supplier_id") WHERE "scrape_alarms"."ending" = '';--> statement-breakpoint
CREATE INDEX "scrape_alarms_supplier" ON "scrape_alarms" USING btree ("supplier_id","id");--> statement-breakpoint
CREATE INDEX "scrape_alarms_run" ON "scrape_alarms" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "scrape_alarms_last_run" ON "scrape_alarms" USING btree ("last_run_id");--> statement-breakpoint
CREATE INDEX "scrape_alarms_ended_in_run" ON "scrape_alarms" USING btree ("ended_in_run");--> statement-breakpoint
CREATE INDEX "scrape_alarms_ended_by" ON "scrape_alarms" USING btree ("ended_by");--> statement-breakpoint
CREATE INDEX "scrape_finding_fields_user" ON "scrape_finding_fields" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "scrape_findings_one_waiting" ON "scrape_findings" USING btree ("supplier_id","sku") WHERE "scrape_findings"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "scrape_findings_sku" ON "scrape_findings" USING btree ("supplier_id","sku","id");--> statement-breakpoint
CREATE INDEX "scrape_findings_run" ON "scrape_findings" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "scrape_findings_product" ON "scrape_findings" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "scrape_findings_match" ON "scrape_findings" USING btree ("match_id");