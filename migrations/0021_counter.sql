CREATE TABLE "change_lines" (
	"set_id" bigint NOT NULL,
	"line" integer NOT NULL,
	"product_id" bigint,
	"revision" integer,
	"name" text NOT NULL,
	"change" jsonb,
	"shown" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"state" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "change_lines_set_id_line_pk" PRIMARY KEY("set_id","line"),
	CONSTRAINT "change_lines_state" CHECK ("change_lines"."state" in ('new', 'changed', 'held', 'same', 'refused', 'applied', 'conflict'))
);
--> statement-breakpoint
CREATE TABLE "change_sets" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "change_sets_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"title" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"user_id" bigint,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"file" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "change_sets_kind" CHECK ("change_sets"."kind" in ('bulk', 'list', 'rules')),
	CONSTRAINT "change_sets_state" CHECK ("change_sets"."state" in ('mapping', 'draft', 'applying', 'done', 'discarded')),
	CONSTRAINT "change_sets_reason" CHECK ("change_sets"."state" in ('mapping', 'draft', 'discarded') or "change_sets"."reason" <> '')
);
--> statement-breakpoint
CREATE TABLE "category_addresses" (
	"slug" text PRIMARY KEY NOT NULL,
	"category_id" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "category_addresses_slug" CHECK ("category_addresses"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
--> statement-breakpoint
CREATE TABLE "price_rules" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "price_rules_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"position" integer NOT NULL,
	"category_id" bigint,
	"supplier_id" bigint,
	"add_permille" integer NOT NULL,
	"minimum_add_minor" integer DEFAULT 0 NOT NULL,
	"rounding" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "price_rules_rounding" CHECK ("price_rules"."rounding" in ('penny', 'five', 'ten', 'forty-nine', 'ninety-nine')),
	CONSTRAINT "price_rules_numbers" CHECK ("price_rules"."add_permille" between 0 and 10000 and "price_rules"."minimum_add_minor" between 0 and 100000)
);
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "is_on_sale" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "for_sale" integer GENERATED ALWAYS AS (case when is_on_sale then stock else 0 end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "cost_minor" integer;--> statement-breakpoint
ALTER TABLE "change_lines" ADD CONSTRAINT "change_lines_set_id_change_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "public"."change_sets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_lines" ADD CONSTRAINT "change_lines_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_sets" ADD CONSTRAINT "change_sets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "category_addresses" ADD CONSTRAINT "category_addresses_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_rules" ADD CONSTRAINT "price_rules_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_rules" ADD CONSTRAINT "price_rules_supplier_id_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."suppliers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "change_lines_state" ON "change_lines" USING btree ("set_id","state","line");--> statement-breakpoint
CREATE INDEX "change_lines_product" ON "change_lines" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "change_sets_newest" ON "change_sets" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "change_sets_user" ON "change_sets" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "category_addresses_category" ON "category_addresses" USING btree ("category_id");--> statement-breakpoint
CREATE INDEX "price_rules_category" ON "price_rules" USING btree ("category_id");--> statement-breakpoint
CREATE INDEX "price_rules_supplier" ON "price_rules" USING btree ("supplier_id");--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_cost" CHECK ("products"."cost_minor" >= 0);--> statement-breakpoint
CREATE OR REPLACE FUNCTION "refresh_shelf_entries"("touched" bigint[]) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
-- planned each time: one product and a whole catalogue want other plans.
-- The rules of market/relations/food.dl for many products at once: what grows with ingredients and shelves is read from what the
-- engine exports, what is said of a product from the facts. A test holds the two against each other.
DECLARE
	leads bigint[];
	settled shelf_settled[];
BEGIN
	SELECT array_agg(id ORDER BY id) INTO leads FROM (
		SELECT id FROM products WHERE id = ANY (touched) AND is_lead AND is_on_sale
		UNION SELECT lead.id FROM products AS product JOIN products AS lead USING (group_id) WHERE product.id = ANY (touched) AND lead.is_lead AND lead.is_on_sale
	) AS found;
	-- whoever waits here reads below what the other one has committed
	PERFORM FROM shelf_entries WHERE product_id = ANY (touched || leads) ORDER BY product_id FOR UPDATE;
	DELETE FROM shelf_entries WHERE product_id = ANY (touched) AND NOT product_id = ANY (coalesce(leads, '{}'));
	WITH lead AS MATERIALIZED (
		SELECT *, to_jsonb('product:' || id) AS named FROM products WHERE id = ANY (leads)
	), said AS MATERIALIZED (
		SELECT lead.id, relation, arguments ->> 1 AS value FROM lead
		JOIN relation_facts ON relation IN ('market.contains', 'market.allergen', 'market.label', 'market.denied_label', 'market.ingredients_known', 'market.category')
			AND arguments -> 0 = named AND (expires_at IS NULL OR expires_at > now())
	), tuples AS MATERIALIZED (
		SELECT relation, arguments ->> 0 AS first, arguments ->> 1 AS second FROM relation_tuples
		WHERE relation IN ('market.brings', 'market.of_animal_within', 'market.shelf_label', 'market.broader')
	), inside AS (
		SELECT id, unnest(recipe) AS ingredient FROM lead UNION SELECT id, value FROM said WHERE relation = 'market.contains'
	), allergen AS (
		SELECT id, unnest(contains || may_contain) AS name FROM lead
		UNION SELECT id, value FROM said WHERE relation = 'market.allergen'
		UNION SELECT inside.id, second FROM inside JOIN tuples ON relation = 'market.brings' AND first = ingredient
	), direct AS (
		SELECT lead.id, 'category:' || category_id AS shelf FROM lead JOIN product_categories ON product_id = lead.id
		UNION SELECT id, value FROM said WHERE relation = 'market.category'
	), shelf AS (
		SELECT id, shelf FROM direct UNION SELECT id, second FROM direct JOIN tuples ON relation = 'market.broader' AND first = shelf
	), plant AS (
		SELECT id FROM lead
		WHERE (is_recipe_whole OR EXISTS (SELECT FROM said WHERE said.id = lead.id AND relation = 'market.ingredients_known'))
			AND NOT EXISTS (SELECT FROM inside JOIN tuples ON relation = 'market.of_animal_within' AND first = ingredient WHERE inside.id = lead.id)
	), derived AS (
		SELECT id, 'vegan' AS name FROM plant
		UNION SELECT shelf.id, second FROM shelf JOIN tuples ON relation = 'market.shelf_label' AND first = shelf.shelf
	), firm AS (
		SELECT id, unnest(labels) AS name FROM lead
		UNION SELECT id, value FROM said WHERE relation = 'market.label'
		UNION SELECT id, name FROM derived WHERE NOT EXISTS (
			SELECT FROM said WHERE said.id = derived.id AND relation = 'market.denied_label' AND value = derived.name)
	), label AS (
		SELECT id, name FROM firm
		UNION SELECT id, 'vegetarian' FROM firm WHERE name = 'vegan' AND NOT EXISTS (
			SELECT FROM said WHERE said.id = firm.id AND relation = 'market.denied_label' AND value = 'vegetarian')
	), allergens AS (
		SELECT id, array_agg(name ORDER BY name COLLATE "C") AS list FROM allergen GROUP BY id
	), labels AS (
		SELECT id, array_agg(name ORDER BY name COLLATE "C") AS list FROM label GROUP BY id
	), shelves AS (
		SELECT id, array_agg(number ORDER BY number) AS list
		FROM (SELECT DISTINCT id, substr(shelf, 10)::bigint AS number FROM shelf WHERE shelf ~ '^category:[0-9]{1,18}$') AS numbered GROUP BY id
	)
	SELECT array_agg(ROW(lead.id, brand, supplier_id, coalesce(labels.list, '{}'), coalesce(allergens.list, '{}'), are_allergens_stated, coalesce(shelves.list, '{}'))::shelf_settled)
	INTO settled FROM lead LEFT JOIN shelves USING (id) LEFT JOIN labels USING (id) LEFT JOIN allergens USING (id);

	INSERT INTO shelf_makers (brand, supplier_id)
	SELECT brand, supplier_id FROM unnest(settled) EXCEPT SELECT brand, supplier_id FROM shelf_makers ON CONFLICT DO NOTHING;
	INSERT INTO shelf_foods (labels, allergens, is_stated)
	SELECT labels, allergens, is_stated FROM unnest(settled) EXCEPT SELECT labels, allergens, is_stated FROM shelf_foods ON CONFLICT DO NOTHING;
	INSERT INTO shelf_sections (category_ids)
	SELECT category_ids FROM unnest(settled) EXCEPT SELECT category_ids FROM shelf_sections ON CONFLICT DO NOTHING;

	WITH whole AS MATERIALIZED (
		SELECT coalesce(group_id, -id) AS key, min(price_minor) AS price_minor, bool_or(for_sale > 0) AS is_available
		FROM products WHERE is_on_sale AND (id = ANY (leads) OR group_id IN (SELECT group_id FROM products WHERE id = ANY (leads))) GROUP BY 1
	)
	INSERT INTO shelf_entries AS entry (product_id, name, maker_id, food_id, section_id, price_minor, is_available, created_at)
	SELECT products.id, lower(name), shelf_makers.id, shelf_foods.id, shelf_sections.id, whole.price_minor, whole.is_available, created_at
	FROM unnest(settled) AS said JOIN products ON products.id = said.id JOIN whole ON whole.key = coalesce(products.group_id, -products.id)
	JOIN shelf_makers ON shelf_makers.brand = said.brand AND shelf_makers.supplier_id = said.supplier_id
	JOIN shelf_foods ON shelf_foods.labels = said.labels AND shelf_foods.allergens = said.allergens AND shelf_foods.is_stated = said.is_stated
	JOIN shelf_sections ON shelf_sections.category_ids = said.category_ids
	ON CONFLICT (product_id) DO UPDATE SET
		(name, maker_id, food_id, section_id, price_minor, is_available, created_at) =
		(excluded.name, excluded.maker_id, excluded.food_id, excluded.section_id, excluded.price_minor, excluded.is_available, excluded.created_at)
	WHERE (entry.name, entry.maker_id, entry.food_id, entry.section_id, entry.price_minor, entry.is_available, entry.created_at) IS DISTINCT FROM
		(excluded.name, excluded.maker_id, excluded.food_id, excluded.section_id, excluded.price_minor, excluded.is_available, excluded.created_at);
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION "keep_shelf_entries"() RETURNS trigger LANGUAGE plpgsql AS $$
-- touched: the rows as they are, or were when they were deleted; before, on products only: as they were when they were updated.
DECLARE
	ids bigint[];
BEGIN
	IF TG_TABLE_NAME = 'products' THEN
		IF TG_OP = 'INSERT' THEN
			SELECT array_agg(id) INTO ids FROM touched;
		ELSIF TG_OP = 'DELETE' THEN
			SELECT array_agg(products.id) INTO ids FROM products JOIN touched USING (group_id);
		ELSE -- each sale changes a stock, and few of them a list
			WITH changed AS MATERIALIZED (
				SELECT now.id, was.group_id FROM touched AS now JOIN before AS was USING (id)
				WHERE (now.name, now.brand, now.supplier_id, now.labels, now.contains, now.may_contain, now.are_allergens_stated, now.recipe,
					now.is_recipe_whole, now.price_minor, now.is_on_sale, now.for_sale > 0, now.group_id, now.is_lead, now.created_at) IS DISTINCT FROM
					(was.name, was.brand, was.supplier_id, was.labels, was.contains, was.may_contain, was.are_allergens_stated, was.recipe,
					was.is_recipe_whole, was.price_minor, was.is_on_sale, was.for_sale > 0, was.group_id, was.is_lead, was.created_at)
			)
			SELECT array_agg(id) INTO ids FROM (SELECT id FROM changed UNION SELECT products.id FROM products JOIN changed USING (group_id)) AS found;
		END IF;
	ELSIF TG_TABLE_NAME = 'product_categories' THEN
		SELECT array_agg(DISTINCT product_id) INTO ids FROM touched;
	ELSIF TG_TABLE_NAME = 'relation_facts' THEN
		SELECT array_agg(DISTINCT substr(arguments ->> 0, 9)::bigint) INTO ids FROM touched
		WHERE relation LIKE 'market.%' AND arguments ->> 0 ~ '^product:[0-9]{1,18}$';
	ELSE
		WITH named AS MATERIALIZED (SELECT arguments ->> 0 AS first FROM touched WHERE relation IN ('market.broader', 'market.shelf_label', 'market.brings', 'market.of_animal_within'))
		SELECT array_agg(DISTINCT id) INTO ids FROM (
			SELECT product_id AS id FROM product_categories WHERE 'category:' || category_id IN (SELECT first FROM named)
			UNION SELECT id FROM products WHERE recipe && ARRAY(SELECT first FROM named)
			UNION SELECT substr(arguments ->> 0, 9)::bigint FROM relation_facts
				WHERE relation IN ('market.contains', 'market.category') AND arguments ->> 0 ~ '^product:[0-9]{1,18}$' AND arguments ->> 1 IN (SELECT first FROM named)
		) AS found;
	END IF;
	IF TG_TABLE_NAME = 'relation_tuples' AND cardinality(ids) > 500 THEN -- whoever exports must not wait so long
		INSERT INTO shelf_stale SELECT id FROM unnest(ids) AS id JOIN products USING (id) ON CONFLICT DO NOTHING;
	ELSIF ids IS NOT NULL THEN
		PERFORM refresh_shelf_entries(ids);
	END IF;
	RETURN NULL;
END $$;
