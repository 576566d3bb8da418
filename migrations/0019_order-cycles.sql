CREATE TABLE "back_order_lines" (
	"sending_id" bigint NOT NULL,
	"product_id" bigint NOT NULL,
	"name" text NOT NULL,
	"sku" text DEFAULT '' NOT NULL,
	"pack" text NOT NULL,
	"case_size" integer NOT NULL,
	"cases" integer NOT NULL,
	"wanted" integer NOT NULL,
	"from_stock" integer DEFAULT 0 NOT NULL,
	"arrived" integer,
	CONSTRAINT "back_order_lines_sending_id_product_id_pk" PRIMARY KEY("sending_id","product_id"),
	CONSTRAINT "back_order_lines_numbers" CHECK ("back_order_lines"."case_size" > 0 and "back_order_lines"."cases" >= 0 and "back_order_lines"."wanted" >= 0 and "back_order_lines"."from_stock" between 0 and "back_order_lines"."wanted" and "back_order_lines"."arrived" >= 0)
);
--> statement-breakpoint
CREATE TABLE "back_order_sendings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "back_order_sendings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"back_order_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_by" bigint,
	"told_at" timestamp with time zone,
	CONSTRAINT "back_order_sendings_number" UNIQUE("back_order_id","number"),
	CONSTRAINT "back_order_sendings_number_from_one" CHECK ("back_order_sendings"."number" > 0)
);
--> statement-breakpoint
CREATE TABLE "back_orders" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "back_orders_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"cycle_id" bigint NOT NULL,
	"supplier_id" bigint NOT NULL,
	"arrived_at" timestamp with time zone,
	CONSTRAINT "back_orders_one_each" UNIQUE("cycle_id","supplier_id")
);
--> statement-breakpoint
CREATE TABLE "order_pick_ups" (
	"order_id" bigint NOT NULL,
	"cycle_id" bigint NOT NULL,
	"pick_up_id" bigint NOT NULL,
	CONSTRAINT "order_pick_ups_order_id_cycle_id_pk" PRIMARY KEY("order_id","cycle_id")
);
--> statement-breakpoint
CREATE TABLE "shortfalls" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "shortfalls_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"order_line_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"quantity" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"told_at" timestamp with time zone,
	CONSTRAINT "shortfalls_once" UNIQUE("order_line_id","reason"),
	CONSTRAINT "shortfalls_reason" CHECK ("shortfalls"."reason" in ('case-not-full', 'not-delivered')),
	CONSTRAINT "shortfalls_quantity" CHECK ("shortfalls"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "cycle_lots" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cycle_lots_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"cycle_id" bigint NOT NULL,
	"product_id" bigint NOT NULL,
	"max_cases" integer,
	"decision" text,
	CONSTRAINT "cycle_lots_one_each" UNIQUE("cycle_id","product_id"),
	CONSTRAINT "cycle_lots_max_cases" CHECK ("cycle_lots"."max_cases" > 0),
	CONSTRAINT "cycle_lots_decision" CHECK ("cycle_lots"."decision" in ('drop', 'fill'))
);
--> statement-breakpoint
CREATE TABLE "cycle_products" (
	"cycle_id" bigint NOT NULL,
	"product_id" bigint NOT NULL,
	CONSTRAINT "cycle_products_cycle_id_product_id_pk" PRIMARY KEY("cycle_id","product_id")
);
--> statement-breakpoint
CREATE TABLE "cycle_suppliers" (
	"cycle_id" bigint NOT NULL,
	"supplier_id" bigint NOT NULL,
	CONSTRAINT "cycle_suppliers_cycle_id_supplier_id_pk" PRIMARY KEY("cycle_id","supplier_id")
);
--> statement-breakpoint
CREATE TABLE "order_cycles" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "order_cycles_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"zone" text NOT NULL,
	"opens_at" timestamp with time zone NOT NULL,
	"closes_at" timestamp with time zone NOT NULL,
	"incomplete_case" text DEFAULT 'drop' NOT NULL,
	"uses_stock" boolean DEFAULT false NOT NULL,
	"ordered_at" timestamp with time zone,
	"arrived_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_cycles_times" CHECK ("order_cycles"."opens_at" < "order_cycles"."closes_at"),
	CONSTRAINT "order_cycles_name" CHECK (length("order_cycles"."name") between 1 and 120),
	CONSTRAINT "order_cycles_incomplete_case" CHECK ("order_cycles"."incomplete_case" in ('drop', 'fill', 'decide'))
);
--> statement-breakpoint
CREATE TABLE "pick_ups" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pick_ups_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"cycle_id" bigint NOT NULL,
	"place" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"capacity" integer,
	CONSTRAINT "pick_ups_times" CHECK ("pick_ups"."starts_at" < "pick_ups"."ends_at"),
	CONSTRAINT "pick_ups_place" CHECK (length("pick_ups"."place") between 1 and 200),
	CONSTRAINT "pick_ups_capacity" CHECK ("pick_ups"."capacity" > 0)
);
--> statement-breakpoint
ALTER TABLE "cart_lines" ALTER COLUMN "product_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "cart_lines" ADD COLUMN "lot_id" bigint;--> statement-breakpoint
ALTER TABLE "cart_lines" ADD COLUMN "seen_price_minor" integer;--> statement-breakpoint
ALTER TABLE "cart_lines" ADD COLUMN "told_price_minor" integer;--> statement-breakpoint
ALTER TABLE "cart_lines" ADD COLUMN "held_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "lot_id" bigint;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "told_price_minor" integer;--> statement-breakpoint
ALTER TABLE "suppliers" ADD COLUMN "order_email" text;--> statement-breakpoint
ALTER TABLE "suppliers" ADD COLUMN "order_contact" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "back_order_lines" ADD CONSTRAINT "back_order_lines_sending_id_back_order_sendings_id_fk" FOREIGN KEY ("sending_id") REFERENCES "public"."back_order_sendings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "back_order_lines" ADD CONSTRAINT "back_order_lines_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "back_order_sendings" ADD CONSTRAINT "back_order_sendings_back_order_id_back_orders_id_fk" FOREIGN KEY ("back_order_id") REFERENCES "public"."back_orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "back_order_sendings" ADD CONSTRAINT "back_order_sendings_sent_by_users_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "back_orders" ADD CONSTRAINT "back_orders_cycle_id_order_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."order_cycles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "back_orders" ADD CONSTRAINT "back_orders_supplier_id_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."suppliers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_pick_ups" ADD CONSTRAINT "order_pick_ups_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_pick_ups" ADD CONSTRAINT "order_pick_ups_cycle_id_order_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."order_cycles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_pick_ups" ADD CONSTRAINT "order_pick_ups_pick_up_id_pick_ups_id_fk" FOREIGN KEY ("pick_up_id") REFERENCES "public"."pick_ups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shortfalls" ADD CONSTRAINT "shortfalls_order_line_id_order_lines_id_fk" FOREIGN KEY ("order_line_id") REFERENCES "public"."order_lines"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cycle_lots" ADD CONSTRAINT "cycle_lots_cycle_id_order_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."order_cycles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cycle_lots" ADD CONSTRAINT "cycle_lots_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cycle_products" ADD CONSTRAINT "cycle_products_cycle_id_order_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."order_cycles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cycle_products" ADD CONSTRAINT "cycle_products_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cycle_suppliers" ADD CONSTRAINT "cycle_suppliers_cycle_id_order_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."order_cycles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cycle_suppliers" ADD CONSTRAINT "cycle_suppliers_supplier_id_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."suppliers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pick_ups" ADD CONSTRAINT "pick_ups_cycle_id_order_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."order_cycles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "back_order_lines_product" ON "back_order_lines" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "back_order_sendings_by" ON "back_order_sendings" USING btree ("sent_by");--> statement-breakpoint
CREATE INDEX "back_orders_supplier" ON "back_orders" USING btree ("supplier_id");--> statement-breakpoint
CREATE INDEX "order_pick_ups_cycle" ON "order_pick_ups" USING btree ("cycle_id");--> statement-breakpoint
CREATE INDEX "order_pick_ups_pick_up" ON "order_pick_ups" USING btree ("pick_up_id");--> statement-breakpoint
CREATE INDEX "cycle_lots_product" ON "cycle_lots" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "cycle_products_product" ON "cycle_products" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "cycle_suppliers_supplier" ON "cycle_suppliers" USING btree ("supplier_id");--> statement-breakpoint
CREATE INDEX "order_cycles_closes" ON "order_cycles" USING btree ("closes_at","id");--> statement-breakpoint
CREATE INDEX "pick_ups_cycle" ON "pick_ups" USING btree ("cycle_id","starts_at");--> statement-breakpoint
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_lot_id_cycle_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."cycle_lots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_lot_id_cycle_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."cycle_lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cart_lines_lot" ON "cart_lines" USING btree ("lot_id");--> statement-breakpoint
CREATE INDEX "order_lines_lot" ON "order_lines" USING btree ("lot_id");--> statement-breakpoint
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_one_per_lot" UNIQUE("cart_id","lot_id");--> statement-breakpoint
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_one_thing" CHECK (num_nonnulls("cart_lines"."product_id", "cart_lines"."lot_id") = 1);