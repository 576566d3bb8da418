CREATE TABLE "market_place_exceptions" (
	"place_id" bigint NOT NULL,
	"day" date NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "market_place_exceptions_place_id_day_pk" PRIMARY KEY("place_id","day"),
	CONSTRAINT "market_place_exceptions_note" CHECK (length("market_place_exceptions"."note") <= 100)
);
--> statement-breakpoint
CREATE TABLE "market_place_hours" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "market_place_hours_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"place_id" bigint NOT NULL,
	"weekday" integer,
	"day" date,
	"opens_minute" integer NOT NULL,
	"closes_minute" integer NOT NULL,
	CONSTRAINT "market_place_hours_once" UNIQUE NULLS NOT DISTINCT("place_id","weekday","day","opens_minute"),
	CONSTRAINT "market_place_hours_when" CHECK (num_nonnulls("market_place_hours"."weekday", "market_place_hours"."day") = 1 and "market_place_hours"."weekday" between 1 and 7),
	CONSTRAINT "market_place_hours_minutes" CHECK ("market_place_hours"."opens_minute" between 0 and 1439 and "market_place_hours"."closes_minute" > "market_place_hours"."opens_minute" and "market_place_hours"."closes_minute" - "market_place_hours"."opens_minute" <= 1440)
);
--> statement-breakpoint
CREATE TABLE "market_place_picks" (
	"place_id" bigint NOT NULL,
	"product_id" bigint NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "market_place_picks_place_id_product_id_pk" PRIMARY KEY("place_id","product_id")
);
--> statement-breakpoint
CREATE TABLE "market_place_rules" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "market_place_rules_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"place_id" bigint NOT NULL,
	"category_id" bigint,
	"label" text,
	"supplier_id" bigint,
	CONSTRAINT "market_place_rules_once" UNIQUE NULLS NOT DISTINCT("place_id","category_id","label","supplier_id"),
	CONSTRAINT "market_place_rules_some" CHECK (num_nonnulls("market_place_rules"."category_id", "market_place_rules"."label", "market_place_rules"."supplier_id") >= 1)
);
--> statement-breakpoint
CREATE TABLE "market_places" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "market_places_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"summary" text DEFAULT '' NOT NULL,
	"location" text DEFAULT '' NOT NULL,
	"html" text DEFAULT '' NOT NULL,
	"zone" text NOT NULL,
	"is_public" boolean DEFAULT false NOT NULL,
	"position" integer NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "market_places_slug_unique" UNIQUE("slug"),
	CONSTRAINT "market_places_slug" CHECK ("market_places"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "market_places_name_length" CHECK (length("market_places"."name") between 1 and 100)
);
--> statement-breakpoint
CREATE TABLE "product_announcements" (
	"product_id" bigint PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"is_alone" boolean NOT NULL,
	"announced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "product_views" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "product_views_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"product_id" bigint NOT NULL,
	"user_id" bigint,
	"device_id" text,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "product_views_once_a_member" UNIQUE("user_id","product_id"),
	CONSTRAINT "product_views_once_a_device" UNIQUE("device_id","product_id"),
	CONSTRAINT "product_views_by_one" CHECK (num_nonnulls("product_views"."user_id", "product_views"."device_id") = 1)
);
--> statement-breakpoint
ALTER TABLE "containments" ALTER COLUMN "calendar_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "containments" ADD COLUMN "market_place_id" bigint;--> statement-breakpoint
ALTER TABLE "market_place_exceptions" ADD CONSTRAINT "market_place_exceptions_place_id_market_places_id_fk" FOREIGN KEY ("place_id") REFERENCES "public"."market_places"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market_place_hours" ADD CONSTRAINT "market_place_hours_place_id_market_places_id_fk" FOREIGN KEY ("place_id") REFERENCES "public"."market_places"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market_place_hours" ADD CONSTRAINT "market_place_hours_exception" FOREIGN KEY ("place_id","day") REFERENCES "public"."market_place_exceptions"("place_id","day") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market_place_picks" ADD CONSTRAINT "market_place_picks_place_id_market_places_id_fk" FOREIGN KEY ("place_id") REFERENCES "public"."market_places"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market_place_picks" ADD CONSTRAINT "market_place_picks_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market_place_rules" ADD CONSTRAINT "market_place_rules_place_id_market_places_id_fk" FOREIGN KEY ("place_id") REFERENCES "public"."market_places"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market_place_rules" ADD CONSTRAINT "market_place_rules_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market_place_rules" ADD CONSTRAINT "market_place_rules_supplier_id_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."suppliers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_views" ADD CONSTRAINT "product_views_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_views" ADD CONSTRAINT "product_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_views" ADD CONSTRAINT "product_views_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "market_place_hours_day" ON "market_place_hours" USING btree ("place_id","day");--> statement-breakpoint
CREATE INDEX "market_place_picks_product" ON "market_place_picks" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "market_place_rules_category" ON "market_place_rules" USING btree ("category_id");--> statement-breakpoint
CREATE INDEX "market_place_rules_supplier" ON "market_place_rules" USING btree ("supplier_id");--> statement-breakpoint
CREATE INDEX "market_places_order" ON "market_places" USING btree ("position","id");--> statement-breakpoint
CREATE INDEX "product_announcements_newest" ON "product_announcements" USING btree ("announced_at");--> statement-breakpoint
CREATE INDEX "product_views_product" ON "product_views" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "product_views_seen" ON "product_views" USING btree ("seen_at");--> statement-breakpoint
ALTER TABLE "containments" ADD CONSTRAINT "containments_market_place_id_market_places_id_fk" FOREIGN KEY ("market_place_id") REFERENCES "public"."market_places"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "containments_market_place" ON "containments" USING btree ("market_place_id");--> statement-breakpoint
ALTER TABLE "containments" ADD CONSTRAINT "containments_once_a_place" UNIQUE("page_id","market_place_id");--> statement-breakpoint
ALTER TABLE "containments" ADD CONSTRAINT "containments_one_thing" CHECK (num_nonnulls("containments"."calendar_id", "containments"."market_place_id") = 1);--> statement-breakpoint
INSERT INTO "product_announcements" ("product_id", "name", "slug", "is_alone", "announced_at") SELECT "id", "name", "slug", false, "created_at" FROM "products"; -- what is on the shelf already is no news
