CREATE TABLE "merchant_pages" (
	"page_id" bigint PRIMARY KEY NOT NULL,
	"merchant_id" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "merchants" DROP CONSTRAINT "merchants_page";--> statement-breakpoint
ALTER TABLE "cart_lines" DROP CONSTRAINT "cart_lines_one_thing";--> statement-breakpoint
ALTER TABLE "payment_matters" DROP CONSTRAINT "payment_matters_kind";--> statement-breakpoint
ALTER TABLE "cart_lines" ADD COLUMN "kind" text;--> statement-breakpoint
ALTER TABLE "cart_lines" ADD COLUMN "ref" text;--> statement-breakpoint
ALTER TABLE "cart_lines" ADD COLUMN "metadata" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "kind" text;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "ref" text;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "metadata" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "purchase" text;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "value_on" date;--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "address" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "vat_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "key_jwe" text;--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "key_set_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "is_default" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "via" text;--> statement-breakpoint
ALTER TABLE "merchant_pages" ADD CONSTRAINT "merchant_pages_page_id_pages_id_fk" FOREIGN KEY ("page_id") REFERENCES "public"."pages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merchant_pages" ADD CONSTRAINT "merchant_pages_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "merchant_pages_merchant" ON "merchant_pages" USING btree ("merchant_id");--> statement-breakpoint
CREATE INDEX "order_lines_ref" ON "order_lines" USING btree ("kind","ref");--> statement-breakpoint
CREATE INDEX "orders_purchase" ON "orders" USING btree ("purchase");--> statement-breakpoint
CREATE UNIQUE INDEX "merchants_one_default" ON "merchants" USING btree ("is_default") WHERE "merchants"."is_default";--> statement-breakpoint
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_one_per_ref" UNIQUE("cart_id","kind","ref");--> statement-breakpoint
ALTER TABLE "merchants" ADD CONSTRAINT "merchants_page" UNIQUE("page_id");--> statement-breakpoint
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_kind" CHECK (("cart_lines"."kind" is null) = ("cart_lines"."ref" is null) and "cart_lines"."kind" ~ '^[a-z-]{1,20}$');--> statement-breakpoint
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_one_thing" CHECK (num_nonnulls("cart_lines"."product_id", "cart_lines"."lot_id", "cart_lines"."ref") = 1);--> statement-breakpoint
ALTER TABLE "merchants" ADD CONSTRAINT "merchants_key" CHECK (("merchants"."key_jwe" is null) = ("merchants"."key_set_at" is null));--> statement-breakpoint
ALTER TABLE "payment_matters" ADD CONSTRAINT "payment_matters_kind" CHECK ("payment_matters"."kind" in ('amount_differs', 'currency_differs', 'merchant_differs', 'reference_differs', 'transaction_differs', 'paid_twice', 'refund_refused', 'refund_unknown', 'refunded_elsewhere', 'charge_back', 'unknown_payment', 'checkout_refused', 'key_missing', 'not_all_comes'));--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_via" CHECK ("refunds"."via" in ('cash', 'bank'));--> statement-breakpoint
UPDATE "merchants" SET "is_default" = true WHERE "page_id" IS NULL;--> statement-breakpoint
INSERT INTO "merchant_pages" ("page_id", "merchant_id") SELECT "page_id", "id" FROM "merchants" WHERE "page_id" IS NOT NULL;
