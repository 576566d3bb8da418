CREATE TABLE "category_parents" (
	"category_id" bigint NOT NULL,
	"parent_id" bigint NOT NULL,
	CONSTRAINT "category_parents_category_id_parent_id_pk" PRIMARY KEY("category_id","parent_id"),
	CONSTRAINT "category_parents_not_itself" CHECK ("category_parents"."category_id" <> "category_parents"."parent_id")
);
--> statement-breakpoint
CREATE TABLE "product_groups" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "product_groups_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "product_groups_slug_unique" UNIQUE("slug"),
	CONSTRAINT "product_groups_slug" CHECK ("product_groups"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
--> statement-breakpoint
CREATE TABLE "product_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "product_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"product_id" bigint NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"user_id" bigint,
	"source_id" bigint,
	"field" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"reason" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "product_overrides" (
	"product_id" bigint NOT NULL,
	"field" text NOT NULL,
	"value" jsonb NOT NULL,
	"user_id" bigint,
	"said_at" timestamp with time zone DEFAULT now() NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	CONSTRAINT "product_overrides_product_id_field_pk" PRIMARY KEY("product_id","field")
);
--> statement-breakpoint
CREATE TABLE "product_sources" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "product_sources_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"product_id" bigint NOT NULL,
	"supplier_id" bigint NOT NULL,
	"sku" text NOT NULL,
	"fields" jsonb NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "product_sources_once_each" UNIQUE("supplier_id","sku"),
	CONSTRAINT "product_sources_fields" CHECK (jsonb_typeof("product_sources"."fields") = 'object'),
	CONSTRAINT "product_sources_sku" CHECK (length("product_sources"."sku") between 1 and 100)
);
--> statement-breakpoint
CREATE TABLE "shelf_entries" (
	"product_id" bigint PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"maker_id" integer NOT NULL,
	"food_id" integer NOT NULL,
	"section_id" integer NOT NULL,
	"price_minor" integer NOT NULL,
	"is_available" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shelf_foods" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "shelf_foods_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"labels" text[] NOT NULL,
	"allergens" text[] NOT NULL,
	"is_stated" boolean NOT NULL,
	CONSTRAINT "shelf_foods_once" UNIQUE("labels","allergens","is_stated")
);
--> statement-breakpoint
CREATE TABLE "shelf_makers" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "shelf_makers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"brand" text NOT NULL,
	"supplier_id" bigint NOT NULL,
	CONSTRAINT "shelf_makers_once" UNIQUE("brand","supplier_id")
);
--> statement-breakpoint
CREATE TABLE "shelf_sections" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "shelf_sections_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"category_ids" bigint[] NOT NULL,
	CONSTRAINT "shelf_sections_once" UNIQUE("category_ids")
);
--> statement-breakpoint
CREATE TABLE "shelf_stale" (
	"product_id" bigint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "group_id" bigint;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "variant_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "is_lead" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "members_price_minor" integer;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "case_size" integer;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "gtin" text;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "recipe" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "is_recipe_whole" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "nutrition" jsonb;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "category_parents" ADD CONSTRAINT "category_parents_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "category_parents" ADD CONSTRAINT "category_parents_parent_id_categories_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."categories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_changes" ADD CONSTRAINT "product_changes_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_changes" ADD CONSTRAINT "product_changes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_changes" ADD CONSTRAINT "product_changes_source_id_product_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."product_sources"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_overrides" ADD CONSTRAINT "product_overrides_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_overrides" ADD CONSTRAINT "product_overrides_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_sources" ADD CONSTRAINT "product_sources_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_sources" ADD CONSTRAINT "product_sources_supplier_id_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."suppliers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shelf_entries" ADD CONSTRAINT "shelf_entries_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shelf_entries" ADD CONSTRAINT "shelf_entries_maker_id_shelf_makers_id_fk" FOREIGN KEY ("maker_id") REFERENCES "public"."shelf_makers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shelf_entries" ADD CONSTRAINT "shelf_entries_food_id_shelf_foods_id_fk" FOREIGN KEY ("food_id") REFERENCES "public"."shelf_foods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shelf_entries" ADD CONSTRAINT "shelf_entries_section_id_shelf_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."shelf_sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shelf_stale" ADD CONSTRAINT "shelf_stale_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "category_parents_parent" ON "category_parents" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "product_changes_product" ON "product_changes" USING btree ("product_id","field","id");--> statement-breakpoint
CREATE INDEX "product_changes_user" ON "product_changes" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "product_changes_source" ON "product_changes" USING btree ("source_id");--> statement-breakpoint
CREATE INDEX "product_overrides_user" ON "product_overrides" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "product_sources_product" ON "product_sources" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "shelf_entries_maker" ON "shelf_entries" USING btree ("maker_id");--> statement-breakpoint
CREATE INDEX "shelf_entries_food" ON "shelf_entries" USING btree ("food_id");--> statement-breakpoint
CREATE INDEX "shelf_entries_section" ON "shelf_entries" USING btree ("section_id");--> statement-breakpoint
CREATE INDEX "shelf_entries_name" ON "shelf_entries" USING btree ("name","product_id");--> statement-breakpoint
CREATE INDEX "shelf_entries_price" ON "shelf_entries" USING btree ("price_minor","product_id");--> statement-breakpoint
CREATE INDEX "shelf_entries_newest" ON "shelf_entries" USING btree ("created_at" DESC NULLS LAST,"product_id" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_group_id_product_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."product_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "products_lead" ON "products" USING btree ("group_id") WHERE "products"."is_lead";--> statement-breakpoint
CREATE INDEX "products_group_variants" ON "products" USING btree ("group_id");--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_members_price" CHECK ("products"."members_price_minor" >= 0 and "products"."members_price_minor" < "products"."price_minor");--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_case_size" CHECK ("products"."case_size" > 0);--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_gtin" CHECK ("products"."gtin" ~ '^([0-9]{8}|[0-9]{12,14})$');--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_group" CHECK ("products"."group_id" is not null or ("products"."is_lead" and "products"."variant_name" = ''));--> statement-breakpoint
CREATE FUNCTION "refuse_category_circle"() RETURNS trigger LANGUAGE plpgsql AS $$
-- one at a time: two links that are each fine can close a circle together
BEGIN
	PERFORM pg_advisory_xact_lock(hashtextextended('market.category_parents', 0));
	IF EXISTS (
		WITH RECURSIVE above (id) AS (
			SELECT NEW.parent_id
			UNION
			SELECT parents.parent_id FROM category_parents AS parents JOIN above ON parents.category_id = above.id
		)
		SELECT FROM above WHERE id = NEW.category_id
	) THEN
		RAISE EXCEPTION 'a shelf would be a part of itself' USING ERRCODE = 'check_violation', CONSTRAINT = 'category_parents_acyclic';
	END IF;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "refuse_category_circle" AFTER INSERT OR UPDATE ON "category_parents" FOR EACH ROW EXECUTE FUNCTION "refuse_category_circle"();--> statement-breakpoint
CREATE TRIGGER "note_relation_change" AFTER INSERT OR UPDATE OR DELETE ON "category_parents" FOR EACH ROW EXECUTE FUNCTION "note_relation_change"('category_id');--> statement-breakpoint
CREATE TRIGGER "note_relation_truncate" AFTER TRUNCATE ON "category_parents" FOR EACH STATEMENT EXECUTE FUNCTION "note_relation_change"();--> statement-breakpoint
CREATE TYPE "shelf_settled" AS ("id" bigint, "brand" text, "supplier_id" bigint, "labels" text[], "allergens" text[], "is_stated" boolean, "category_ids" bigint[]);--> statement-breakpoint
CREATE FUNCTION "refresh_shelf_entries"("touched" bigint[]) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
-- planned each time: one product and a whole catalogue want other plans.
-- The rules of market/relations/food.dl for many products at once: what grows with ingredients and shelves is read from what the
-- engine exports, what is said of a product from the facts. A test holds the two against each other.
DECLARE
	leads bigint[];
	settled shelf_settled[];
BEGIN
	SELECT array_agg(id ORDER BY id) INTO leads FROM (
		SELECT id FROM products WHERE id = ANY (touched) AND is_lead
		UNION SELECT lead.id FROM products AS product JOIN products AS lead USING (group_id) WHERE product.id = ANY (touched) AND lead.is_lead
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
		SELECT coalesce(group_id, -id) AS key, min(price_minor) AS price_minor, bool_or(stock > 0) AS is_available
		FROM products WHERE id = ANY (leads) OR group_id IN (SELECT group_id FROM products WHERE id = ANY (leads)) GROUP BY 1
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
CREATE FUNCTION "keep_shelf_entries"() RETURNS trigger LANGUAGE plpgsql AS $$
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
					now.is_recipe_whole, now.price_minor, now.stock > 0, now.group_id, now.is_lead, now.created_at) IS DISTINCT FROM
					(was.name, was.brand, was.supplier_id, was.labels, was.contains, was.may_contain, was.are_allergens_stated, was.recipe,
					was.is_recipe_whole, was.price_minor, was.stock > 0, was.group_id, was.is_lead, was.created_at)
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
END $$;--> statement-breakpoint
CREATE TRIGGER "keep_shelf_entries_insert" AFTER INSERT ON "products" REFERENCING NEW TABLE AS "touched" FOR EACH STATEMENT EXECUTE FUNCTION "keep_shelf_entries"();--> statement-breakpoint
CREATE TRIGGER "keep_shelf_entries_update" AFTER UPDATE ON "products" REFERENCING OLD TABLE AS "before" NEW TABLE AS "touched" FOR EACH STATEMENT EXECUTE FUNCTION "keep_shelf_entries"();--> statement-breakpoint
CREATE TRIGGER "keep_shelf_entries_delete" AFTER DELETE ON "products" REFERENCING OLD TABLE AS "touched" FOR EACH STATEMENT EXECUTE FUNCTION "keep_shelf_entries"();--> statement-breakpoint
CREATE TRIGGER "keep_shelf_entries_insert" AFTER INSERT ON "product_categories" REFERENCING NEW TABLE AS "touched" FOR EACH STATEMENT EXECUTE FUNCTION "keep_shelf_entries"();--> statement-breakpoint
CREATE TRIGGER "keep_shelf_entries_update" AFTER UPDATE ON "product_categories" REFERENCING NEW TABLE AS "touched" FOR EACH STATEMENT EXECUTE FUNCTION "keep_shelf_entries"();--> statement-breakpoint
CREATE TRIGGER "keep_shelf_entries_delete" AFTER DELETE ON "product_categories" REFERENCING OLD TABLE AS "touched" FOR EACH STATEMENT EXECUTE FUNCTION "keep_shelf_entries"();--> statement-breakpoint
CREATE TRIGGER "keep_shelf_entries_insert" AFTER INSERT ON "relation_facts" REFERENCING NEW TABLE AS "touched" FOR EACH STATEMENT EXECUTE FUNCTION "keep_shelf_entries"();--> statement-breakpoint
CREATE TRIGGER "keep_shelf_entries_update" AFTER UPDATE ON "relation_facts" REFERENCING NEW TABLE AS "touched" FOR EACH STATEMENT EXECUTE FUNCTION "keep_shelf_entries"();--> statement-breakpoint
CREATE TRIGGER "keep_shelf_entries_delete" AFTER DELETE ON "relation_facts" REFERENCING OLD TABLE AS "touched" FOR EACH STATEMENT EXECUTE FUNCTION "keep_shelf_entries"();--> statement-breakpoint
CREATE TRIGGER "keep_shelf_entries_insert" AFTER INSERT ON "relation_tuples" REFERENCING NEW TABLE AS "touched" FOR EACH STATEMENT EXECUTE FUNCTION "keep_shelf_entries"();--> statement-breakpoint
CREATE TRIGGER "keep_shelf_entries_update" AFTER UPDATE ON "relation_tuples" REFERENCING NEW TABLE AS "touched" FOR EACH STATEMENT EXECUTE FUNCTION "keep_shelf_entries"();--> statement-breakpoint
CREATE TRIGGER "keep_shelf_entries_delete" AFTER DELETE ON "relation_tuples" REFERENCING OLD TABLE AS "touched" FOR EACH STATEMENT EXECUTE FUNCTION "keep_shelf_entries"();--> statement-breakpoint
DO $$ BEGIN PERFORM refresh_shelf_entries(array_agg(id)) FROM products; END $$;
