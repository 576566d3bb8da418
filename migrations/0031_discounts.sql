CREATE TABLE "discounts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "discounts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"merchant_id" bigint NOT NULL,
	"basis_points" integer,
	"amount_minor" integer,
	"scope" text DEFAULT 'everything' NOT NULL,
	"category_id" bigint,
	"product_id" bigint,
	"audience" text DEFAULT 'everybody' NOT NULL,
	"group_name" text,
	"code" text,
	"starts_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp with time zone,
	"max_uses" integer,
	"is_combinable" boolean DEFAULT false NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "discounts_code_unique" UNIQUE("code"),
	CONSTRAINT "discounts_name" CHECK (length("discounts"."name") between 1 and 100),
	CONSTRAINT "discounts_one_figure" CHECK (num_nonnulls("discounts"."basis_points", "discounts"."amount_minor") = 1),
	CONSTRAINT "discounts_figures" CHECK ("discounts"."basis_points" between 1 and 10000 and "discounts"."amount_minor" > 0 and "discounts"."max_uses" > 0),
	CONSTRAINT "discounts_scope" CHECK ("discounts"."scope" in ('everything', 'category', 'product')),
	CONSTRAINT "discounts_scope_of" CHECK (("discounts"."scope" = 'category') = ("discounts"."category_id" is not null) and ("discounts"."scope" = 'product') = ("discounts"."product_id" is not null)),
	CONSTRAINT "discounts_audience" CHECK ("discounts"."audience" in ('everybody', 'group', 'person')),
	CONSTRAINT "discounts_group" CHECK (("discounts"."audience" = 'group') = ("discounts"."group_name" is not null)),
	CONSTRAINT "discounts_code" CHECK ("discounts"."code" ~ '^[A-Z0-9-]{3,30}$'),
	CONSTRAINT "discounts_times" CHECK ("discounts"."starts_at" < "discounts"."ends_at")
);
--> statement-breakpoint
CREATE TABLE "order_discounts" (
	"order_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"discount_id" bigint,
	"name" text NOT NULL,
	"amount_minor" integer NOT NULL,
	CONSTRAINT "order_discounts_order_id_position_pk" PRIMARY KEY("order_id","position"),
	CONSTRAINT "order_discounts_amount" CHECK ("order_discounts"."amount_minor" > 0)
);
--> statement-breakpoint
ALTER TABLE "postings" DROP CONSTRAINT "postings_account";--> statement-breakpoint
ALTER TABLE "carts" ADD COLUMN "discount_code" text;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "list_price_minor" integer;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "discount_minor" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "discounts" ADD CONSTRAINT "discounts_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discounts" ADD CONSTRAINT "discounts_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discounts" ADD CONSTRAINT "discounts_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_discounts" ADD CONSTRAINT "order_discounts_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_discounts" ADD CONSTRAINT "order_discounts_discount_id_discounts_id_fk" FOREIGN KEY ("discount_id") REFERENCES "public"."discounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "discounts_merchant" ON "discounts" USING btree ("merchant_id");--> statement-breakpoint
CREATE INDEX "discounts_category" ON "discounts" USING btree ("category_id");--> statement-breakpoint
CREATE INDEX "discounts_product" ON "discounts" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "order_discounts_discount" ON "order_discounts" USING btree ("discount_id");--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_discount" CHECK ("order_lines"."discount_minor" between 0 and "order_lines"."quantity"::bigint * "order_lines"."unit_price_minor");--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_account" CHECK ("postings"."account" ~ '^((sumup|cash|bank|suspense|owed|disputes):[A-Za-z0-9_-]{1,40}|(sales|vat|refunds|discounts):(zero|reduced|standard)|rounding)$');