-- The schema after every migration. Written by `npm run db -- schema`; do not edit.


CREATE TYPE public.shelf_settled AS (
	id bigint,
	brand text,
	supplier_id bigint,
	labels text[],
	allergens text[],
	is_stated boolean,
	category_ids bigint[]
);

CREATE FUNCTION public.cluster_here() RETURNS text
    LANGUAGE sql STABLE
    AS $$
	SELECT system_identifier || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) FROM pg_control_system()
$$;

CREATE FUNCTION public.give_entry_its_time() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF NEW.recurrence = '{}' THEN
    INSERT INTO public.occurrences (entry_id, key, calendar_id, room_id, starts_at, ends_at)
    VALUES (NEW.id, public.occurrence_key(NEW.starts_at, NEW.zone, NEW.is_all_day, NEW.is_floating), NEW.calendar_id, NEW.room_id, NEW.starts_at, NEW.ends_at)
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.hosts_above(host text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT (array_agg(array_to_string(name.parts[n.n:], '.'::text)) || hosts_above.host) FROM (SELECT string_to_array(split_part(hosts_above.host, ':'::text, 1), '.'::text) AS parts) name, LATERAL generate_series(1, cardinality(name.parts)) n(n));

CREATE FUNCTION public.keep_shelf_entries() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
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
END $_$;

CREATE FUNCTION public.note_relation_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
	row_before jsonb;
	row_after jsonb;
	changed text[] := '{}';
	named jsonb;
BEGIN
	IF TG_OP = 'TRUNCATE' THEN
		INSERT INTO relation_changes (source, key) VALUES (TG_TABLE_NAME, '*');
		RETURN NULL;
	END IF;
	IF TG_OP <> 'INSERT' THEN row_before := to_jsonb(OLD); END IF;
	IF TG_OP <> 'DELETE' THEN row_after := to_jsonb(NEW); END IF;
	FOREACH named IN ARRAY array_remove(ARRAY[row_before, row_after], NULL) LOOP
		IF TG_NARGS = 1 THEN
			changed := changed || (named ->> TG_ARGV[0]);
		ELSE
			changed := changed || (SELECT jsonb_agg(named -> name ORDER BY place) FROM unnest(TG_ARGV[0:]) WITH ORDINALITY AS names (name, place))::text;
		END IF;
	END LOOP;
	INSERT INTO relation_changes (source, key) SELECT DISTINCT TG_TABLE_NAME, changed_key FROM unnest(changed) AS changed_key WHERE changed_key IS NOT NULL;
	RETURN NULL;
END $$;

CREATE FUNCTION public.occurrence_key(starts_at timestamp with time zone, zone text, is_all_day boolean, is_floating boolean) RETURNS text
    LANGUAGE sql STABLE
    AS $$
  SELECT CASE
    WHEN is_all_day THEN to_char(starts_at AT TIME ZONE zone, 'YYYYMMDD')
    WHEN is_floating THEN to_char(starts_at AT TIME ZONE zone, 'YYYYMMDD"T"HH24MISS')
    ELSE to_char(starts_at AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"')
  END
$$;

CREATE FUNCTION public.outgoing_paused_at() RETURNS timestamp with time zone
    LANGUAGE plpgsql
    AS $$
DECLARE
	here text := coalesce(current_setting('rose_ash.cluster', true), '');
	known text;
	since timestamptz;
BEGIN
	IF here = '' THEN
		IF pg_is_in_recovery() THEN
			RETURN now(); -- a standby, or not yet recovered
		END IF;
		here := set_config('rose_ash.cluster', cluster_here(), false);
	END IF;
	SELECT cluster, paused_at INTO STRICT known, since FROM outgoing_state;
	IF known <> here THEN
		UPDATE outgoing_state SET cluster = here, paused_at = now(), reason = NULL WHERE cluster <> here;
		SELECT paused_at INTO since FROM outgoing_state;
	END IF;
	RETURN since;
END $$;

CREATE FUNCTION public.refresh_shelf_entries(touched bigint[]) RETURNS void
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_custom_plan'
    AS $_$
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
END $_$;

CREATE FUNCTION public.refuse_category_circle() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
END $$;

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
	RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION public.refuse_closed_room() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
	PERFORM FROM rooms WHERE id = NEW.room_id FOR KEY SHARE;
	IF EXISTS (
		WITH RECURSIVE around AS (
			SELECT id, within_id FROM rooms WHERE id = NEW.room_id
			UNION SELECT rooms.id, rooms.within_id FROM rooms JOIN around ON rooms.id = around.within_id
		)
		SELECT FROM room_closures JOIN around ON around.id = room_closures.room_id
		WHERE lifted_at IS NULL AND tstzrange(room_closures.starts_at, room_closures.ends_at) && NEW.during
	) THEN
		RETURN NULL;
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.refuse_unbalanced_entry() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
	entry bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
	off record;
BEGIN
	SELECT currency, sum(amount_minor) AS amount INTO off FROM postings WHERE entry_id = entry GROUP BY currency HAVING sum(amount_minor) <> 0 LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'ledger entry % is off by % %', entry, off.amount, off.currency USING ERRCODE = 'check_violation';
	END IF;
	IF (SELECT count(*) FROM postings WHERE entry_id = entry) < 2 THEN
		RAISE EXCEPTION 'ledger entry % has no two sides', entry USING ERRCODE = 'check_violation';
	END IF;
	IF (SELECT recorded_at FROM ledger_entries WHERE id = entry) <> now() THEN
		RAISE EXCEPTION 'ledger entry % was written before', entry USING ERRCODE = 'check_violation';
	END IF;
	RETURN NULL;
END $$;

CREATE FUNCTION public.tell_of_site() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
	PERFORM pg_notify('site_changed', '');
	RETURN NULL;
END $$;

CREATE TEXT SEARCH CONFIGURATION public.plain_english (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR asciiword WITH english_stem;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR word WITH public.unaccent, english_stem;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR hword_part WITH public.unaccent, english_stem;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR hword_asciipart WITH english_stem;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR asciihword WITH english_stem;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR hword WITH public.unaccent, english_stem;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain_english
    ADD MAPPING FOR uint WITH simple;

CREATE TABLE public.ap_activities (
    id bigint NOT NULL,
    origin_app text NOT NULL,
    actor_id bigint,
    type text NOT NULL,
    object_type text NOT NULL,
    object_id text NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    visibility text DEFAULT 'internal'::text NOT NULL,
    published_at timestamp with time zone DEFAULT now() NOT NULL,
    traceparent text,
    CONSTRAINT ap_activities_origin_app CHECK ((origin_app = ANY (ARRAY['blog'::text, 'market'::text, 'cart'::text, 'events'::text, 'federation'::text, 'account'::text]))),
    CONSTRAINT ap_activities_type CHECK ((type = ANY (ARRAY['Create'::text, 'Update'::text, 'Delete'::text, 'Add'::text, 'Remove'::text, 'Announce'::text, 'Like'::text, 'Offer'::text, 'Invite'::text, 'Accept'::text, 'Reject'::text, 'Undo'::text]))),
    CONSTRAINT ap_activities_visibility CHECK ((visibility = ANY (ARRAY['internal'::text, 'public'::text, 'unlisted'::text, 'followers'::text, 'direct'::text])))
);

ALTER TABLE public.ap_activities ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ap_activities_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ap_activity_handlings (
    id bigint NOT NULL,
    activity_id bigint NOT NULL,
    handler text NOT NULL,
    object_type text NOT NULL,
    object_id text NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone DEFAULT now() NOT NULL,
    lease uuid,
    last_error text,
    settled_at timestamp with time zone,
    CONSTRAINT ap_activity_handlings_lease CHECK (((lease IS NULL) OR (state = 'pending'::text))),
    CONSTRAINT ap_activity_handlings_settled CHECK (((state = 'pending'::text) = (settled_at IS NULL))),
    CONSTRAINT ap_activity_handlings_state CHECK ((state = ANY (ARRAY['pending'::text, 'done'::text, 'dead'::text, 'discarded'::text])))
);

ALTER TABLE public.ap_activity_handlings ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ap_activity_handlings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ap_blocks (
    actor text NOT NULL,
    blocked text NOT NULL,
    activity text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.ap_bookmarks (
    user_id bigint NOT NULL,
    status_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.ap_deliveries (
    id bigint NOT NULL,
    outgoing_id bigint NOT NULL,
    inbox text NOT NULL,
    host text NOT NULL,
    object text NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    is_first boolean DEFAULT true NOT NULL,
    next_attempt_at timestamp with time zone DEFAULT now() NOT NULL,
    lease uuid,
    last_error text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    settled_at timestamp with time zone,
    CONSTRAINT ap_deliveries_settled CHECK (((state = 'pending'::text) = (settled_at IS NULL))),
    CONSTRAINT ap_deliveries_state CHECK ((state = ANY (ARRAY['pending'::text, 'done'::text, 'dead'::text, 'discarded'::text])))
);

ALTER TABLE public.ap_deliveries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ap_deliveries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ap_documents (
    uri text NOT NULL,
    type text NOT NULL,
    actor text NOT NULL,
    in_reply_to text,
    about text,
    name text DEFAULT ''::text NOT NULL,
    html text DEFAULT ''::text NOT NULL,
    warning text DEFAULT ''::text NOT NULL,
    language text,
    url text,
    visibility text NOT NULL,
    moderation text DEFAULT 'waiting'::text NOT NULL,
    document jsonb,
    published_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone,
    deleted_at timestamp with time zone,
    stored_at timestamp with time zone DEFAULT now() NOT NULL,
    id bigint NOT NULL,
    author_id bigint,
    thread text,
    source text DEFAULT ''::text NOT NULL,
    comment_thread_id bigint,
    comment_root text,
    host text GENERATED ALWAYS AS (split_part(actor, '/'::text, 3)) STORED,
    moderated_by bigint,
    moderated_at timestamp with time zone,
    moderation_reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT ap_documents_moderation CHECK ((moderation = ANY (ARRAY['waiting'::text, 'shown'::text, 'hidden'::text]))),
    CONSTRAINT ap_documents_tombstone CHECK (((deleted_at IS NULL) OR ((document IS NULL) AND (html = ''::text)))),
    CONSTRAINT ap_documents_visibility CHECK ((visibility = ANY (ARRAY['internal'::text, 'public'::text, 'unlisted'::text, 'followers'::text, 'direct'::text])))
);

ALTER TABLE public.ap_documents ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ap_documents_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ap_follows (
    follower text NOT NULL,
    followed text NOT NULL,
    state text NOT NULL,
    activity text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    accepted_at timestamp with time zone,
    CONSTRAINT ap_follows_accepted CHECK (((accepted_at IS NOT NULL) = (state = 'accepted'::text))),
    CONSTRAINT ap_follows_state CHECK ((state = ANY (ARRAY['asked'::text, 'accepted'::text, 'refused'::text])))
);

CREATE TABLE public.ap_hashtags (
    status_id bigint NOT NULL,
    tag text NOT NULL,
    published_at timestamp with time zone NOT NULL,
    CONSTRAINT ap_hashtags_tag CHECK (((tag = lower(tag)) AND ((length(tag) >= 1) AND (length(tag) <= 100))))
);

CREATE TABLE public.ap_hosts (
    host text NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    rests_until timestamp with time zone,
    last_error text,
    signature_style text DEFAULT 'cavage'::text NOT NULL,
    is_suspended boolean DEFAULT false NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    is_silenced boolean DEFAULT false NOT NULL,
    rejects_reports boolean DEFAULT false NOT NULL,
    is_allowed boolean DEFAULT false NOT NULL,
    rejects_media boolean DEFAULT false NOT NULL,
    CONSTRAINT ap_hosts_style CHECK ((signature_style = ANY (ARRAY['cavage'::text, 'rfc9421'::text])))
);

CREATE TABLE public.ap_inbox (
    id bigint NOT NULL,
    app text NOT NULL,
    actor text NOT NULL,
    activity text NOT NULL,
    type text NOT NULL,
    raw text NOT NULL,
    document jsonb NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    outcome text,
    CONSTRAINT ap_inbox_app CHECK ((app = ANY (ARRAY['blog'::text, 'market'::text, 'cart'::text, 'events'::text, 'federation'::text, 'account'::text])))
);

ALTER TABLE public.ap_inbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ap_inbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ap_mentions (
    status_id bigint NOT NULL,
    actor text NOT NULL
);

CREATE TABLE public.ap_outgoing (
    id bigint NOT NULL,
    uri text NOT NULL,
    activity_id bigint,
    app text NOT NULL,
    actor text NOT NULL,
    type text NOT NULL,
    object text NOT NULL,
    object_type text,
    object_id text,
    document text NOT NULL,
    visibility text NOT NULL,
    is_listed boolean DEFAULT false NOT NULL,
    published_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ap_outgoing_app CHECK ((app = ANY (ARRAY['blog'::text, 'market'::text, 'cart'::text, 'events'::text, 'federation'::text, 'account'::text]))),
    CONSTRAINT ap_outgoing_visibility CHECK ((visibility = ANY (ARRAY['internal'::text, 'public'::text, 'unlisted'::text, 'followers'::text, 'direct'::text])))
);

ALTER TABLE public.ap_outgoing ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ap_outgoing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ap_pictures (
    status_id bigint NOT NULL,
    "position" integer NOT NULL,
    media_id bigint NOT NULL,
    alt text DEFAULT ''::text NOT NULL
);

CREATE TABLE public.ap_pins (
    user_id bigint NOT NULL,
    status_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.ap_poll_options (
    status_id bigint NOT NULL,
    "position" integer NOT NULL,
    name text NOT NULL,
    votes integer DEFAULT 0 NOT NULL,
    CONSTRAINT ap_poll_options_votes CHECK ((votes >= 0))
);

CREATE TABLE public.ap_poll_votes (
    status_id bigint NOT NULL,
    "position" integer NOT NULL,
    actor text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.ap_polls (
    status_id bigint NOT NULL,
    is_multiple boolean NOT NULL,
    ends_at timestamp with time zone,
    voters integer DEFAULT 0 NOT NULL,
    changed_at timestamp with time zone,
    told_at timestamp with time zone,
    closed_at timestamp with time zone
);

CREATE TABLE public.ap_reactions (
    type text NOT NULL,
    actor text NOT NULL,
    object text NOT NULL,
    activity text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ap_reactions_type CHECK ((type = ANY (ARRAY['Like'::text, 'Announce'::text, 'Join'::text])))
);

CREATE TABLE public.ap_remote_actors (
    uri text NOT NULL,
    host text NOT NULL,
    type text NOT NULL,
    handle text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    inbox text NOT NULL,
    shared_inbox text,
    followers text,
    keys jsonb NOT NULL,
    document jsonb NOT NULL,
    moved_to text,
    fetched_at timestamp with time zone DEFAULT now() NOT NULL,
    gone_at timestamp with time zone
);

CREATE TABLE public.ap_reports (
    activity text NOT NULL,
    actor text NOT NULL,
    objects text[] NOT NULL,
    words text DEFAULT ''::text NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    closed_at timestamp with time zone,
    id bigint NOT NULL,
    reporter_id bigint,
    accused text,
    forwarded_at timestamp with time zone,
    closed_by bigint,
    verdict text,
    answer text DEFAULT ''::text NOT NULL,
    CONSTRAINT ap_reports_verdict CHECK ((verdict = ANY (ARRAY['upheld'::text, 'dismissed'::text])))
);

ALTER TABLE public.ap_reports ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ap_reports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ap_versions (
    id bigint NOT NULL,
    status_id bigint NOT NULL,
    html text NOT NULL,
    source text DEFAULT ''::text NOT NULL,
    warning text DEFAULT ''::text NOT NULL,
    replaced_at timestamp with time zone NOT NULL
);

ALTER TABLE public.ap_versions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ap_versions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_entries (
    id bigint NOT NULL,
    app text NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    reason text NOT NULL,
    before jsonb,
    after jsonb,
    done_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT audit_entries_app CHECK ((app = ANY (ARRAY['blog'::text, 'market'::text, 'cart'::text, 'events'::text, 'federation'::text, 'account'::text])))
);

ALTER TABLE public.audit_entries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.back_order_lines (
    sending_id bigint NOT NULL,
    product_id bigint NOT NULL,
    name text NOT NULL,
    sku text DEFAULT ''::text NOT NULL,
    pack text NOT NULL,
    case_size integer NOT NULL,
    cases integer NOT NULL,
    wanted integer NOT NULL,
    from_stock integer DEFAULT 0 NOT NULL,
    arrived integer,
    CONSTRAINT back_order_lines_numbers CHECK (((case_size > 0) AND (cases >= 0) AND (wanted >= 0) AND ((from_stock >= 0) AND (from_stock <= wanted)) AND (arrived >= 0)))
);

CREATE TABLE public.back_order_sendings (
    id bigint NOT NULL,
    back_order_id bigint NOT NULL,
    number integer NOT NULL,
    sent_at timestamp with time zone DEFAULT now() NOT NULL,
    sent_by bigint,
    told_at timestamp with time zone,
    CONSTRAINT back_order_sendings_number_from_one CHECK ((number > 0))
);

ALTER TABLE public.back_order_sendings ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.back_order_sendings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.back_orders (
    id bigint NOT NULL,
    cycle_id bigint NOT NULL,
    supplier_id bigint NOT NULL,
    arrived_at timestamp with time zone
);

ALTER TABLE public.back_orders ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.back_orders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.booking_times (
    id bigint NOT NULL,
    booking_id bigint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    price_minor integer DEFAULT 0 NOT NULL,
    is_off boolean DEFAULT false NOT NULL,
    CONSTRAINT booking_times_order CHECK ((ends_at > starts_at))
);

ALTER TABLE public.booking_times ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.booking_times_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.bookings (
    id bigint NOT NULL,
    slot_id bigint NOT NULL,
    room_id bigint NOT NULL,
    code text NOT NULL,
    state text NOT NULL,
    user_id bigint,
    email text,
    holder_name text DEFAULT ''::text NOT NULL,
    purpose text NOT NULL,
    zone text NOT NULL,
    order_line_id bigint,
    note text DEFAULT ''::text NOT NULL,
    decided_by_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    agreed_minor integer,
    pay_until timestamp with time zone,
    CONSTRAINT bookings_agreed CHECK ((agreed_minor >= 0)),
    CONSTRAINT bookings_approved CHECK (((state <> 'approved'::text) OR (num_nonnulls(pay_until, agreed_minor) = 2))),
    CONSTRAINT bookings_holder CHECK (((state = 'held'::text) OR (num_nonnulls(user_id, email) > 0))),
    CONSTRAINT bookings_state CHECK ((state = ANY (ARRAY['held'::text, 'requested'::text, 'approved'::text, 'confirmed'::text, 'declined'::text, 'cancelled'::text])))
);

ALTER TABLE public.bookings ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.bookings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calendar_addresses (
    user_id bigint NOT NULL,
    token_hash text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone
);

CREATE TABLE public.calendar_entries (
    id bigint NOT NULL,
    calendar_id bigint NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    summary text DEFAULT ''::text NOT NULL,
    html text DEFAULT ''::text NOT NULL,
    place text DEFAULT ''::text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    zone text NOT NULL,
    is_all_day boolean DEFAULT false NOT NULL,
    status text DEFAULT 'proposed'::text NOT NULL,
    organiser_id bigint,
    picture_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    search tsvector GENERATED ALWAYS AS (((setweight(to_tsvector('public.plain_english'::regconfig, title), 'A'::"char") || setweight(to_tsvector('public.plain_english'::regconfig, ((summary || ' '::text) || place)), 'B'::"char")) || setweight(to_tsvector('public.plain_english'::regconfig, html), 'C'::"char"))) STORED NOT NULL,
    uid text DEFAULT (gen_random_uuid())::text NOT NULL,
    sequence integer DEFAULT 0 NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    room_id bigint,
    online_url text DEFAULT ''::text NOT NULL,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    is_floating boolean DEFAULT false NOT NULL,
    starts_local timestamp without time zone,
    duration text,
    is_exact boolean DEFAULT true NOT NULL,
    recurrence text[] DEFAULT '{}'::text[] NOT NULL,
    extra text[] DEFAULT '{}'::text[] NOT NULL,
    is_tentative boolean DEFAULT false NOT NULL,
    moved_from timestamp with time zone,
    organiser_name text DEFAULT ''::text NOT NULL,
    organiser_address text DEFAULT ''::text NOT NULL,
    decided_by_id bigint,
    decided_at timestamp with time zone,
    decision_note text DEFAULT ''::text NOT NULL,
    feed_id bigint,
    import_digest text,
    expanded_to timestamp with time zone,
    expanded_with text,
    stamped_at timestamp with time zone DEFAULT now() NOT NULL,
    continues bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    CONSTRAINT calendar_entries_order CHECK ((ends_at >= starts_at)),
    CONSTRAINT calendar_entries_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT calendar_entries_status CHECK ((status = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'declined'::text, 'cancelled'::text])))
);

ALTER TABLE public.calendar_entries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.calendar_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calendar_feeds (
    id bigint NOT NULL,
    calendar_id bigint NOT NULL,
    url text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    etag text,
    last_modified text,
    body_hash text,
    next_at timestamp with time zone DEFAULT now() NOT NULL,
    leased_until timestamp with time zone,
    read_at timestamp with time zone,
    changed_at timestamp with time zone,
    trouble text DEFAULT ''::text NOT NULL,
    notes text[] DEFAULT '{}'::text[] NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    added_by_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.calendar_feeds ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.calendar_feeds_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calendar_imports (
    token_hash text NOT NULL,
    calendar_id bigint NOT NULL,
    name text NOT NULL,
    bytes bytea NOT NULL,
    brought_by_id bigint NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.calendar_keepers (
    calendar_id bigint NOT NULL,
    user_id bigint NOT NULL
);

CREATE TABLE public.calendar_rooms (
    calendar_id bigint NOT NULL,
    room_id bigint NOT NULL
);

CREATE TABLE public.calendars (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    colour text NOT NULL,
    zone text NOT NULL,
    "position" integer NOT NULL,
    proposers text DEFAULT 'members'::text NOT NULL,
    is_moderated boolean DEFAULT true NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    proposers_group text DEFAULT ''::text NOT NULL,
    CONSTRAINT calendars_colour CHECK ((colour = ANY (ARRAY['rose'::text, 'leaf'::text, 'amber'::text, 'ink'::text]))),
    CONSTRAINT calendars_proposers CHECK ((proposers = ANY (ARRAY['members'::text, 'group'::text, 'keepers'::text]))),
    CONSTRAINT calendars_proposers_group CHECK (((proposers <> 'group'::text) OR (proposers_group <> ''::text))),
    CONSTRAINT calendars_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

ALTER TABLE public.calendars ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.calendars_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cart_lines (
    id bigint NOT NULL,
    cart_id bigint NOT NULL,
    product_id bigint,
    quantity integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    lot_id bigint,
    seen_price_minor integer,
    told_price_minor integer,
    held_until timestamp with time zone,
    kind text,
    ref text,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT cart_lines_kind CHECK ((((kind IS NULL) = (ref IS NULL)) AND (kind ~ '^[a-z-]{1,20}$'::text))),
    CONSTRAINT cart_lines_one_thing CHECK ((num_nonnulls(product_id, lot_id, ref) = 1)),
    CONSTRAINT cart_lines_quantity CHECK (((quantity >= 1) AND (quantity <= 99)))
);

ALTER TABLE public.cart_lines ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.cart_lines_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.carts (
    id bigint NOT NULL,
    device_id text,
    user_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    discount_code text,
    CONSTRAINT carts_one_owner CHECK ((num_nonnulls(device_id, user_id) = 1))
);

ALTER TABLE public.carts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.carts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.categories (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    "position" integer NOT NULL,
    CONSTRAINT categories_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

ALTER TABLE public.categories ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.categories_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.category_addresses (
    slug text NOT NULL,
    category_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT category_addresses_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

CREATE TABLE public.category_parents (
    category_id bigint NOT NULL,
    parent_id bigint NOT NULL,
    CONSTRAINT category_parents_not_itself CHECK ((category_id <> parent_id))
);

CREATE TABLE public.change_lines (
    set_id bigint NOT NULL,
    line integer NOT NULL,
    product_id bigint,
    revision integer,
    name text NOT NULL,
    change jsonb,
    shown jsonb DEFAULT '[]'::jsonb NOT NULL,
    state text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    CONSTRAINT change_lines_state CHECK ((state = ANY (ARRAY['new'::text, 'changed'::text, 'held'::text, 'same'::text, 'refused'::text, 'applied'::text, 'conflict'::text])))
);

CREATE TABLE public.change_sets (
    id bigint NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    title text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    user_id bigint,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    file text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    done_at timestamp with time zone,
    CONSTRAINT change_sets_kind CHECK ((kind = ANY (ARRAY['bulk'::text, 'list'::text, 'rules'::text]))),
    CONSTRAINT change_sets_reason CHECK (((state = ANY (ARRAY['mapping'::text, 'draft'::text, 'discarded'::text])) OR (reason <> ''::text))),
    CONSTRAINT change_sets_state CHECK ((state = ANY (ARRAY['mapping'::text, 'draft'::text, 'applying'::text, 'done'::text, 'discarded'::text])))
);

ALTER TABLE public.change_sets ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.change_sets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.check_ins (
    id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    occurrence_key text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    by_id bigint,
    was_offline boolean DEFAULT false NOT NULL
);

ALTER TABLE public.check_ins ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.check_ins_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.client_apps (
    id bigint NOT NULL,
    client_id text NOT NULL,
    name text NOT NULL,
    website text,
    redirect_uris text[] NOT NULL,
    scopes text[] NOT NULL,
    secret_hash text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT client_apps_name_length CHECK (((length(name) >= 1) AND (length(name) <= 60))),
    CONSTRAINT client_apps_redirect_uris CHECK (((cardinality(redirect_uris) >= 1) AND (cardinality(redirect_uris) <= 10)))
);

ALTER TABLE public.client_apps ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.client_apps_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.client_codes (
    code_hash text NOT NULL,
    app_id bigint NOT NULL,
    user_id bigint NOT NULL,
    redirect_uri text NOT NULL,
    scopes text[] NOT NULL,
    code_challenge text,
    expires_at timestamp with time zone NOT NULL,
    spent_at timestamp with time zone
);

CREATE TABLE public.client_markers (
    user_id bigint NOT NULL,
    timeline text NOT NULL,
    last_read_id text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT client_markers_id_length CHECK (((length(last_read_id) >= 1) AND (length(last_read_id) <= 64))),
    CONSTRAINT client_markers_timeline CHECK ((timeline = ANY (ARRAY['home'::text, 'notifications'::text])))
);

CREATE TABLE public.client_posts (
    user_id bigint NOT NULL,
    key_hash text NOT NULL,
    status_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.client_tokens (
    id bigint NOT NULL,
    token_hash text NOT NULL,
    app_id bigint NOT NULL,
    user_id bigint,
    scopes text[] NOT NULL,
    code_hash text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    used_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.client_tokens ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.client_tokens_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.client_uploads (
    user_id bigint NOT NULL,
    media_id bigint NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.comment_threads (
    id bigint NOT NULL,
    source_type text NOT NULL,
    source_id text NOT NULL,
    is_closed boolean DEFAULT false NOT NULL,
    shown_count integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT comment_threads_type CHECK ((source_type = ANY (ARRAY['Post'::text, 'Product'::text, 'CalendarEntry'::text])))
);

ALTER TABLE public.comment_threads ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.comment_threads_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.containments (
    id bigint NOT NULL,
    page_id bigint NOT NULL,
    calendar_id bigint,
    "position" integer NOT NULL,
    market_place_id bigint,
    entry_id bigint,
    CONSTRAINT containments_one_thing CHECK ((num_nonnulls(calendar_id, market_place_id, entry_id) = 1))
);

ALTER TABLE public.containments ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.containments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cycle_lots (
    id bigint NOT NULL,
    cycle_id bigint NOT NULL,
    product_id bigint NOT NULL,
    max_cases integer,
    decision text,
    CONSTRAINT cycle_lots_decision CHECK ((decision = ANY (ARRAY['drop'::text, 'fill'::text]))),
    CONSTRAINT cycle_lots_max_cases CHECK ((max_cases > 0))
);

ALTER TABLE public.cycle_lots ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.cycle_lots_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cycle_products (
    cycle_id bigint NOT NULL,
    product_id bigint NOT NULL
);

CREATE TABLE public.cycle_suppliers (
    cycle_id bigint NOT NULL,
    supplier_id bigint NOT NULL
);

CREATE TABLE public.data_exports (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone
);

CREATE TABLE public.devices (
    id text NOT NULL,
    signed_in_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.discounts (
    id bigint NOT NULL,
    name text NOT NULL,
    merchant_id bigint NOT NULL,
    basis_points integer,
    amount_minor integer,
    scope text DEFAULT 'everything'::text NOT NULL,
    category_id bigint,
    product_id bigint,
    audience text DEFAULT 'everybody'::text NOT NULL,
    group_name text,
    code text,
    starts_at timestamp with time zone DEFAULT now() NOT NULL,
    ends_at timestamp with time zone,
    max_uses integer,
    is_combinable boolean DEFAULT false NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT discounts_audience CHECK ((audience = ANY (ARRAY['everybody'::text, 'group'::text, 'person'::text]))),
    CONSTRAINT discounts_code CHECK ((code ~ '^[A-Z0-9-]{3,30}$'::text)),
    CONSTRAINT discounts_figures CHECK ((((basis_points >= 1) AND (basis_points <= 10000)) AND (amount_minor > 0) AND (max_uses > 0))),
    CONSTRAINT discounts_group CHECK (((audience = 'group'::text) = (group_name IS NOT NULL))),
    CONSTRAINT discounts_name CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT discounts_one_figure CHECK ((num_nonnulls(basis_points, amount_minor) = 1)),
    CONSTRAINT discounts_scope CHECK ((scope = ANY (ARRAY['everything'::text, 'category'::text, 'product'::text]))),
    CONSTRAINT discounts_scope_of CHECK ((((scope = 'category'::text) = (category_id IS NOT NULL)) AND ((scope = 'product'::text) = (product_id IS NOT NULL)))),
    CONSTRAINT discounts_times CHECK ((starts_at < ends_at))
);

ALTER TABLE public.discounts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.discounts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.domain_blocks (
    actor text NOT NULL,
    domain text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.dues (
    id bigint NOT NULL,
    membership_id bigint NOT NULL,
    way text NOT NULL,
    amount_minor integer NOT NULL,
    currency text NOT NULL,
    from_on date NOT NULL,
    until_on date NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    order_line_id bigint,
    noted_by bigint,
    noted_at timestamp with time zone DEFAULT now() NOT NULL,
    taken_back_at timestamp with time zone,
    CONSTRAINT dues_amount CHECK (((amount_minor >= 0) AND ((way <> 'waived'::text) OR (amount_minor = 0)))),
    CONSTRAINT dues_days CHECK ((from_on <= until_on)),
    CONSTRAINT dues_way CHECK ((way = ANY (ARRAY['cart'::text, 'cash'::text, 'waived'::text])))
);

ALTER TABLE public.dues ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.dues_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.email_changes (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id bigint NOT NULL,
    old_email text,
    new_email text NOT NULL,
    old_token_hash text,
    new_token_hash text,
    old_allowed_at timestamp with time zone,
    new_confirmed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    "end" text,
    ended_at timestamp with time zone,
    CONSTRAINT email_changes_end CHECK (("end" = ANY (ARRAY['done'::text, 'stopped'::text, 'replaced'::text, 'taken'::text, 'expired'::text]))),
    CONSTRAINT email_changes_ended CHECK ((("end" IS NULL) = (ended_at IS NULL))),
    CONSTRAINT email_changes_lower_case CHECK (((new_email = lower(new_email)) AND (new_email ~~ '_%@_%'::text)))
);

CREATE TABLE public.entry_answers (
    entry_id bigint NOT NULL,
    key text NOT NULL,
    user_id bigint NOT NULL,
    comes boolean NOT NULL,
    is_named boolean NOT NULL,
    answered_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.entry_guests (
    id bigint NOT NULL,
    entry_id bigint NOT NULL,
    user_id bigint,
    email text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    answer text DEFAULT 'waiting'::text NOT NULL,
    answered_at timestamp with time zone,
    sent_sequence integer DEFAULT '-1'::integer NOT NULL,
    is_taken_out boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT entry_guests_answer CHECK ((answer = ANY (ARRAY['waiting'::text, 'yes'::text, 'no'::text, 'maybe'::text])))
);

ALTER TABLE public.entry_guests ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.entry_guests_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.entry_overrides (
    id bigint NOT NULL,
    entry_id bigint NOT NULL,
    key text NOT NULL,
    planned text NOT NULL,
    is_following boolean DEFAULT false NOT NULL,
    title text,
    summary text,
    text text,
    html text,
    place text,
    room_id bigint,
    is_elsewhere boolean DEFAULT false NOT NULL,
    online_url text,
    tags text[],
    starts_local timestamp without time zone NOT NULL,
    duration text NOT NULL,
    is_exact boolean DEFAULT true NOT NULL,
    zone text NOT NULL,
    is_all_day boolean NOT NULL,
    is_floating boolean DEFAULT false NOT NULL,
    is_cancelled boolean DEFAULT false NOT NULL,
    is_tentative boolean DEFAULT false NOT NULL,
    moved_from timestamp with time zone,
    sequence integer DEFAULT 0 NOT NULL,
    extra text[] DEFAULT '{}'::text[] NOT NULL,
    stamped_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.entry_overrides ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.entry_overrides_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.erased_addresses (
    hash text NOT NULL,
    erased_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.erased_list (
    id smallint DEFAULT 1 NOT NULL,
    cluster text NOT NULL,
    compared_at timestamp with time zone NOT NULL,
    CONSTRAINT erased_list_one CHECK ((id = 1))
);

CREATE TABLE public.erased_people (
    user_id bigint NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    handle_hash text NOT NULL,
    address_hashes text[] DEFAULT '{}'::text[] NOT NULL,
    keeps_posts boolean DEFAULT true NOT NULL,
    keeps_comments boolean DEFAULT true NOT NULL,
    was_shown boolean DEFAULT false NOT NULL,
    erased_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.erasure_receipts (
    id bigint NOT NULL,
    erasure_id bigint NOT NULL,
    app text NOT NULL,
    what text NOT NULL,
    deed text NOT NULL,
    count integer NOT NULL,
    kept_until timestamp with time zone,
    because text DEFAULT ''::text NOT NULL,
    done_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT erasure_receipts_app CHECK ((app = ANY (ARRAY['blog'::text, 'market'::text, 'cart'::text, 'events'::text, 'federation'::text, 'account'::text]))),
    CONSTRAINT erasure_receipts_deed CHECK ((deed = ANY (ARRAY['deleted'::text, 'blanked'::text, 'kept'::text]))),
    CONSTRAINT erasure_receipts_until CHECK (((kept_until IS NOT NULL) = (deed = 'kept'::text)))
);

ALTER TABLE public.erasure_receipts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.erasure_receipts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.erasure_steps (
    erasure_id bigint NOT NULL,
    app text NOT NULL,
    done_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT erasure_steps_app CHECK ((app = ANY (ARRAY['blog'::text, 'market'::text, 'cart'::text, 'events'::text, 'federation'::text, 'account'::text])))
);

CREATE TABLE public.erasures (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    state text DEFAULT 'asked'::text NOT NULL,
    keeps_posts boolean DEFAULT true NOT NULL,
    keeps_comments boolean DEFAULT true NOT NULL,
    asked_by bigint,
    reason text DEFAULT ''::text NOT NULL,
    former text NOT NULL,
    handle text,
    addresses text[] DEFAULT '{}'::text[] NOT NULL,
    files text[] DEFAULT '{}'::text[] NOT NULL,
    waits_for text DEFAULT ''::text NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL,
    due_at timestamp with time zone NOT NULL,
    begun_at timestamp with time zone,
    undone_at timestamp with time zone,
    finished_at timestamp with time zone,
    closed_at timestamp with time zone,
    CONSTRAINT erasures_begun CHECK (((begun_at IS NOT NULL) = (state = ANY (ARRAY['running'::text, 'finished'::text])))),
    CONSTRAINT erasures_closed CHECK (((closed_at IS NULL) OR ((handle IS NULL) AND (addresses = '{}'::text[])))),
    CONSTRAINT erasures_state CHECK ((state = ANY (ARRAY['asked'::text, 'undone'::text, 'running'::text, 'finished'::text])))
);

ALTER TABLE public.erasures ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.erasures_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.follow_exceptions (
    actor text NOT NULL,
    other text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.ghost_deliveries (
    signature text NOT NULL,
    event text NOT NULL,
    ghost_id text,
    sent_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.ghost_files (
    url text NOT NULL,
    media_id bigint NOT NULL,
    path text NOT NULL
);

CREATE TABLE public.ghost_import_items (
    id bigint NOT NULL,
    import_id bigint NOT NULL,
    kind text NOT NULL,
    ghost_id text NOT NULL,
    title text NOT NULL,
    slug text NOT NULL,
    plan text NOT NULL,
    reasons jsonb NOT NULL,
    piece jsonb,
    state text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    CONSTRAINT ghost_import_items_kind CHECK ((kind = ANY (ARRAY['post'::text, 'page'::text]))),
    CONSTRAINT ghost_import_items_plan CHECK ((plan = ANY (ARRAY['make'::text, 'change'::text, 'same'::text, 'skip'::text]))),
    CONSTRAINT ghost_import_items_state CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text])))
);

ALTER TABLE public.ghost_import_items ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ghost_import_items_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ghost_imports (
    id bigint NOT NULL,
    name text NOT NULL,
    site_url text DEFAULT ''::text NOT NULL,
    ghost_version text DEFAULT ''::text NOT NULL,
    exported_at timestamp with time zone,
    state text DEFAULT 'ready'::text NOT NULL,
    trouble text,
    brought_by bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    held_by uuid,
    held_until timestamp with time zone,
    CONSTRAINT ghost_imports_state CHECK ((state = ANY (ARRAY['ready'::text, 'running'::text, 'done'::text, 'stopped'::text])))
);

ALTER TABLE public.ghost_imports ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ghost_imports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ghost_links (
    id bigint NOT NULL,
    kind text NOT NULL,
    ghost_id text,
    post_id bigint,
    page_id bigint,
    sync_key uuid DEFAULT gen_random_uuid() NOT NULL,
    title text DEFAULT ''::text NOT NULL,
    agreed jsonb,
    our_updated_at timestamp with time zone,
    listed text DEFAULT ''::text NOT NULL,
    sweep integer DEFAULT 0 NOT NULL,
    is_ended boolean DEFAULT false NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    wanted_at timestamp with time zone,
    wants integer DEFAULT 0 NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    trouble text,
    compared_at timestamp with time zone,
    their_updated_at timestamp with time zone,
    asked text,
    differing jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT ghost_links_asked CHECK ((asked = ANY (ARRAY['theirs'::text, 'ours'::text]))),
    CONSTRAINT ghost_links_kind CHECK ((kind = ANY (ARRAY['post'::text, 'page'::text])))
);

ALTER TABLE public.ghost_links ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ghost_links_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ghost_members (
    ghost_id text NOT NULL,
    subscriber_id bigint NOT NULL,
    digest text NOT NULL,
    sweep integer NOT NULL
);

CREATE TABLE public.ghost_newsletters (
    ghost_id text NOT NULL,
    newsletter_id bigint NOT NULL
);

CREATE TABLE public.ghost_state (
    id integer DEFAULT 1 NOT NULL,
    started_at timestamp with time zone,
    polled_until timestamp with time zone,
    polled_at timestamp with time zone,
    sweep integer DEFAULT 0 NOT NULL,
    swept_at timestamp with time zone,
    sweep_took_ms integer,
    sweep_met integer DEFAULT 0 NOT NULL,
    sweep_differed integer DEFAULT 0 NOT NULL,
    sweep_wanted_at timestamp with time zone,
    held_by uuid,
    held_until timestamp with time zone,
    trouble text,
    trouble_at timestamp with time zone,
    members_since timestamp with time zone,
    members_wanted_at timestamp with time zone,
    members_at timestamp with time zone,
    members_sweep integer DEFAULT 0 NOT NULL,
    CONSTRAINT ghost_state_one CHECK ((id = 1))
);

CREATE TABLE public.groups (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    door text DEFAULT 'asked'::text NOT NULL,
    part_of_id bigint,
    dues_minor integer,
    dues_period text,
    currency text DEFAULT 'GBP'::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    archived_at timestamp with time zone,
    CONSTRAINT groups_door CHECK ((door = ANY (ARRAY['open'::text, 'asked'::text, 'closed'::text]))),
    CONSTRAINT groups_dues CHECK ((((dues_minor IS NULL) = (dues_period IS NULL)) AND ((dues_minor >= 1) AND (dues_minor <= 10000000)))),
    CONSTRAINT groups_dues_period CHECK ((dues_period = ANY (ARRAY['month'::text, 'year'::text]))),
    CONSTRAINT groups_name CHECK ((((length(name) >= 1) AND (length(name) <= 80)) AND (name !~ '[[:cntrl:]]'::text))),
    CONSTRAINT groups_not_everybody CHECK ((slug <> 'coop'::text)),
    CONSTRAINT groups_not_in_itself CHECK ((part_of_id <> id)),
    CONSTRAINT groups_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

ALTER TABLE public.groups ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.guardianships (
    id bigint NOT NULL,
    guardian_id bigint NOT NULL,
    ward_id bigint,
    ward_name text DEFAULT ''::text NOT NULL,
    state text NOT NULL,
    decided_by_id bigint,
    decided_at timestamp with time zone,
    note text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT guardianships_child CHECK (((ward_id IS NOT NULL) OR (state = ANY (ARRAY['active'::text, 'ended'::text])))),
    CONSTRAINT guardianships_state CHECK ((state = ANY (ARRAY['asked'::text, 'active'::text, 'declined'::text, 'ended'::text]))),
    CONSTRAINT guardianships_two CHECK ((ward_id <> guardian_id)),
    CONSTRAINT guardianships_ward CHECK (((ward_id IS NULL) = (ward_name <> ''::text)))
);

ALTER TABLE public.guardianships ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.guardianships_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.invitation_uses (
    invitation_id bigint NOT NULL,
    user_id bigint NOT NULL,
    used_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.invitations (
    id bigint NOT NULL,
    token_hash text NOT NULL,
    email text,
    note text DEFAULT ''::text NOT NULL,
    group_id bigint,
    makes_admin boolean DEFAULT false NOT NULL,
    may_give_rights boolean DEFAULT false NOT NULL,
    most_uses integer DEFAULT 1 NOT NULL,
    uses integer DEFAULT 0 NOT NULL,
    made_by bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT invitations_admin CHECK (((NOT makes_admin) OR ((email IS NOT NULL) AND (most_uses = 1) AND (made_by IS NULL)))),
    CONSTRAINT invitations_email CHECK (((email = lower(email)) AND (email ~~ '_%@_%'::text))),
    CONSTRAINT invitations_uses CHECK ((((uses >= 0) AND (uses <= most_uses)) AND ((most_uses >= 1) AND (most_uses <= 500))))
);

ALTER TABLE public.invitations ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.invitations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.join_requests (
    id bigint NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    words text DEFAULT ''::text NOT NULL,
    terms_version integer,
    privacy_version integer,
    state text DEFAULT 'waiting'::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    decided_at timestamp with time zone,
    decided_by bigint,
    CONSTRAINT join_requests_decided CHECK (((state = 'waiting'::text) = (decided_at IS NULL))),
    CONSTRAINT join_requests_email CHECK (((email = lower(email)) AND (email ~~ '_%@_%'::text))),
    CONSTRAINT join_requests_state CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'declined'::text])))
);

ALTER TABLE public.join_requests ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.join_requests_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_entries (
    id bigint NOT NULL,
    key text NOT NULL,
    kind text NOT NULL,
    order_id bigint,
    recorded_by text,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    value_on date,
    CONSTRAINT ledger_entries_kind CHECK ((kind = ANY (ARRAY['sale'::text, 'owed'::text, 'suspense'::text, 'refund'::text, 'owed_refund'::text, 'dispute'::text, 'correction'::text])))
);

ALTER TABLE public.ledger_entries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ledger_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.letter_deliveries (
    letter_id bigint NOT NULL,
    subscriber_id bigint NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    attempts smallint DEFAULT 0 NOT NULL,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    settled_at timestamp with time zone,
    reply text DEFAULT ''::text NOT NULL,
    report text,
    CONSTRAINT letter_deliveries_reply CHECK ((reply ~ '^[0-9. ]*$'::text)),
    CONSTRAINT letter_deliveries_report CHECK ((report = ANY (ARRAY['bounced'::text, 'complained'::text]))),
    CONSTRAINT letter_deliveries_state CHECK ((state = ANY (ARRAY['waiting'::text, 'in-hand'::text, 'sent'::text, 'left-out'::text, 'refused'::text, 'given-up'::text])))
);

CREATE TABLE public.letters (
    id bigint NOT NULL,
    newsletter_id bigint NOT NULL,
    post_id bigint,
    subject text NOT NULL,
    preheader text DEFAULT ''::text NOT NULL,
    html text NOT NULL,
    plaintext text NOT NULL,
    language text NOT NULL,
    audience text,
    label_id bigint,
    group_name text,
    state text DEFAULT 'draft'::text NOT NULL,
    send_at timestamp with time zone,
    readers integer DEFAULT 0 NOT NULL,
    trouble text DEFAULT ''::text NOT NULL,
    created_by bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    CONSTRAINT letters_one_line CHECK (((subject <> ''::text) AND ((subject || preheader) !~ '[[:cntrl:]]'::text))),
    CONSTRAINT letters_state CHECK ((state = ANY (ARRAY['draft'::text, 'scheduled'::text, 'sending'::text, 'paused'::text, 'sent'::text, 'cancelled'::text])))
);

ALTER TABLE public.letters ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.letters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.likes (
    id bigint NOT NULL,
    kind text NOT NULL,
    subject bigint NOT NULL,
    user_id bigint,
    device_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT likes_by_one CHECK ((num_nonnulls(user_id, device_id) = 1)),
    CONSTRAINT likes_kind CHECK ((kind = ANY (ARRAY['post'::text, 'product'::text])))
);

ALTER TABLE public.likes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.likes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.market_place_addresses (
    slug text NOT NULL,
    place_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT market_place_addresses_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

CREATE TABLE public.market_place_exceptions (
    place_id bigint NOT NULL,
    day date NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    CONSTRAINT market_place_exceptions_note CHECK ((length(note) <= 100))
);

CREATE TABLE public.market_place_hours (
    id bigint NOT NULL,
    place_id bigint NOT NULL,
    weekday integer,
    day date,
    opens_minute integer NOT NULL,
    closes_minute integer NOT NULL,
    CONSTRAINT market_place_hours_minutes CHECK ((((opens_minute >= 0) AND (opens_minute <= 1439)) AND (closes_minute > opens_minute) AND ((closes_minute - opens_minute) <= 1440))),
    CONSTRAINT market_place_hours_when CHECK (((num_nonnulls(weekday, day) = 1) AND ((weekday >= 1) AND (weekday <= 7))))
);

ALTER TABLE public.market_place_hours ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.market_place_hours_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.market_place_picks (
    place_id bigint NOT NULL,
    product_id bigint NOT NULL,
    "position" integer NOT NULL
);

CREATE TABLE public.market_place_rules (
    id bigint NOT NULL,
    place_id bigint NOT NULL,
    category_id bigint,
    label text,
    supplier_id bigint,
    CONSTRAINT market_place_rules_some CHECK ((num_nonnulls(category_id, label, supplier_id) >= 1))
);

ALTER TABLE public.market_place_rules ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.market_place_rules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.market_places (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    summary text DEFAULT ''::text NOT NULL,
    location text DEFAULT ''::text NOT NULL,
    html text DEFAULT ''::text NOT NULL,
    zone text NOT NULL,
    is_public boolean DEFAULT false NOT NULL,
    "position" integer NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    picture_id bigint,
    CONSTRAINT market_places_name_length CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT market_places_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

ALTER TABLE public.market_places ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.market_places_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.media (
    id bigint NOT NULL,
    sha256 text NOT NULL,
    content_type text NOT NULL,
    width integer,
    height integer,
    byte_length integer NOT NULL,
    alt text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    focal_x integer DEFAULT 50 NOT NULL,
    focal_y integer DEFAULT 50 NOT NULL,
    is_listed boolean DEFAULT true NOT NULL,
    CONSTRAINT media_both_sides CHECK ((num_nonnulls(width, height) <> 1)),
    CONSTRAINT media_focal_inside CHECK ((((focal_x >= 0) AND (focal_x <= 100)) AND ((focal_y >= 0) AND (focal_y <= 100)))),
    CONSTRAINT media_sha256_hex CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT media_size_positive CHECK (((width > 0) AND (height > 0) AND (byte_length > 0)))
);

ALTER TABLE public.media ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.media_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.media_variants (
    media_id bigint NOT NULL,
    content_type text NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    sha256 text NOT NULL,
    byte_length integer NOT NULL
);

CREATE TABLE public.member_labels (
    id bigint NOT NULL,
    name text NOT NULL
);

ALTER TABLE public.member_labels ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.member_labels_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.member_settings (
    user_id bigint NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    time_zone text DEFAULT ''::text NOT NULL,
    pronouns text DEFAULT ''::text NOT NULL,
    diets text[] DEFAULT '{}'::text[] NOT NULL,
    avoids text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT member_settings_avoids CHECK ((avoids <@ ARRAY['celery'::text, 'cereals-containing-gluten'::text, 'crustaceans'::text, 'eggs'::text, 'fish'::text, 'lupin'::text, 'milk'::text, 'molluscs'::text, 'mustard'::text, 'nuts'::text, 'peanuts'::text, 'sesame'::text, 'soya'::text, 'sulphites'::text])),
    CONSTRAINT member_settings_diets CHECK ((diets <@ ARRAY['vegan'::text, 'vegetarian'::text, 'gluten-free'::text, 'dairy-free'::text])),
    CONSTRAINT member_settings_lengths CHECK (((length(language) <= 12) AND (length(time_zone) <= 60) AND (length(pronouns) <= 40)))
);

CREATE TABLE public.memberships (
    id bigint NOT NULL,
    group_id bigint NOT NULL,
    user_id bigint NOT NULL,
    state text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    paid_until date,
    CONSTRAINT memberships_state CHECK ((state = ANY (ARRAY['asked'::text, 'member'::text, 'left'::text])))
);

ALTER TABLE public.memberships ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.memberships_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.menu_items (
    id bigint NOT NULL,
    menu text NOT NULL,
    label text NOT NULL,
    page_id bigint,
    url text,
    "position" integer NOT NULL,
    CONSTRAINT menu_items_menu CHECK ((menu = ANY (ARRAY['primary'::text, 'footer'::text]))),
    CONSTRAINT menu_items_one_target CHECK ((num_nonnulls(page_id, url) = 1)),
    CONSTRAINT menu_items_url_safe CHECK ((url ~ '^(https?://|/([^/]|$))'::text))
);

ALTER TABLE public.menu_items ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.menu_items_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.merchant_pages (
    page_id bigint NOT NULL,
    merchant_id bigint NOT NULL
);

CREATE TABLE public.merchants (
    id bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    currency text DEFAULT 'GBP'::text NOT NULL,
    page_id bigint,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    vat_id text DEFAULT ''::text NOT NULL,
    key_jwe text,
    key_set_at timestamp with time zone,
    is_default boolean DEFAULT false NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    charges_vat boolean DEFAULT true NOT NULL,
    CONSTRAINT merchants_code CHECK ((code ~ '^[A-Za-z0-9_-]{1,40}$'::text)),
    CONSTRAINT merchants_currency CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT merchants_key CHECK (((key_jwe IS NULL) = (key_set_at IS NULL)))
);

ALTER TABLE public.merchants ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.merchants_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.moderation_appeals (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    limit_id bigint,
    document_uri text,
    words text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    decided_at timestamp with time zone,
    decided_by bigint,
    is_granted boolean,
    answer text DEFAULT ''::text NOT NULL,
    CONSTRAINT moderation_appeals_about CHECK (((limit_id IS NULL) <> (document_uri IS NULL))),
    CONSTRAINT moderation_appeals_decided CHECK (((decided_at IS NULL) = (is_granted IS NULL)))
);

ALTER TABLE public.moderation_appeals ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.moderation_appeals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.moderation_limits (
    id bigint NOT NULL,
    actor text NOT NULL,
    user_id bigint,
    kind text NOT NULL,
    reason text NOT NULL,
    set_by bigint,
    set_at timestamp with time zone DEFAULT now() NOT NULL,
    lifted_at timestamp with time zone,
    lifted_by bigint,
    CONSTRAINT moderation_limits_kind CHECK ((kind = ANY (ARRAY['silenced'::text, 'suspended'::text])))
);

ALTER TABLE public.moderation_limits ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.moderation_limits_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.moderation_settings (
    id boolean DEFAULT true NOT NULL,
    comment_rule text DEFAULT 'first-waits'::text NOT NULL,
    is_allow_list boolean DEFAULT false NOT NULL,
    CONSTRAINT moderation_settings_one CHECK (id),
    CONSTRAINT moderation_settings_rule CHECK ((comment_rule = ANY (ARRAY['all-wait'::text, 'first-waits'::text, 'none-waits'::text, 'closed'::text])))
);

CREATE TABLE public.muted_threads (
    user_id bigint NOT NULL,
    thread text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.mutes (
    actor text NOT NULL,
    muted text NOT NULL,
    hides_notifications boolean DEFAULT true NOT NULL,
    until timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.newsletter_consents (
    id bigint NOT NULL,
    subscriber_id bigint NOT NULL,
    newsletter_id bigint NOT NULL,
    address_hash text NOT NULL,
    act text NOT NULL,
    text_version text NOT NULL,
    source text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT newsletter_consents_act CHECK ((act = ANY (ARRAY['asked'::text, 'confirmed'::text, 'brought'::text, 'withdrawn'::text]))),
    CONSTRAINT newsletter_consents_source CHECK ((source = ANY (ARRAY['site'::text, 'ghost'::text])))
);

ALTER TABLE public.newsletter_consents ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.newsletter_consents_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.newsletter_subscriptions (
    subscriber_id bigint NOT NULL,
    newsletter_id bigint NOT NULL,
    state text NOT NULL,
    source text NOT NULL,
    decided_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT newsletter_subscriptions_source CHECK ((source = ANY (ARRAY['site'::text, 'ghost'::text]))),
    CONSTRAINT newsletter_subscriptions_state CHECK ((state = ANY (ARRAY['pending'::text, 'subscribed'::text, 'unsubscribed'::text])))
);

CREATE TABLE public.newsletter_suppressions (
    address_hash text NOT NULL,
    reason text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT newsletter_suppressions_reason CHECK ((reason = ANY (ARRAY['bounced'::text, 'complained'::text, 'erased'::text, 'elsewhere'::text])))
);

CREATE TABLE public.newsletters (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    is_open boolean DEFAULT true NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    group_name text,
    sender_name text DEFAULT ''::text NOT NULL,
    digest_weekday smallint,
    digested_on date,
    CONSTRAINT newsletters_digest_weekday CHECK (((digest_weekday >= 1) AND (digest_weekday <= 7))),
    CONSTRAINT newsletters_one_line CHECK (((name || sender_name) !~ '[[:cntrl:]]'::text)),
    CONSTRAINT newsletters_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

ALTER TABLE public.newsletters ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.newsletters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notice_mails (
    user_id bigint NOT NULL,
    kind text NOT NULL,
    is_wanted boolean NOT NULL,
    CONSTRAINT notice_mails_kind CHECK ((kind = ANY (ARRAY['mention'::text, 'follow'::text, 'follow-request'::text, 'like'::text, 'boost'::text, 'poll'::text, 'post'::text, 'move'::text, 'comments'::text, 'entries'::text, 'bookings'::text, 'approvals'::text, 'duties'::text, 'invitations'::text, 'prices'::text, 'stock'::text])))
);

CREATE TABLE public.notifications (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    activity_id bigint,
    read_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    kind text DEFAULT 'site'::text NOT NULL,
    actor text,
    object text DEFAULT ''::text NOT NULL,
    CONSTRAINT notifications_kind CHECK ((kind = ANY (ARRAY['site'::text, 'follow'::text, 'follow-request'::text, 'mention'::text, 'like'::text, 'boost'::text, 'poll'::text, 'post'::text, 'move'::text, 'report'::text]))),
    CONSTRAINT notifications_source CHECK ((((kind = 'site'::text) = (activity_id IS NOT NULL)) AND ((kind = 'site'::text) = (actor IS NULL))))
);

ALTER TABLE public.notifications ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.notifications_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notifications_off (
    user_id bigint NOT NULL,
    kind text NOT NULL,
    CONSTRAINT notifications_off_kind CHECK ((kind = ANY (ARRAY['site'::text, 'follow'::text, 'follow-request'::text, 'mention'::text, 'like'::text, 'boost'::text, 'poll'::text, 'post'::text, 'move'::text, 'report'::text, 'comments'::text, 'entries'::text, 'bookings'::text, 'approvals'::text, 'duties'::text, 'invitations'::text, 'prices'::text, 'stock'::text])))
);

CREATE TABLE public.oauth_clients (
    id text NOT NULL,
    owner_id bigint NOT NULL,
    name text NOT NULL,
    redirect_uris text[] NOT NULL,
    logout_uris text[] NOT NULL,
    backchannel_uri text,
    secret_hash text,
    secret_made_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT oauth_clients_name_length CHECK (((length(name) >= 1) AND (length(name) <= 60))),
    CONSTRAINT oauth_clients_redirect_uris CHECK ((((cardinality(redirect_uris) >= 1) AND (cardinality(redirect_uris) <= 10)) AND (cardinality(logout_uris) <= 10))),
    CONSTRAINT oauth_clients_secret CHECK (((secret_hash IS NULL) = (secret_made_at IS NULL)))
);

CREATE TABLE public.occurrences (
    id bigint NOT NULL,
    entry_id bigint NOT NULL,
    key text NOT NULL,
    override_id bigint,
    calendar_id bigint NOT NULL,
    room_id bigint,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    is_cancelled boolean DEFAULT false NOT NULL,
    is_unplaced boolean DEFAULT false NOT NULL,
    CONSTRAINT occurrences_order CHECK ((ends_at >= starts_at))
);

ALTER TABLE public.occurrences ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.occurrences_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oidc_payloads (
    kind text NOT NULL,
    id text NOT NULL,
    payload jsonb NOT NULL,
    grant_id text,
    uid text,
    session_uid text,
    consumed_at timestamp with time zone,
    expires_at timestamp with time zone,
    account_id text,
    client_id text
);

CREATE TABLE public.order_cycles (
    id bigint NOT NULL,
    name text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    zone text NOT NULL,
    opens_at timestamp with time zone NOT NULL,
    closes_at timestamp with time zone NOT NULL,
    incomplete_case text DEFAULT 'drop'::text NOT NULL,
    uses_stock boolean DEFAULT false NOT NULL,
    ordered_at timestamp with time zone,
    arrived_at timestamp with time zone,
    done_at timestamp with time zone,
    revision integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT order_cycles_incomplete_case CHECK ((incomplete_case = ANY (ARRAY['drop'::text, 'fill'::text, 'decide'::text]))),
    CONSTRAINT order_cycles_name CHECK (((length(name) >= 1) AND (length(name) <= 120))),
    CONSTRAINT order_cycles_times CHECK ((opens_at < closes_at))
);

ALTER TABLE public.order_cycles ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.order_cycles_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.order_discounts (
    order_id bigint NOT NULL,
    "position" integer NOT NULL,
    discount_id bigint,
    name text NOT NULL,
    amount_minor integer NOT NULL,
    CONSTRAINT order_discounts_amount CHECK ((amount_minor > 0))
);

CREATE TABLE public.order_lines (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    product_id bigint,
    name text NOT NULL,
    quantity integer NOT NULL,
    unit_price_minor integer NOT NULL,
    "position" integer NOT NULL,
    lot_id bigint,
    told_price_minor integer,
    vat_class text DEFAULT 'zero'::text NOT NULL,
    vat_basis_points integer DEFAULT 0 NOT NULL,
    kind text,
    ref text,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    list_price_minor integer,
    discount_minor integer DEFAULT 0 NOT NULL,
    CONSTRAINT order_lines_discount CHECK (((discount_minor >= 0) AND (discount_minor <= ((quantity)::bigint * unit_price_minor)))),
    CONSTRAINT order_lines_numbers CHECK (((quantity > 0) AND (unit_price_minor >= 0))),
    CONSTRAINT order_lines_vat CHECK (((vat_basis_points >= 0) AND (vat_basis_points <= 10000))),
    CONSTRAINT order_lines_vat_class CHECK ((vat_class = ANY (ARRAY['zero'::text, 'reduced'::text, 'standard'::text])))
);

ALTER TABLE public.order_lines ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.order_lines_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.order_notes (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    author_id bigint,
    words text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT order_notes_words CHECK (((length(words) >= 1) AND (length(words) <= 1000)))
);

ALTER TABLE public.order_notes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.order_notes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.order_pick_ups (
    order_id bigint NOT NULL,
    cycle_id bigint NOT NULL,
    pick_up_id bigint NOT NULL,
    address text DEFAULT ''::text NOT NULL
);

CREATE TABLE public.orders (
    id bigint NOT NULL,
    reference text NOT NULL,
    user_id bigint,
    status text DEFAULT 'pending_payment'::text NOT NULL,
    currency text DEFAULT 'GBP'::text NOT NULL,
    total_minor integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    paid_at timestamp with time zone,
    device_id text,
    email text,
    buyer_name text DEFAULT ''::text NOT NULL,
    merchant_id bigint,
    refunded_minor integer DEFAULT 0 NOT NULL,
    hold_until timestamp with time zone,
    purchase text,
    CONSTRAINT orders_status CHECK ((status = ANY (ARRAY['pending_payment'::text, 'paid'::text, 'preparing'::text, 'ready'::text, 'collected'::text, 'shipped'::text, 'done'::text, 'expired'::text, 'cancelled'::text, 'partly_refunded'::text, 'refunded'::text, 'refund_due'::text, 'disputed'::text]))),
    CONSTRAINT orders_total CHECK (((total_minor >= 0) AND ((refunded_minor >= 0) AND (refunded_minor <= total_minor))))
);

ALTER TABLE public.orders ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.orders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outgoing_state (
    id smallint DEFAULT 1 NOT NULL,
    cluster text NOT NULL,
    paused_at timestamp with time zone,
    reason text,
    CONSTRAINT outgoing_state_one CHECK ((id = 1)),
    CONSTRAINT outgoing_state_reason CHECK (((reason IS NULL) OR (paused_at IS NOT NULL)))
);

CREATE TABLE public.pages (
    id bigint NOT NULL,
    parent_id bigint,
    path text NOT NULL,
    title text NOT NULL,
    summary text DEFAULT ''::text NOT NULL,
    html text NOT NULL,
    "position" integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    status text DEFAULT 'published'::text NOT NULL,
    document jsonb,
    version integer DEFAULT 1 NOT NULL,
    audience text,
    picture_id bigint,
    picture_alt text DEFAULT ''::text NOT NULL,
    picture_caption text DEFAULT ''::text NOT NULL,
    deleted_at timestamp with time zone,
    search tsvector GENERATED ALWAYS AS (((setweight(to_tsvector('public.plain_english'::regconfig, title), 'A'::"char") || setweight(to_tsvector('public.plain_english'::regconfig, summary), 'B'::"char")) || setweight(to_tsvector('public.plain_english'::regconfig, html), 'C'::"char"))) STORED NOT NULL,
    meta_title text DEFAULT ''::text NOT NULL,
    meta_description text DEFAULT ''::text NOT NULL,
    og_title text DEFAULT ''::text NOT NULL,
    og_description text DEFAULT ''::text NOT NULL,
    og_picture_id bigint,
    twitter_title text DEFAULT ''::text NOT NULL,
    twitter_description text DEFAULT ''::text NOT NULL,
    twitter_picture_id bigint,
    CONSTRAINT pages_binned_is_draft CHECK (((deleted_at IS NULL) OR (status = 'draft'::text))),
    CONSTRAINT pages_path CHECK ((path ~ '^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$'::text)),
    CONSTRAINT pages_status CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text])))
);

ALTER TABLE public.pages ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.pages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.passkey_challenges (
    challenge text NOT NULL,
    ceremony text NOT NULL,
    holder text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT passkey_challenges_ceremony CHECK ((ceremony = ANY (ARRAY['sign-in'::text, 'add'::text])))
);

CREATE TABLE public.passkeys (
    id text NOT NULL,
    user_id bigint NOT NULL,
    public_key text NOT NULL,
    counter bigint NOT NULL,
    transports text[] NOT NULL,
    is_backed_up boolean NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone,
    CONSTRAINT passkeys_counter CHECK ((counter >= 0)),
    CONSTRAINT passkeys_name_length CHECK (((length(name) >= 1) AND (length(name) <= 60)))
);

CREATE TABLE public.payment_attempts (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    number integer NOT NULL,
    reference text NOT NULL,
    merchant_id bigint NOT NULL,
    kind text DEFAULT 'sumup'::text NOT NULL,
    amount_minor integer NOT NULL,
    currency text NOT NULL,
    state text DEFAULT 'new'::text NOT NULL,
    checkout_id text,
    hosted_url text,
    last_status text DEFAULT ''::text NOT NULL,
    transaction_id text,
    transaction_code text DEFAULT ''::text NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    look_at timestamp with time zone,
    looks integer DEFAULT 0 NOT NULL,
    trouble text DEFAULT ''::text NOT NULL,
    refunded_minor integer DEFAULT 0 NOT NULL,
    recorded_by bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    paid_at timestamp with time zone,
    CONSTRAINT payment_attempts_amount CHECK (((amount_minor > 0) AND ((refunded_minor >= 0) AND (refunded_minor <= amount_minor)))),
    CONSTRAINT payment_attempts_kind CHECK ((kind = ANY (ARRAY['sumup'::text, 'cash'::text, 'bank'::text]))),
    CONSTRAINT payment_attempts_reference CHECK (((length(reference) >= 1) AND (length(reference) <= 64))),
    CONSTRAINT payment_attempts_state CHECK ((state = ANY (ARRAY['new'::text, 'open'::text, 'paid'::text, 'differs'::text, 'closed'::text, 'refused'::text])))
);

ALTER TABLE public.payment_attempts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.payment_attempts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.payment_matters (
    id bigint NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    order_id bigint,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    opened_at timestamp with time zone DEFAULT now() NOT NULL,
    resolved_at timestamp with time zone,
    resolved_by bigint,
    resolution text DEFAULT ''::text NOT NULL,
    CONSTRAINT payment_matters_kind CHECK ((kind = ANY (ARRAY['amount_differs'::text, 'currency_differs'::text, 'merchant_differs'::text, 'reference_differs'::text, 'transaction_differs'::text, 'paid_twice'::text, 'refund_refused'::text, 'refund_unknown'::text, 'refunded_elsewhere'::text, 'charge_back'::text, 'unknown_payment'::text, 'checkout_refused'::text, 'key_missing'::text, 'not_all_comes'::text])))
);

ALTER TABLE public.payment_matters ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.payment_matters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_import_rows (
    import_id bigint NOT NULL,
    "position" integer NOT NULL,
    name text NOT NULL,
    list text DEFAULT ''::text NOT NULL,
    hides_notifications boolean DEFAULT true NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    CONSTRAINT people_import_rows_state CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text])))
);

CREATE TABLE public.people_imports (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    kind text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    CONSTRAINT people_imports_kind CHECK ((kind = ANY (ARRAY['follows'::text, 'blocks'::text, 'mutes'::text, 'domain-blocks'::text, 'lists'::text])))
);

ALTER TABLE public.people_imports ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.people_imports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_list_members (
    list_id bigint NOT NULL,
    person text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.people_lists (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT people_lists_name_length CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);

ALTER TABLE public.people_lists ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.people_lists_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.pick_ups (
    id bigint NOT NULL,
    cycle_id bigint NOT NULL,
    place text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    capacity integer,
    fee_minor integer,
    free_from_minor integer,
    areas text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT pick_ups_capacity CHECK ((capacity > 0)),
    CONSTRAINT pick_ups_fee CHECK (((fee_minor >= 0) AND (free_from_minor > 0))),
    CONSTRAINT pick_ups_of_delivery CHECK (((fee_minor IS NOT NULL) OR ((free_from_minor IS NULL) AND (cardinality(areas) = 0)))),
    CONSTRAINT pick_ups_place CHECK (((length(place) >= 1) AND (length(place) <= 200))),
    CONSTRAINT pick_ups_times CHECK ((starts_at < ends_at))
);

ALTER TABLE public.pick_ups ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.pick_ups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.post_alerts (
    actor text NOT NULL,
    other text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.post_authors (
    post_id bigint NOT NULL,
    user_id bigint NOT NULL,
    "position" integer NOT NULL
);

CREATE TABLE public.post_products (
    post_id bigint NOT NULL,
    product_id bigint NOT NULL,
    "position" integer NOT NULL
);

CREATE TABLE public.post_tags (
    post_id bigint NOT NULL,
    tag_id bigint NOT NULL,
    "position" integer NOT NULL
);

CREATE TABLE public.postings (
    id bigint NOT NULL,
    entry_id bigint NOT NULL,
    account text NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    CONSTRAINT postings_account CHECK ((account ~ '^((sumup|cash|bank|suspense|owed|disputes):[A-Za-z0-9_-]{1,40}|(sales|vat|refunds|discounts):(zero|reduced|standard)|rounding)$'::text)),
    CONSTRAINT postings_amount CHECK ((amount_minor <> 0)),
    CONSTRAINT postings_currency CHECK ((currency ~ '^[A-Z]{3}$'::text))
);

ALTER TABLE public.postings ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.postings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.posts (
    id bigint NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    excerpt text DEFAULT ''::text NOT NULL,
    html text NOT NULL,
    plaintext text NOT NULL,
    status text DEFAULT 'draft'::text NOT NULL,
    picture_id bigint,
    picture_alt text DEFAULT ''::text NOT NULL,
    published_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    is_featured boolean DEFAULT false NOT NULL,
    language text DEFAULT 'en'::text NOT NULL,
    translation_of bigint,
    canonical_url text,
    series_id bigint,
    series_position integer DEFAULT 0 NOT NULL,
    document jsonb,
    version integer DEFAULT 1 NOT NULL,
    audience text,
    picture_caption text DEFAULT ''::text NOT NULL,
    deleted_at timestamp with time zone,
    search tsvector GENERATED ALWAYS AS (((setweight(to_tsvector('public.plain_english'::regconfig, title), 'A'::"char") || setweight(to_tsvector('public.plain_english'::regconfig, excerpt), 'B'::"char")) || setweight(to_tsvector('public.plain_english'::regconfig, plaintext), 'C'::"char"))) STORED NOT NULL,
    meta_title text DEFAULT ''::text NOT NULL,
    meta_description text DEFAULT ''::text NOT NULL,
    og_title text DEFAULT ''::text NOT NULL,
    og_description text DEFAULT ''::text NOT NULL,
    og_picture_id bigint,
    twitter_title text DEFAULT ''::text NOT NULL,
    twitter_description text DEFAULT ''::text NOT NULL,
    twitter_picture_id bigint,
    CONSTRAINT posts_binned_is_draft CHECK (((deleted_at IS NULL) OR (status = 'draft'::text))),
    CONSTRAINT posts_canonical_url_safe CHECK ((canonical_url ~ '^https?://'::text)),
    CONSTRAINT posts_language CHECK ((language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'::text)),
    CONSTRAINT posts_shown_has_date CHECK (((status = 'draft'::text) OR (published_at IS NOT NULL))),
    CONSTRAINT posts_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT posts_status CHECK ((status = ANY (ARRAY['draft'::text, 'scheduled'::text, 'published'::text]))),
    CONSTRAINT posts_translation_of_another CHECK ((translation_of <> id))
);

ALTER TABLE public.posts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.posts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.preview_links (
    token_hash text NOT NULL,
    post_id bigint,
    page_id bigint,
    created_by bigint NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT preview_links_of_one CHECK ((num_nonnulls(post_id, page_id) = 1))
);

CREATE TABLE public.price_rules (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    category_id bigint,
    supplier_id bigint,
    add_permille integer NOT NULL,
    minimum_add_minor integer DEFAULT 0 NOT NULL,
    rounding text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT price_rules_numbers CHECK ((((add_permille >= 0) AND (add_permille <= 10000)) AND ((minimum_add_minor >= 0) AND (minimum_add_minor <= 100000)))),
    CONSTRAINT price_rules_rounding CHECK ((rounding = ANY (ARRAY['penny'::text, 'five'::text, 'ten'::text, 'forty-nine'::text, 'ninety-nine'::text])))
);

ALTER TABLE public.price_rules ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.price_rules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.product_announcements (
    product_id bigint NOT NULL,
    name text NOT NULL,
    slug text NOT NULL,
    is_alone boolean NOT NULL,
    announced_at timestamp with time zone DEFAULT now() NOT NULL,
    withdrawn_at timestamp with time zone
);

CREATE TABLE public.product_categories (
    product_id bigint NOT NULL,
    category_id bigint NOT NULL
);

CREATE TABLE public.product_changes (
    id bigint NOT NULL,
    product_id bigint NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    user_id bigint,
    source_id bigint,
    field text NOT NULL,
    before jsonb,
    after jsonb,
    reason text DEFAULT ''::text NOT NULL
);

ALTER TABLE public.product_changes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.product_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.product_groups (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    CONSTRAINT product_groups_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

ALTER TABLE public.product_groups ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.product_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.product_overrides (
    product_id bigint NOT NULL,
    field text NOT NULL,
    value jsonb NOT NULL,
    user_id bigint,
    said_at timestamp with time zone DEFAULT now() NOT NULL,
    reason text DEFAULT ''::text NOT NULL
);

CREATE TABLE public.product_pictures (
    product_id bigint NOT NULL,
    media_id bigint NOT NULL,
    "position" integer NOT NULL
);

CREATE TABLE public.product_sources (
    id bigint NOT NULL,
    product_id bigint NOT NULL,
    supplier_id bigint NOT NULL,
    sku text NOT NULL,
    fields jsonb NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    CONSTRAINT product_sources_fields CHECK ((jsonb_typeof(fields) = 'object'::text)),
    CONSTRAINT product_sources_sku CHECK (((length(sku) >= 1) AND (length(sku) <= 100)))
);

ALTER TABLE public.product_sources ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.product_sources_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.product_views (
    id bigint NOT NULL,
    product_id bigint NOT NULL,
    user_id bigint,
    device_id text,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT product_views_by_one CHECK ((num_nonnulls(user_id, device_id) = 1))
);

ALTER TABLE public.product_views ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.product_views_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.products (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    brand text DEFAULT ''::text NOT NULL,
    supplier_id bigint NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    pack_amount integer NOT NULL,
    pack_unit text NOT NULL,
    price_minor integer NOT NULL,
    currency text DEFAULT 'GBP'::text NOT NULL,
    vat_class text NOT NULL,
    ingredients text DEFAULT ''::text NOT NULL,
    are_allergens_stated boolean DEFAULT false NOT NULL,
    contains text[] DEFAULT '{}'::text[] NOT NULL,
    may_contain text[] DEFAULT '{}'::text[] NOT NULL,
    labels text[] DEFAULT '{}'::text[] NOT NULL,
    origin text DEFAULT ''::text NOT NULL,
    stock integer DEFAULT 0 NOT NULL,
    picture_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    search tsvector GENERATED ALWAYS AS (((setweight(to_tsvector('public.plain_english'::regconfig, name), 'A'::"char") || setweight(to_tsvector('public.plain_english'::regconfig, brand), 'B'::"char")) || setweight(to_tsvector('public.plain_english'::regconfig, ((description || ' '::text) || ingredients)), 'C'::"char"))) STORED NOT NULL,
    group_id bigint,
    variant_name text DEFAULT ''::text NOT NULL,
    is_lead boolean DEFAULT true NOT NULL,
    members_price_minor integer,
    case_size integer,
    gtin text,
    recipe text[] DEFAULT '{}'::text[] NOT NULL,
    is_recipe_whole boolean DEFAULT false NOT NULL,
    nutrition jsonb,
    revision integer DEFAULT 1 NOT NULL,
    is_on_sale boolean DEFAULT true NOT NULL,
    for_sale integer GENERATED ALWAYS AS (
CASE
    WHEN is_on_sale THEN stock
    ELSE 0
END) STORED NOT NULL,
    cost_minor integer,
    CONSTRAINT products_case_size CHECK ((case_size > 0)),
    CONSTRAINT products_cost CHECK ((cost_minor >= 0)),
    CONSTRAINT products_currency CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT products_group CHECK (((group_id IS NOT NULL) OR (is_lead AND (variant_name = ''::text)))),
    CONSTRAINT products_gtin CHECK ((gtin ~ '^([0-9]{8}|[0-9]{12,14})$'::text)),
    CONSTRAINT products_members_price CHECK (((members_price_minor >= 0) AND (members_price_minor < price_minor))),
    CONSTRAINT products_numbers CHECK (((pack_amount > 0) AND (price_minor >= 0) AND (stock >= 0))),
    CONSTRAINT products_pack_unit CHECK ((pack_unit = ANY (ARRAY['g'::text, 'ml'::text, 'piece'::text]))),
    CONSTRAINT products_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT products_unknown_says_nothing CHECK ((are_allergens_stated OR (cardinality((contains || may_contain)) = 0))),
    CONSTRAINT products_vat_class CHECK ((vat_class = ANY (ARRAY['zero'::text, 'reduced'::text, 'standard'::text])))
);

ALTER TABLE public.products ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.products_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.profile_fields (
    user_id bigint NOT NULL,
    "position" integer NOT NULL,
    name text NOT NULL,
    value text NOT NULL,
    CONSTRAINT profile_fields_lengths CHECK ((((length(name) >= 1) AND (length(name) <= 80)) AND ((length(value) >= 1) AND (length(value) <= 300))))
);

CREATE TABLE public.profile_links (
    actor text NOT NULL,
    href text NOT NULL,
    checked_at timestamp with time zone,
    verified_at timestamp with time zone
);

CREATE TABLE public.profiles (
    user_id bigint NOT NULL,
    uri text NOT NULL,
    is_locked boolean DEFAULT false NOT NULL,
    also_known_as text[] DEFAULT '{}'::text[] NOT NULL,
    moved_to text,
    moved_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    is_findable boolean DEFAULT false NOT NULL,
    CONSTRAINT profiles_moved CHECK (((moved_to IS NULL) = (moved_at IS NULL)))
);

CREATE TABLE public.rate_limits (
    key text NOT NULL,
    window_start timestamp with time zone NOT NULL,
    hits integer NOT NULL
);

CREATE TABLE public.receipt_counters (
    merchant_id bigint NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL
);

CREATE TABLE public.receipts (
    order_id bigint NOT NULL,
    merchant_id bigint NOT NULL,
    year integer NOT NULL,
    number integer NOT NULL,
    issued_at timestamp with time zone DEFAULT now() NOT NULL,
    seller_name text DEFAULT ''::text NOT NULL,
    seller_address text DEFAULT ''::text NOT NULL,
    seller_vat_id text DEFAULT ''::text NOT NULL,
    CONSTRAINT receipts_positive CHECK ((number > 0))
);

CREATE TABLE public.reconciliations (
    merchant_id bigint NOT NULL,
    compared_until timestamp with time zone NOT NULL,
    next_at timestamp with time zone NOT NULL,
    is_complete boolean DEFAULT true NOT NULL,
    trouble text DEFAULT ''::text NOT NULL
);

CREATE TABLE public.redirects (
    from_path text NOT NULL,
    post_id bigint,
    page_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    tag_id bigint,
    CONSTRAINT redirects_from_path CHECK ((from_path ~ '^/[a-z0-9/-]+$'::text)),
    CONSTRAINT redirects_to_one CHECK ((num_nonnulls(post_id, page_id, tag_id) = 1))
);

CREATE TABLE public.refunds (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    attempt_id bigint NOT NULL,
    request_key text NOT NULL,
    amount_minor integer NOT NULL,
    currency text NOT NULL,
    reason text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    state text DEFAULT 'requested'::text NOT NULL,
    before_minor integer,
    sent_at timestamp with time zone,
    look_at timestamp with time zone,
    looks integer DEFAULT 0 NOT NULL,
    trouble text DEFAULT ''::text NOT NULL,
    requested_by bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    done_at timestamp with time zone,
    via text,
    CONSTRAINT refunds_amount CHECK ((amount_minor > 0)),
    CONSTRAINT refunds_reason CHECK ((reason = ANY (ARRAY['asked'::text, 'shortfall'::text, 'goodwill'::text, 'late'::text, 'paid_twice'::text]))),
    CONSTRAINT refunds_state CHECK ((state = ANY (ARRAY['requested'::text, 'sending'::text, 'unknown'::text, 'done'::text, 'refused'::text]))),
    CONSTRAINT refunds_via CHECK ((via = ANY (ARRAY['cash'::text, 'bank'::text])))
);

ALTER TABLE public.refunds ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.refunds_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.relation_changes (
    id bigint NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    source text NOT NULL,
    key text NOT NULL,
    noted_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.relation_changes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.relation_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.relation_facts (
    id bigint NOT NULL,
    relation text NOT NULL,
    arguments jsonb NOT NULL,
    asserted_by text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone
);

ALTER TABLE public.relation_facts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.relation_facts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.relation_tuples (
    relation text NOT NULL,
    arguments jsonb NOT NULL
);

CREATE TABLE public.remote_pictures (
    url text NOT NULL,
    host text NOT NULL,
    sha256 text,
    reason text DEFAULT ''::text NOT NULL,
    width integer,
    height integer,
    fetched_at timestamp with time zone DEFAULT now() NOT NULL,
    try_after timestamp with time zone,
    seen_on date DEFAULT CURRENT_DATE NOT NULL,
    CONSTRAINT remote_pictures_kept CHECK (((sha256 IS NULL) = (try_after IS NOT NULL))),
    CONSTRAINT remote_pictures_sha256_hex CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE public.retention_runs (
    id bigint NOT NULL,
    what text NOT NULL,
    before timestamp with time zone NOT NULL,
    count integer NOT NULL,
    ran_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.retention_runs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.retention_runs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.revisions (
    id bigint NOT NULL,
    post_id bigint,
    page_id bigint,
    version integer NOT NULL,
    title text NOT NULL,
    excerpt text NOT NULL,
    document jsonb,
    html text NOT NULL,
    saved_by bigint,
    saved_at timestamp with time zone DEFAULT now() NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    run_began_at timestamp with time zone,
    CONSTRAINT revisions_of_one CHECK ((num_nonnulls(post_id, page_id) = 1))
);

ALTER TABLE public.revisions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.revisions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.room_claims (
    id bigint NOT NULL,
    room_id bigint NOT NULL,
    during tstzrange NOT NULL,
    occurrence_id bigint,
    expires_at timestamp with time zone,
    booking_time_id bigint,
    CONSTRAINT room_claims_some_time CHECK ((NOT isempty(during)))
);

ALTER TABLE public.room_claims ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.room_claims_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.room_closures (
    id bigint NOT NULL,
    room_id bigint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    reason text NOT NULL,
    closed_by_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    lifted_at timestamp with time zone,
    CONSTRAINT room_closures_order CHECK ((ends_at > starts_at)),
    CONSTRAINT room_closures_reason CHECK ((reason <> ''::text))
);

ALTER TABLE public.room_closures ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.room_closures_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.room_slots (
    id bigint NOT NULL,
    room_id bigint NOT NULL,
    calendar_id bigint NOT NULL,
    weekday integer NOT NULL,
    starts_time text NOT NULL,
    minutes integer NOT NULL,
    zone text NOT NULL,
    price_minor integer DEFAULT 0 NOT NULL,
    currency text DEFAULT 'GBP'::text NOT NULL,
    vat_class text DEFAULT 'standard'::text NOT NULL,
    is_for_members boolean DEFAULT true NOT NULL,
    is_moderated boolean DEFAULT false NOT NULL,
    refund_hours integer DEFAULT 48,
    first_on date NOT NULL,
    last_on date,
    is_closed boolean DEFAULT false NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    pay_hours integer DEFAULT 48 NOT NULL,
    CONSTRAINT room_slots_days CHECK ((last_on >= first_on)),
    CONSTRAINT room_slots_numbers CHECK ((((weekday >= 1) AND (weekday <= 7)) AND ((minutes >= 15) AND (minutes <= 1440)))),
    CONSTRAINT room_slots_pay_hours CHECK (((pay_hours >= 1) AND (pay_hours <= 720))),
    CONSTRAINT room_slots_price CHECK ((price_minor >= 0)),
    CONSTRAINT room_slots_refund CHECK (((refund_hours >= 0) AND (refund_hours <= 2000))),
    CONSTRAINT room_slots_starts_time CHECK ((starts_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
    CONSTRAINT room_slots_vat_class CHECK ((vat_class = ANY (ARRAY['zero'::text, 'reduced'::text, 'standard'::text])))
);

ALTER TABLE public.room_slots ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.room_slots_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rooms (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    within_id bigint,
    capacity integer,
    "position" integer NOT NULL,
    CONSTRAINT rooms_capacity CHECK ((capacity > 0)),
    CONSTRAINT rooms_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT rooms_within_another CHECK ((within_id <> id))
);

ALTER TABLE public.rooms ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.rooms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.scrape_alarms (
    id bigint NOT NULL,
    supplier_id bigint NOT NULL,
    run_id bigint NOT NULL,
    last_run_id bigint NOT NULL,
    drifts jsonb NOT NULL,
    raised_at timestamp with time zone DEFAULT now() NOT NULL,
    ending text DEFAULT ''::text NOT NULL,
    ended_at timestamp with time zone,
    ended_by bigint,
    ended_in_run bigint,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT scrape_alarms_ended CHECK (((ending = ''::text) = (ended_at IS NULL))),
    CONSTRAINT scrape_alarms_ending CHECK ((ending = ANY (ARRAY[''::text, 'found-again'::text, 'dismissed'::text])))
);

ALTER TABLE public.scrape_alarms ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.scrape_alarms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.scrape_entries (
    id bigint NOT NULL,
    run_id bigint NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    kind text NOT NULL,
    url text DEFAULT ''::text NOT NULL,
    words text NOT NULL
);

ALTER TABLE public.scrape_entries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.scrape_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.scrape_finding_fields (
    finding_id bigint NOT NULL,
    field text NOT NULL,
    before jsonb,
    after jsonb NOT NULL,
    can_take boolean NOT NULL,
    source text NOT NULL,
    confidence_percent integer NOT NULL,
    doubt text DEFAULT ''::text NOT NULL,
    decision text DEFAULT 'waiting'::text NOT NULL,
    rule text DEFAULT ''::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    user_id bigint,
    decided_at timestamp with time zone,
    stands boolean DEFAULT true NOT NULL,
    CONSTRAINT scrape_finding_fields_decided CHECK (((decision = ANY (ARRAY['accepted'::text, 'declined'::text])) = (decided_at IS NOT NULL))),
    CONSTRAINT scrape_finding_fields_decision CHECK ((decision = ANY (ARRAY['waiting'::text, 'accepted'::text, 'declined'::text, 'superseded'::text]))),
    CONSTRAINT scrape_finding_fields_field CHECK ((field = ANY (ARRAY['name'::text, 'brand'::text, 'priceMinor'::text, 'costMinor'::text, 'availability'::text, 'gtin'::text, 'ingredients'::text])))
);

CREATE TABLE public.scrape_findings (
    id bigint NOT NULL,
    supplier_id bigint NOT NULL,
    sku text NOT NULL,
    run_id bigint NOT NULL,
    kind text NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    doubts text[] DEFAULT '{}'::text[] NOT NULL,
    product_id bigint,
    match_id bigint,
    found_at timestamp with time zone DEFAULT now() NOT NULL,
    settled_at timestamp with time zone,
    CONSTRAINT scrape_findings_about CHECK (((kind = 'new'::text) OR (product_id IS NOT NULL))),
    CONSTRAINT scrape_findings_kind CHECK ((kind = ANY (ARRAY['new'::text, 'changed'::text, 'gone'::text]))),
    CONSTRAINT scrape_findings_state CHECK ((state = ANY (ARRAY['waiting'::text, 'settled'::text, 'superseded'::text])))
);

ALTER TABLE public.scrape_findings ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.scrape_findings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.scrape_hosts (
    host text NOT NULL,
    next_at timestamp with time zone DEFAULT now() NOT NULL,
    robots text,
    robots_verdict text,
    robots_at timestamp with time zone
);

CREATE TABLE public.scrape_pages (
    run_id bigint NOT NULL,
    url text NOT NULL,
    kind text NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    "position" bigint NOT NULL,
    depth integer NOT NULL,
    barren integer DEFAULT 0 NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    not_before timestamp with time zone DEFAULT now() NOT NULL,
    status integer,
    etag text,
    last_modified text,
    snapshot text,
    note text DEFAULT ''::text NOT NULL,
    CONSTRAINT scrape_pages_kind CHECK ((kind = ANY (ARRAY['listing'::text, 'product'::text]))),
    CONSTRAINT scrape_pages_state CHECK ((state = ANY (ARRAY['waiting'::text, 'fetched'::text, 'unchanged'::text, 'skipped'::text, 'failed'::text]))),
    CONSTRAINT scrape_pages_url CHECK ((length(url) <= 2000))
);

ALTER TABLE public.scrape_pages ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.scrape_pages_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.scrape_records (
    id bigint NOT NULL,
    supplier_id bigint NOT NULL,
    sku text NOT NULL,
    url text NOT NULL,
    fields jsonb NOT NULL,
    doubts text[] DEFAULT '{}'::text[] NOT NULL,
    extractor_version text NOT NULL,
    digest text NOT NULL,
    first_seen_run bigint NOT NULL,
    last_seen_run bigint NOT NULL,
    changed_run bigint NOT NULL,
    missing_since_run bigint,
    seen_at timestamp with time zone NOT NULL,
    page_url text,
    CONSTRAINT scrape_records_sku CHECK (((length(sku) >= 1) AND (length(sku) <= 100)))
);

ALTER TABLE public.scrape_records ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.scrape_records_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.scrape_runs (
    id bigint NOT NULL,
    supplier_id bigint NOT NULL,
    config_digest text DEFAULT ''::text NOT NULL,
    rules jsonb,
    state text DEFAULT 'waiting'::text NOT NULL,
    is_stop_asked boolean DEFAULT false NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL,
    started_by bigint,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    held_by uuid,
    held_until timestamp with time zone,
    counts jsonb DEFAULT '{"bytes": 0, "failed": 0, "listed": 0, "fetched": 0, "refused": 0, "products": 0, "unchanged": 0}'::jsonb NOT NULL,
    found jsonb DEFAULT '{}'::jsonb NOT NULL,
    ending text DEFAULT ''::text NOT NULL,
    CONSTRAINT scrape_runs_state CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'paused'::text, 'complete'::text, 'incomplete'::text, 'stopped'::text, 'failed'::text])))
);

ALTER TABLE public.scrape_runs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.scrape_runs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.scrape_snapshots (
    sha256 text NOT NULL,
    gzip bytea NOT NULL,
    content_type text DEFAULT ''::text NOT NULL,
    stored_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.series (
    id bigint NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    CONSTRAINT series_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

ALTER TABLE public.series ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.series_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.service_keys (
    kid text NOT NULL,
    purpose text NOT NULL,
    algorithm text NOT NULL,
    public_jwk jsonb NOT NULL,
    private_jwe text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone,
    current_at timestamp with time zone DEFAULT now()
);

CREATE TABLE public.sessions (
    token_hash text NOT NULL,
    app text NOT NULL,
    user_id bigint NOT NULL,
    provider_session text NOT NULL,
    device_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    browser text DEFAULT ''::text NOT NULL,
    CONSTRAINT sessions_app CHECK ((app = ANY (ARRAY['blog'::text, 'market'::text, 'cart'::text, 'events'::text, 'federation'::text, 'account'::text])))
);

CREATE TABLE public.shelf_entries (
    product_id bigint NOT NULL,
    name text NOT NULL,
    maker_id integer NOT NULL,
    food_id integer NOT NULL,
    section_id integer NOT NULL,
    price_minor integer NOT NULL,
    is_available boolean NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.shelf_foods (
    id integer NOT NULL,
    labels text[] NOT NULL,
    allergens text[] NOT NULL,
    is_stated boolean NOT NULL
);

ALTER TABLE public.shelf_foods ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.shelf_foods_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shelf_makers (
    id integer NOT NULL,
    brand text NOT NULL,
    supplier_id bigint NOT NULL
);

ALTER TABLE public.shelf_makers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.shelf_makers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shelf_sections (
    id integer NOT NULL,
    category_ids bigint[] NOT NULL
);

ALTER TABLE public.shelf_sections ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.shelf_sections_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shelf_stale (
    product_id bigint NOT NULL
);

CREATE TABLE public.shortfalls (
    id bigint NOT NULL,
    order_line_id bigint NOT NULL,
    reason text NOT NULL,
    quantity integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    told_at timestamp with time zone,
    CONSTRAINT shortfalls_quantity CHECK ((quantity > 0)),
    CONSTRAINT shortfalls_reason CHECK ((reason = ANY (ARRAY['case-not-full'::text, 'not-delivered'::text])))
);

ALTER TABLE public.shortfalls ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.shortfalls_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sign_in_links (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    token_hash text NOT NULL,
    code_hash text NOT NULL,
    code_attempts integer DEFAULT 0 NOT NULL,
    interaction_uid text NOT NULL,
    email text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    consumed_at timestamp with time zone
);

CREATE TABLE public.site_settings (
    id boolean DEFAULT true NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    name text,
    tagline text,
    logo_id bigint,
    accent_light text,
    accent_dark text,
    paper_light text,
    paper_dark text,
    joining text DEFAULT 'open'::text NOT NULL,
    retention jsonb DEFAULT '{}'::jsonb NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT site_settings_colours CHECK (((num_nonnulls(accent_light, accent_dark, paper_light, paper_dark) = ANY (ARRAY[0, 4])) AND (COALESCE((((accent_light || accent_dark) || paper_light) || paper_dark), '#000000'::text) ~ '^(#[0-9a-f]{6})+$'::text))),
    CONSTRAINT site_settings_joining CHECK ((joining = ANY (ARRAY['open'::text, 'approval'::text, 'invitation'::text]))),
    CONSTRAINT site_settings_name CHECK ((((length(name) >= 1) AND (length(name) <= 60)) AND (name !~ '[[:cntrl:]]'::text))),
    CONSTRAINT site_settings_one CHECK (id),
    CONSTRAINT site_settings_tagline CHECK (((length(tagline) <= 140) AND (tagline !~ '[[:cntrl:]]'::text)))
);

CREATE TABLE public.site_texts (
    id bigint NOT NULL,
    kind text NOT NULL,
    version integer NOT NULL,
    text text NOT NULL,
    changes text DEFAULT ''::text NOT NULL,
    published_at timestamp with time zone DEFAULT now() NOT NULL,
    published_by bigint,
    CONSTRAINT site_texts_kind CHECK ((kind = ANY (ARRAY['imprint'::text, 'privacy'::text, 'terms'::text]))),
    CONSTRAINT site_texts_numbered CHECK ((version > 0))
);

ALTER TABLE public.site_texts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.site_texts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.stock_alerts (
    product_id bigint NOT NULL,
    user_id bigint NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.stock_reservations (
    order_id bigint NOT NULL,
    product_id bigint NOT NULL,
    quantity integer NOT NULL,
    state text DEFAULT 'held'::text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT stock_reservations_quantity CHECK ((quantity > 0)),
    CONSTRAINT stock_reservations_state CHECK ((state = ANY (ARRAY['held'::text, 'taken'::text, 'released'::text])))
);

CREATE TABLE public.subscriber_labels (
    subscriber_id bigint NOT NULL,
    label_id bigint NOT NULL,
    source text NOT NULL,
    CONSTRAINT subscriber_labels_source CHECK ((source = ANY (ARRAY['site'::text, 'ghost'::text])))
);

CREATE TABLE public.subscribers (
    id bigint NOT NULL,
    email text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    user_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT subscribers_email_lower_case CHECK (((email = lower(email)) AND (email ~~ '_%@_%'::text)))
);

ALTER TABLE public.subscribers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.subscribers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.suppliers (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    place text DEFAULT ''::text NOT NULL,
    order_email text,
    order_contact text DEFAULT ''::text NOT NULL,
    CONSTRAINT suppliers_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

ALTER TABLE public.suppliers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.suppliers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tags (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    is_internal boolean DEFAULT false NOT NULL,
    heading text DEFAULT ''::text NOT NULL,
    CONSTRAINT tags_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

ALTER TABLE public.tags ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.tags_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.text_agreements (
    id bigint NOT NULL,
    user_id bigint,
    order_id bigint,
    kind text NOT NULL,
    version integer NOT NULL,
    agreed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT text_agreements_kind CHECK ((kind = ANY (ARRAY['terms'::text, 'privacy'::text]))),
    CONSTRAINT text_agreements_whose CHECK ((num_nonnulls(user_id, order_id) >= 1))
);

ALTER TABLE public.text_agreements ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.text_agreements_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ticket_boxes (
    entry_id bigint NOT NULL,
    capacity integer,
    questions jsonb DEFAULT '[]'::jsonb NOT NULL,
    refund_hours integer DEFAULT 48,
    can_transfer boolean DEFAULT true NOT NULL,
    has_waiting_list boolean DEFAULT true NOT NULL,
    offer_minutes integer DEFAULT 720 NOT NULL,
    CONSTRAINT ticket_boxes_numbers CHECK (((capacity > 0) AND (refund_hours >= 0) AND ((offer_minutes >= 5) AND (offer_minutes <= 10080))))
);

CREATE TABLE public.ticket_parts_off (
    ticket_id bigint NOT NULL,
    entry_id bigint NOT NULL,
    price_minor integer NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ticket_parts_off_price CHECK ((price_minor >= 0))
);

CREATE TABLE public.ticket_times (
    entry_id bigint NOT NULL,
    occurrence_key text NOT NULL,
    capacity integer NOT NULL,
    CONSTRAINT ticket_times_numbers CHECK (((capacity > 0) AND (occurrence_key <> ''::text)))
);

CREATE TABLE public.ticket_transfers (
    id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    old_code text NOT NULL,
    from_user_id bigint,
    at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.ticket_transfers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ticket_transfers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ticket_types (
    id bigint NOT NULL,
    entry_id bigint NOT NULL,
    name text NOT NULL,
    price_minor integer NOT NULL,
    currency text DEFAULT 'GBP'::text NOT NULL,
    capacity integer,
    "position" integer NOT NULL,
    vat_class text DEFAULT 'standard'::text NOT NULL,
    covers text DEFAULT 'whole'::text NOT NULL,
    opens_at timestamp with time zone,
    closes_at timestamp with time zone,
    per_person integer,
    code text DEFAULT ''::text NOT NULL,
    is_for_members boolean DEFAULT false NOT NULL,
    is_donation boolean DEFAULT false NOT NULL,
    is_closed boolean DEFAULT false NOT NULL,
    group_name text,
    CONSTRAINT ticket_types_covers CHECK ((covers = ANY (ARRAY['whole'::text, 'time'::text]))),
    CONSTRAINT ticket_types_numbers CHECK (((price_minor >= 0) AND (capacity > 0))),
    CONSTRAINT ticket_types_per_person CHECK ((per_person > 0)),
    CONSTRAINT ticket_types_vat_class CHECK ((vat_class = ANY (ARRAY['zero'::text, 'reduced'::text, 'standard'::text])))
);

ALTER TABLE public.ticket_types ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ticket_types_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ticket_waits (
    id bigint NOT NULL,
    ticket_type_id bigint NOT NULL,
    occurrence_key text DEFAULT ''::text NOT NULL,
    user_id bigint,
    email text,
    name text DEFAULT ''::text NOT NULL,
    quantity integer NOT NULL,
    token text NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    offered_until timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ticket_waits_holder CHECK ((num_nonnulls(user_id, email) = 1)),
    CONSTRAINT ticket_waits_offer CHECK (((state <> 'offered'::text) OR (offered_until IS NOT NULL))),
    CONSTRAINT ticket_waits_quantity CHECK (((quantity >= 1) AND (quantity <= 99))),
    CONSTRAINT ticket_waits_state CHECK ((state = ANY (ARRAY['waiting'::text, 'offered'::text, 'taken'::text, 'lapsed'::text, 'left'::text])))
);

ALTER TABLE public.ticket_waits ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ticket_waits_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets (
    id bigint NOT NULL,
    ticket_type_id bigint NOT NULL,
    user_id bigint,
    code text NOT NULL,
    status text DEFAULT 'valid'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    occurrence_key text DEFAULT ''::text NOT NULL,
    email text,
    holder_name text DEFAULT ''::text NOT NULL,
    order_line_id bigint,
    seat integer,
    batch text DEFAULT ''::text NOT NULL,
    price_minor integer DEFAULT 0 NOT NULL,
    answers jsonb DEFAULT '{}'::jsonb NOT NULL,
    bought_for timestamp with time zone,
    told text DEFAULT ''::text NOT NULL,
    transferred_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    CONSTRAINT tickets_holder CHECK ((num_nonnulls(user_id, email) > 0)),
    CONSTRAINT tickets_line CHECK (((order_line_id IS NULL) = (seat IS NULL))),
    CONSTRAINT tickets_status CHECK ((status = ANY (ARRAY['valid'::text, 'used'::text, 'cancelled'::text])))
);

ALTER TABLE public.tickets ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.tickets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.uploads (
    media_id bigint NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.user_emails (
    email text NOT NULL,
    user_id bigint NOT NULL,
    is_primary boolean NOT NULL,
    verified_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT user_emails_lower_case CHECK (((email = lower(email)) AND (email ~~ '_%@_%'::text)))
);

CREATE TABLE public.users (
    id bigint NOT NULL,
    handle text NOT NULL,
    name text NOT NULL,
    bio text DEFAULT ''::text NOT NULL,
    picture_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    search tsvector GENERATED ALWAYS AS ((setweight(to_tsvector('public.plain_english'::regconfig, ((name || ' '::text) || handle)), 'A'::"char") || setweight(to_tsvector('public.plain_english'::regconfig, bio), 'B'::"char"))) STORED NOT NULL,
    erased_at timestamp with time zone,
    CONSTRAINT users_handle_slug CHECK ((handle ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT users_name_length CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);

ALTER TABLE public.users ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wanted_pictures (
    id bigint NOT NULL,
    product_id bigint NOT NULL,
    url text NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    not_before timestamp with time zone DEFAULT now() NOT NULL,
    held_until timestamp with time zone,
    media_id bigint,
    note text DEFAULT ''::text NOT NULL,
    CONSTRAINT wanted_pictures_state CHECK ((state = ANY (ARRAY['waiting'::text, 'taken'::text, 'failed'::text]))),
    CONSTRAINT wanted_pictures_url CHECK ((length(url) <= 2000))
);

ALTER TABLE public.wanted_pictures ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.wanted_pictures_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.ap_activities
    ADD CONSTRAINT ap_activities_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ap_activity_handlings
    ADD CONSTRAINT ap_activity_handlings_once UNIQUE (activity_id, handler);

ALTER TABLE ONLY public.ap_activity_handlings
    ADD CONSTRAINT ap_activity_handlings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ap_blocks
    ADD CONSTRAINT ap_blocks_activity_unique UNIQUE (activity);

ALTER TABLE ONLY public.ap_blocks
    ADD CONSTRAINT ap_blocks_actor_blocked_pk PRIMARY KEY (actor, blocked);

ALTER TABLE ONLY public.ap_bookmarks
    ADD CONSTRAINT ap_bookmarks_user_id_status_id_pk PRIMARY KEY (user_id, status_id);

ALTER TABLE ONLY public.ap_deliveries
    ADD CONSTRAINT ap_deliveries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ap_documents
    ADD CONSTRAINT ap_documents_id_unique UNIQUE (id);

ALTER TABLE ONLY public.ap_documents
    ADD CONSTRAINT ap_documents_pkey PRIMARY KEY (uri);

ALTER TABLE ONLY public.ap_follows
    ADD CONSTRAINT ap_follows_activity_unique UNIQUE (activity);

ALTER TABLE ONLY public.ap_follows
    ADD CONSTRAINT ap_follows_follower_followed_pk PRIMARY KEY (follower, followed);

ALTER TABLE ONLY public.ap_hashtags
    ADD CONSTRAINT ap_hashtags_status_id_tag_pk PRIMARY KEY (status_id, tag);

ALTER TABLE ONLY public.ap_hosts
    ADD CONSTRAINT ap_hosts_pkey PRIMARY KEY (host);

ALTER TABLE ONLY public.ap_inbox
    ADD CONSTRAINT ap_inbox_once UNIQUE (actor, activity);

ALTER TABLE ONLY public.ap_inbox
    ADD CONSTRAINT ap_inbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ap_mentions
    ADD CONSTRAINT ap_mentions_status_id_actor_pk PRIMARY KEY (status_id, actor);

ALTER TABLE ONLY public.ap_outgoing
    ADD CONSTRAINT "ap_outgoing_activityId_unique" UNIQUE (activity_id);

ALTER TABLE ONLY public.ap_outgoing
    ADD CONSTRAINT ap_outgoing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ap_outgoing
    ADD CONSTRAINT ap_outgoing_uri_unique UNIQUE (uri);

ALTER TABLE ONLY public.ap_pictures
    ADD CONSTRAINT ap_pictures_status_id_position_pk PRIMARY KEY (status_id, "position");

ALTER TABLE ONLY public.ap_pins
    ADD CONSTRAINT ap_pins_user_id_status_id_pk PRIMARY KEY (user_id, status_id);

ALTER TABLE ONLY public.ap_poll_options
    ADD CONSTRAINT ap_poll_options_status_id_position_pk PRIMARY KEY (status_id, "position");

ALTER TABLE ONLY public.ap_poll_votes
    ADD CONSTRAINT ap_poll_votes_status_id_actor_position_pk PRIMARY KEY (status_id, actor, "position");

ALTER TABLE ONLY public.ap_polls
    ADD CONSTRAINT ap_polls_pkey PRIMARY KEY (status_id);

ALTER TABLE ONLY public.ap_reactions
    ADD CONSTRAINT ap_reactions_activity_unique UNIQUE (activity);

ALTER TABLE ONLY public.ap_reactions
    ADD CONSTRAINT ap_reactions_object_type_actor_pk PRIMARY KEY (object, type, actor);

ALTER TABLE ONLY public.ap_remote_actors
    ADD CONSTRAINT ap_remote_actors_pkey PRIMARY KEY (uri);

ALTER TABLE ONLY public.ap_reports
    ADD CONSTRAINT ap_reports_id_unique UNIQUE (id);

ALTER TABLE ONLY public.ap_reports
    ADD CONSTRAINT ap_reports_pkey PRIMARY KEY (activity);

ALTER TABLE ONLY public.ap_versions
    ADD CONSTRAINT ap_versions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.back_order_lines
    ADD CONSTRAINT back_order_lines_sending_id_product_id_pk PRIMARY KEY (sending_id, product_id);

ALTER TABLE ONLY public.back_order_sendings
    ADD CONSTRAINT back_order_sendings_number UNIQUE (back_order_id, number);

ALTER TABLE ONLY public.back_order_sendings
    ADD CONSTRAINT back_order_sendings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.back_orders
    ADD CONSTRAINT back_orders_one_each UNIQUE (cycle_id, supplier_id);

ALTER TABLE ONLY public.back_orders
    ADD CONSTRAINT back_orders_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.booking_times
    ADD CONSTRAINT booking_times_once UNIQUE (booking_id, starts_at);

ALTER TABLE ONLY public.booking_times
    ADD CONSTRAINT booking_times_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_code_unique UNIQUE (code);

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_order_line UNIQUE (order_line_id);

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendar_addresses
    ADD CONSTRAINT calendar_addresses_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.calendar_addresses
    ADD CONSTRAINT "calendar_addresses_tokenHash_unique" UNIQUE (token_hash);

ALTER TABLE ONLY public.calendar_entries
    ADD CONSTRAINT calendar_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendar_entries
    ADD CONSTRAINT calendar_entries_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.calendar_entries
    ADD CONSTRAINT calendar_entries_uid UNIQUE (calendar_id, uid);

ALTER TABLE ONLY public.calendar_feeds
    ADD CONSTRAINT calendar_feeds_once UNIQUE (calendar_id, url);

ALTER TABLE ONLY public.calendar_feeds
    ADD CONSTRAINT calendar_feeds_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendar_imports
    ADD CONSTRAINT calendar_imports_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.calendar_keepers
    ADD CONSTRAINT calendar_keepers_calendar_id_user_id_pk PRIMARY KEY (calendar_id, user_id);

ALTER TABLE ONLY public.calendar_rooms
    ADD CONSTRAINT calendar_rooms_calendar_id_room_id_pk PRIMARY KEY (calendar_id, room_id);

ALTER TABLE ONLY public.calendars
    ADD CONSTRAINT calendars_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendars
    ADD CONSTRAINT calendars_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.cart_lines
    ADD CONSTRAINT cart_lines_one_per_lot UNIQUE (cart_id, lot_id);

ALTER TABLE ONLY public.cart_lines
    ADD CONSTRAINT cart_lines_one_per_product UNIQUE (cart_id, product_id);

ALTER TABLE ONLY public.cart_lines
    ADD CONSTRAINT cart_lines_one_per_ref UNIQUE (cart_id, kind, ref);

ALTER TABLE ONLY public.cart_lines
    ADD CONSTRAINT cart_lines_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT "carts_deviceId_unique" UNIQUE (device_id);

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT carts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT "carts_userId_unique" UNIQUE (user_id);

ALTER TABLE ONLY public.categories
    ADD CONSTRAINT categories_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.categories
    ADD CONSTRAINT categories_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.category_addresses
    ADD CONSTRAINT category_addresses_pkey PRIMARY KEY (slug);

ALTER TABLE ONLY public.category_parents
    ADD CONSTRAINT category_parents_category_id_parent_id_pk PRIMARY KEY (category_id, parent_id);

ALTER TABLE ONLY public.change_lines
    ADD CONSTRAINT change_lines_set_id_line_pk PRIMARY KEY (set_id, line);

ALTER TABLE ONLY public.change_sets
    ADD CONSTRAINT change_sets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.check_ins
    ADD CONSTRAINT check_ins_once UNIQUE (ticket_id, occurrence_key);

ALTER TABLE ONLY public.check_ins
    ADD CONSTRAINT check_ins_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.client_apps
    ADD CONSTRAINT "client_apps_clientId_unique" UNIQUE (client_id);

ALTER TABLE ONLY public.client_apps
    ADD CONSTRAINT client_apps_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.client_codes
    ADD CONSTRAINT client_codes_pkey PRIMARY KEY (code_hash);

ALTER TABLE ONLY public.client_markers
    ADD CONSTRAINT client_markers_user_id_timeline_pk PRIMARY KEY (user_id, timeline);

ALTER TABLE ONLY public.client_posts
    ADD CONSTRAINT client_posts_user_id_key_hash_pk PRIMARY KEY (user_id, key_hash);

ALTER TABLE ONLY public.client_tokens
    ADD CONSTRAINT client_tokens_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.client_tokens
    ADD CONSTRAINT "client_tokens_tokenHash_unique" UNIQUE (token_hash);

ALTER TABLE ONLY public.client_uploads
    ADD CONSTRAINT client_uploads_user_id_media_id_pk PRIMARY KEY (user_id, media_id);

ALTER TABLE ONLY public.comment_threads
    ADD CONSTRAINT comment_threads_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.comment_threads
    ADD CONSTRAINT comment_threads_source UNIQUE (source_type, source_id);

ALTER TABLE ONLY public.containments
    ADD CONSTRAINT containments_once UNIQUE (page_id, calendar_id);

ALTER TABLE ONLY public.containments
    ADD CONSTRAINT containments_once_a_place UNIQUE (page_id, market_place_id);

ALTER TABLE ONLY public.containments
    ADD CONSTRAINT containments_once_an_entry UNIQUE (page_id, entry_id);

ALTER TABLE ONLY public.containments
    ADD CONSTRAINT containments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cycle_lots
    ADD CONSTRAINT cycle_lots_one_each UNIQUE (cycle_id, product_id);

ALTER TABLE ONLY public.cycle_lots
    ADD CONSTRAINT cycle_lots_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cycle_products
    ADD CONSTRAINT cycle_products_cycle_id_product_id_pk PRIMARY KEY (cycle_id, product_id);

ALTER TABLE ONLY public.cycle_suppliers
    ADD CONSTRAINT cycle_suppliers_cycle_id_supplier_id_pk PRIMARY KEY (cycle_id, supplier_id);

ALTER TABLE ONLY public.data_exports
    ADD CONSTRAINT data_exports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.discounts
    ADD CONSTRAINT discounts_code_unique UNIQUE (code);

ALTER TABLE ONLY public.discounts
    ADD CONSTRAINT discounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.domain_blocks
    ADD CONSTRAINT domain_blocks_actor_domain_pk PRIMARY KEY (actor, domain);

ALTER TABLE ONLY public.dues
    ADD CONSTRAINT "dues_orderLineId_unique" UNIQUE (order_line_id);

ALTER TABLE ONLY public.dues
    ADD CONSTRAINT dues_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT "email_changes_newTokenHash_unique" UNIQUE (new_token_hash);

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT "email_changes_oldTokenHash_unique" UNIQUE (old_token_hash);

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.entry_answers
    ADD CONSTRAINT entry_answers_entry_id_key_user_id_pk PRIMARY KEY (entry_id, key, user_id);

ALTER TABLE ONLY public.entry_guests
    ADD CONSTRAINT entry_guests_once UNIQUE (entry_id, email);

ALTER TABLE ONLY public.entry_guests
    ADD CONSTRAINT entry_guests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.entry_overrides
    ADD CONSTRAINT entry_overrides_once UNIQUE (entry_id, key, is_following);

ALTER TABLE ONLY public.entry_overrides
    ADD CONSTRAINT entry_overrides_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.erased_addresses
    ADD CONSTRAINT erased_addresses_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.erased_list
    ADD CONSTRAINT erased_list_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.erased_people
    ADD CONSTRAINT "erased_people_handleHash_unique" UNIQUE (handle_hash);

ALTER TABLE ONLY public.erased_people
    ADD CONSTRAINT erased_people_user_id_joined_at_pk PRIMARY KEY (user_id, joined_at);

ALTER TABLE ONLY public.erasure_receipts
    ADD CONSTRAINT erasure_receipts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.erasure_steps
    ADD CONSTRAINT erasure_steps_erasure_id_app_pk PRIMARY KEY (erasure_id, app);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.follow_exceptions
    ADD CONSTRAINT follow_exceptions_actor_other_pk PRIMARY KEY (actor, other);

ALTER TABLE ONLY public.ghost_deliveries
    ADD CONSTRAINT ghost_deliveries_pkey PRIMARY KEY (signature);

ALTER TABLE ONLY public.ghost_files
    ADD CONSTRAINT ghost_files_pkey PRIMARY KEY (url);

ALTER TABLE ONLY public.ghost_import_items
    ADD CONSTRAINT ghost_import_items_once UNIQUE (import_id, kind, ghost_id);

ALTER TABLE ONLY public.ghost_import_items
    ADD CONSTRAINT ghost_import_items_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ghost_imports
    ADD CONSTRAINT ghost_imports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ghost_links
    ADD CONSTRAINT ghost_links_page UNIQUE (page_id);

ALTER TABLE ONLY public.ghost_links
    ADD CONSTRAINT ghost_links_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ghost_links
    ADD CONSTRAINT ghost_links_post UNIQUE (post_id);

ALTER TABLE ONLY public.ghost_links
    ADD CONSTRAINT ghost_links_theirs UNIQUE (kind, ghost_id);

ALTER TABLE ONLY public.ghost_members
    ADD CONSTRAINT ghost_members_pkey PRIMARY KEY (ghost_id);

ALTER TABLE ONLY public.ghost_newsletters
    ADD CONSTRAINT ghost_newsletters_pkey PRIMARY KEY (ghost_id);

ALTER TABLE ONLY public.ghost_state
    ADD CONSTRAINT ghost_state_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.groups
    ADD CONSTRAINT groups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.groups
    ADD CONSTRAINT groups_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.guardianships
    ADD CONSTRAINT guardianships_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invitation_uses
    ADD CONSTRAINT invitation_uses_invitation_id_user_id_pk PRIMARY KEY (invitation_id, user_id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT "invitations_tokenHash_unique" UNIQUE (token_hash);

ALTER TABLE ONLY public.join_requests
    ADD CONSTRAINT join_requests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_key_unique UNIQUE (key);

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.letter_deliveries
    ADD CONSTRAINT letter_deliveries_letter_id_subscriber_id_pk PRIMARY KEY (letter_id, subscriber_id);

ALTER TABLE ONLY public.letters
    ADD CONSTRAINT letters_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.likes
    ADD CONSTRAINT likes_once_a_device UNIQUE (kind, subject, device_id);

ALTER TABLE ONLY public.likes
    ADD CONSTRAINT likes_once_a_member UNIQUE (kind, subject, user_id);

ALTER TABLE ONLY public.likes
    ADD CONSTRAINT likes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.market_place_addresses
    ADD CONSTRAINT market_place_addresses_pkey PRIMARY KEY (slug);

ALTER TABLE ONLY public.market_place_exceptions
    ADD CONSTRAINT market_place_exceptions_place_id_day_pk PRIMARY KEY (place_id, day);

ALTER TABLE ONLY public.market_place_hours
    ADD CONSTRAINT market_place_hours_once UNIQUE NULLS NOT DISTINCT (place_id, weekday, day, opens_minute);

ALTER TABLE ONLY public.market_place_hours
    ADD CONSTRAINT market_place_hours_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.market_place_picks
    ADD CONSTRAINT market_place_picks_place_id_product_id_pk PRIMARY KEY (place_id, product_id);

ALTER TABLE ONLY public.market_place_rules
    ADD CONSTRAINT market_place_rules_once UNIQUE NULLS NOT DISTINCT (place_id, category_id, label, supplier_id);

ALTER TABLE ONLY public.market_place_rules
    ADD CONSTRAINT market_place_rules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.market_places
    ADD CONSTRAINT market_places_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.market_places
    ADD CONSTRAINT market_places_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.media
    ADD CONSTRAINT media_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.media
    ADD CONSTRAINT media_sha256_unique UNIQUE (sha256);

ALTER TABLE ONLY public.media_variants
    ADD CONSTRAINT media_variants_media_id_content_type_width_pk PRIMARY KEY (media_id, content_type, width);

ALTER TABLE ONLY public.member_labels
    ADD CONSTRAINT member_labels_name_unique UNIQUE (name);

ALTER TABLE ONLY public.member_labels
    ADD CONSTRAINT member_labels_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.member_settings
    ADD CONSTRAINT member_settings_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_once UNIQUE (group_id, user_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.menu_items
    ADD CONSTRAINT menu_items_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.merchant_pages
    ADD CONSTRAINT merchant_pages_pkey PRIMARY KEY (page_id);

ALTER TABLE ONLY public.merchants
    ADD CONSTRAINT merchants_code_unique UNIQUE (code);

ALTER TABLE ONLY public.merchants
    ADD CONSTRAINT merchants_page UNIQUE (page_id);

ALTER TABLE ONLY public.merchants
    ADD CONSTRAINT merchants_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.moderation_appeals
    ADD CONSTRAINT "moderation_appeals_documentUri_unique" UNIQUE (document_uri);

ALTER TABLE ONLY public.moderation_appeals
    ADD CONSTRAINT "moderation_appeals_limitId_unique" UNIQUE (limit_id);

ALTER TABLE ONLY public.moderation_appeals
    ADD CONSTRAINT moderation_appeals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.moderation_limits
    ADD CONSTRAINT moderation_limits_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.moderation_settings
    ADD CONSTRAINT moderation_settings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.muted_threads
    ADD CONSTRAINT muted_threads_user_id_thread_pk PRIMARY KEY (user_id, thread);

ALTER TABLE ONLY public.mutes
    ADD CONSTRAINT mutes_actor_muted_pk PRIMARY KEY (actor, muted);

ALTER TABLE ONLY public.newsletter_consents
    ADD CONSTRAINT newsletter_consents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.newsletter_subscriptions
    ADD CONSTRAINT newsletter_subscriptions_subscriber_id_newsletter_id_pk PRIMARY KEY (subscriber_id, newsletter_id);

ALTER TABLE ONLY public.newsletter_suppressions
    ADD CONSTRAINT newsletter_suppressions_pkey PRIMARY KEY (address_hash);

ALTER TABLE ONLY public.newsletters
    ADD CONSTRAINT newsletters_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.newsletters
    ADD CONSTRAINT newsletters_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.notice_mails
    ADD CONSTRAINT notice_mails_user_id_kind_pk PRIMARY KEY (user_id, kind);

ALTER TABLE ONLY public.notifications_off
    ADD CONSTRAINT notifications_off_user_id_kind_pk PRIMARY KEY (user_id, kind);

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_once UNIQUE (user_id, activity_id);

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oauth_clients
    ADD CONSTRAINT oauth_clients_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.occurrences
    ADD CONSTRAINT occurrences_once UNIQUE (entry_id, key);

ALTER TABLE ONLY public.occurrences
    ADD CONSTRAINT occurrences_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oidc_payloads
    ADD CONSTRAINT oidc_payloads_kind_id_pk PRIMARY KEY (kind, id);

ALTER TABLE ONLY public.order_cycles
    ADD CONSTRAINT order_cycles_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.order_discounts
    ADD CONSTRAINT order_discounts_order_id_position_pk PRIMARY KEY (order_id, "position");

ALTER TABLE ONLY public.order_lines
    ADD CONSTRAINT order_lines_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.order_lines
    ADD CONSTRAINT order_lines_position UNIQUE (order_id, "position");

ALTER TABLE ONLY public.order_notes
    ADD CONSTRAINT order_notes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.order_pick_ups
    ADD CONSTRAINT order_pick_ups_order_id_cycle_id_pk PRIMARY KEY (order_id, cycle_id);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_reference_unique UNIQUE (reference);

ALTER TABLE ONLY public.outgoing_state
    ADD CONSTRAINT outgoing_state_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pages_path_unique UNIQUE (path);

ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.passkey_challenges
    ADD CONSTRAINT passkey_challenges_pkey PRIMARY KEY (challenge);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payment_attempts
    ADD CONSTRAINT "payment_attempts_checkoutId_unique" UNIQUE (checkout_id);

ALTER TABLE ONLY public.payment_attempts
    ADD CONSTRAINT payment_attempts_number UNIQUE (order_id, number);

ALTER TABLE ONLY public.payment_attempts
    ADD CONSTRAINT payment_attempts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payment_attempts
    ADD CONSTRAINT payment_attempts_reference_unique UNIQUE (reference);

ALTER TABLE ONLY public.payment_attempts
    ADD CONSTRAINT "payment_attempts_transactionId_unique" UNIQUE (transaction_id);

ALTER TABLE ONLY public.payment_matters
    ADD CONSTRAINT payment_matters_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_import_rows
    ADD CONSTRAINT people_import_rows_import_id_position_pk PRIMARY KEY (import_id, "position");

ALTER TABLE ONLY public.people_imports
    ADD CONSTRAINT people_imports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_list_members
    ADD CONSTRAINT people_list_members_list_id_person_pk PRIMARY KEY (list_id, person);

ALTER TABLE ONLY public.people_lists
    ADD CONSTRAINT people_lists_name UNIQUE (user_id, name);

ALTER TABLE ONLY public.people_lists
    ADD CONSTRAINT people_lists_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.pick_ups
    ADD CONSTRAINT pick_ups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.post_alerts
    ADD CONSTRAINT post_alerts_actor_other_pk PRIMARY KEY (actor, other);

ALTER TABLE ONLY public.post_authors
    ADD CONSTRAINT post_authors_post_id_user_id_pk PRIMARY KEY (post_id, user_id);

ALTER TABLE ONLY public.post_products
    ADD CONSTRAINT post_products_post_id_product_id_pk PRIMARY KEY (post_id, product_id);

ALTER TABLE ONLY public.post_tags
    ADD CONSTRAINT post_tags_post_id_tag_id_pk PRIMARY KEY (post_id, tag_id);

ALTER TABLE ONLY public.postings
    ADD CONSTRAINT postings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_one_translation UNIQUE (translation_of, language);

ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.preview_links
    ADD CONSTRAINT preview_links_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.price_rules
    ADD CONSTRAINT price_rules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.product_announcements
    ADD CONSTRAINT product_announcements_pkey PRIMARY KEY (product_id);

ALTER TABLE ONLY public.product_categories
    ADD CONSTRAINT product_categories_product_id_category_id_pk PRIMARY KEY (product_id, category_id);

ALTER TABLE ONLY public.product_changes
    ADD CONSTRAINT product_changes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.product_groups
    ADD CONSTRAINT product_groups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.product_groups
    ADD CONSTRAINT product_groups_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.product_overrides
    ADD CONSTRAINT product_overrides_product_id_field_pk PRIMARY KEY (product_id, field);

ALTER TABLE ONLY public.product_pictures
    ADD CONSTRAINT product_pictures_product_id_media_id_pk PRIMARY KEY (product_id, media_id);

ALTER TABLE ONLY public.product_sources
    ADD CONSTRAINT product_sources_once_each UNIQUE (supplier_id, sku);

ALTER TABLE ONLY public.product_sources
    ADD CONSTRAINT product_sources_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.product_views
    ADD CONSTRAINT product_views_once_a_device UNIQUE (device_id, product_id);

ALTER TABLE ONLY public.product_views
    ADD CONSTRAINT product_views_once_a_member UNIQUE (user_id, product_id);

ALTER TABLE ONLY public.product_views
    ADD CONSTRAINT product_views_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.profile_fields
    ADD CONSTRAINT profile_fields_user_id_position_pk PRIMARY KEY (user_id, "position");

ALTER TABLE ONLY public.profile_links
    ADD CONSTRAINT profile_links_actor_href_pk PRIMARY KEY (actor, href);

ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_uri_unique UNIQUE (uri);

ALTER TABLE ONLY public.rate_limits
    ADD CONSTRAINT rate_limits_key_window_start_pk PRIMARY KEY (key, window_start);

ALTER TABLE ONLY public.receipt_counters
    ADD CONSTRAINT receipt_counters_merchant_id_year_pk PRIMARY KEY (merchant_id, year);

ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT receipts_number UNIQUE (merchant_id, year, number);

ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT receipts_pkey PRIMARY KEY (order_id);

ALTER TABLE ONLY public.reconciliations
    ADD CONSTRAINT reconciliations_pkey PRIMARY KEY (merchant_id);

ALTER TABLE ONLY public.redirects
    ADD CONSTRAINT redirects_pkey PRIMARY KEY (from_path);

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT "refunds_requestKey_unique" UNIQUE (request_key);

ALTER TABLE ONLY public.relation_changes
    ADD CONSTRAINT relation_changes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.relation_facts
    ADD CONSTRAINT relation_facts_once_each UNIQUE (relation, arguments, asserted_by);

ALTER TABLE ONLY public.relation_facts
    ADD CONSTRAINT relation_facts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.relation_tuples
    ADD CONSTRAINT relation_tuples_relation_arguments_pk PRIMARY KEY (relation, arguments);

ALTER TABLE ONLY public.remote_pictures
    ADD CONSTRAINT remote_pictures_pkey PRIMARY KEY (url);

ALTER TABLE ONLY public.retention_runs
    ADD CONSTRAINT retention_runs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_page_version UNIQUE (page_id, version);

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_post_version UNIQUE (post_id, version);

ALTER TABLE ONLY public.room_claims
    ADD CONSTRAINT room_claims_once EXCLUDE USING gist (room_id WITH =, during WITH &&);

ALTER TABLE ONLY public.room_claims
    ADD CONSTRAINT room_claims_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.room_closures
    ADD CONSTRAINT room_closures_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.room_slots
    ADD CONSTRAINT room_slots_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.scrape_alarms
    ADD CONSTRAINT scrape_alarms_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.scrape_entries
    ADD CONSTRAINT scrape_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.scrape_finding_fields
    ADD CONSTRAINT scrape_finding_fields_finding_id_field_pk PRIMARY KEY (finding_id, field);

ALTER TABLE ONLY public.scrape_findings
    ADD CONSTRAINT scrape_findings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.scrape_hosts
    ADD CONSTRAINT scrape_hosts_pkey PRIMARY KEY (host);

ALTER TABLE ONLY public.scrape_pages
    ADD CONSTRAINT scrape_pages_run_id_url_pk PRIMARY KEY (run_id, url);

ALTER TABLE ONLY public.scrape_records
    ADD CONSTRAINT scrape_records_once_each UNIQUE (supplier_id, sku);

ALTER TABLE ONLY public.scrape_records
    ADD CONSTRAINT scrape_records_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.scrape_runs
    ADD CONSTRAINT scrape_runs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.scrape_snapshots
    ADD CONSTRAINT scrape_snapshots_pkey PRIMARY KEY (sha256);

ALTER TABLE ONLY public.series
    ADD CONSTRAINT series_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.series
    ADD CONSTRAINT series_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.service_keys
    ADD CONSTRAINT service_keys_pkey PRIMARY KEY (kid);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.shelf_entries
    ADD CONSTRAINT shelf_entries_pkey PRIMARY KEY (product_id);

ALTER TABLE ONLY public.shelf_foods
    ADD CONSTRAINT shelf_foods_once UNIQUE (labels, allergens, is_stated);

ALTER TABLE ONLY public.shelf_foods
    ADD CONSTRAINT shelf_foods_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shelf_makers
    ADD CONSTRAINT shelf_makers_once UNIQUE (brand, supplier_id);

ALTER TABLE ONLY public.shelf_makers
    ADD CONSTRAINT shelf_makers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shelf_sections
    ADD CONSTRAINT shelf_sections_once UNIQUE (category_ids);

ALTER TABLE ONLY public.shelf_sections
    ADD CONSTRAINT shelf_sections_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shelf_stale
    ADD CONSTRAINT shelf_stale_pkey PRIMARY KEY (product_id);

ALTER TABLE ONLY public.shortfalls
    ADD CONSTRAINT shortfalls_once UNIQUE (order_line_id, reason);

ALTER TABLE ONLY public.shortfalls
    ADD CONSTRAINT shortfalls_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_links
    ADD CONSTRAINT sign_in_links_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_links
    ADD CONSTRAINT "sign_in_links_tokenHash_unique" UNIQUE (token_hash);

ALTER TABLE ONLY public.site_settings
    ADD CONSTRAINT site_settings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.site_texts
    ADD CONSTRAINT site_texts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.site_texts
    ADD CONSTRAINT site_texts_version UNIQUE (kind, version);

ALTER TABLE ONLY public.stock_alerts
    ADD CONSTRAINT stock_alerts_product_id_user_id_pk PRIMARY KEY (product_id, user_id);

ALTER TABLE ONLY public.stock_reservations
    ADD CONSTRAINT stock_reservations_order_id_product_id_pk PRIMARY KEY (order_id, product_id);

ALTER TABLE ONLY public.subscriber_labels
    ADD CONSTRAINT subscriber_labels_subscriber_id_label_id_pk PRIMARY KEY (subscriber_id, label_id);

ALTER TABLE ONLY public.subscribers
    ADD CONSTRAINT subscribers_email_unique UNIQUE (email);

ALTER TABLE ONLY public.subscribers
    ADD CONSTRAINT subscribers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.suppliers
    ADD CONSTRAINT suppliers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.suppliers
    ADD CONSTRAINT suppliers_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.text_agreements
    ADD CONSTRAINT text_agreements_once UNIQUE NULLS NOT DISTINCT (user_id, order_id, kind, version);

ALTER TABLE ONLY public.text_agreements
    ADD CONSTRAINT text_agreements_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ticket_boxes
    ADD CONSTRAINT ticket_boxes_pkey PRIMARY KEY (entry_id);

ALTER TABLE ONLY public.ticket_parts_off
    ADD CONSTRAINT ticket_parts_off_ticket_id_entry_id_pk PRIMARY KEY (ticket_id, entry_id);

ALTER TABLE ONLY public.ticket_times
    ADD CONSTRAINT ticket_times_entry_id_occurrence_key_pk PRIMARY KEY (entry_id, occurrence_key);

ALTER TABLE ONLY public.ticket_transfers
    ADD CONSTRAINT "ticket_transfers_oldCode_unique" UNIQUE (old_code);

ALTER TABLE ONLY public.ticket_transfers
    ADD CONSTRAINT ticket_transfers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ticket_types
    ADD CONSTRAINT ticket_types_name UNIQUE (entry_id, name);

ALTER TABLE ONLY public.ticket_types
    ADD CONSTRAINT ticket_types_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ticket_waits
    ADD CONSTRAINT ticket_waits_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ticket_waits
    ADD CONSTRAINT ticket_waits_token_unique UNIQUE (token);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_code_unique UNIQUE (code);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_pkey PRIMARY KEY (media_id);

ALTER TABLE ONLY public.user_emails
    ADD CONSTRAINT user_emails_pkey PRIMARY KEY (email);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_handle_unique UNIQUE (handle);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wanted_pictures
    ADD CONSTRAINT wanted_pictures_once UNIQUE (product_id, url);

ALTER TABLE ONLY public.wanted_pictures
    ADD CONSTRAINT wanted_pictures_pkey PRIMARY KEY (id);

CREATE INDEX ap_activities_actor ON public.ap_activities USING btree (actor_id);

CREATE INDEX ap_activities_newest ON public.ap_activities USING btree (visibility, published_at DESC, id DESC);

CREATE INDEX ap_activities_object ON public.ap_activities USING btree (object_type, object_id);

CREATE INDEX ap_activity_handlings_dead ON public.ap_activity_handlings USING btree (settled_at, id) WHERE (state = 'dead'::text);

CREATE INDEX ap_activity_handlings_due ON public.ap_activity_handlings USING btree (handler, next_attempt_at, id) WHERE (state = 'pending'::text);

CREATE INDEX ap_activity_handlings_in_order ON public.ap_activity_handlings USING btree (handler, object_type, object_id, id) WHERE (state = 'pending'::text);

CREATE UNIQUE INDEX ap_activity_handlings_one_in_hand ON public.ap_activity_handlings USING btree (handler, object_type, object_id) WHERE (lease IS NOT NULL);

CREATE INDEX ap_activity_handlings_settled_at ON public.ap_activity_handlings USING brin (settled_at);

CREATE INDEX ap_blocks_blocked ON public.ap_blocks USING btree (blocked);

CREATE INDEX ap_bookmarks_newest ON public.ap_bookmarks USING btree (user_id, created_at DESC, status_id);

CREATE INDEX ap_bookmarks_status ON public.ap_bookmarks USING btree (status_id);

CREATE INDEX ap_deliveries_again ON public.ap_deliveries USING btree (next_attempt_at, id) WHERE ((state = 'pending'::text) AND (NOT is_first));

CREATE INDEX ap_deliveries_dead ON public.ap_deliveries USING btree (settled_at, id) WHERE (state = 'dead'::text);

CREATE INDEX ap_deliveries_first ON public.ap_deliveries USING btree (outgoing_id, id) WHERE ((state = 'pending'::text) AND is_first);

CREATE INDEX ap_deliveries_host ON public.ap_deliveries USING btree (host) WHERE (state = 'pending'::text);

CREATE INDEX ap_deliveries_in_order ON public.ap_deliveries USING btree (inbox, object, id) WHERE (state = 'pending'::text);

CREATE UNIQUE INDEX ap_deliveries_once ON public.ap_deliveries USING btree (outgoing_id, inbox);

CREATE INDEX ap_deliveries_settled_at ON public.ap_deliveries USING brin (settled_at);

CREATE INDEX ap_documents_about ON public.ap_documents USING btree (about, published_at, uri);

CREATE INDEX ap_documents_actor ON public.ap_documents USING btree (actor);

CREATE INDEX ap_documents_answers ON public.ap_documents USING btree (in_reply_to) WHERE (in_reply_to IS NOT NULL);

CREATE INDEX ap_documents_author ON public.ap_documents USING btree (author_id);

CREATE INDEX ap_documents_comments ON public.ap_documents USING btree (comment_thread_id, moderation, published_at);

CREATE INDEX ap_documents_host ON public.ap_documents USING btree (host, stored_at);

CREATE INDEX ap_documents_local ON public.ap_documents USING btree (published_at DESC, id DESC) WHERE ((author_id IS NOT NULL) AND (visibility = 'public'::text) AND (deleted_at IS NULL));

CREATE INDEX ap_documents_moderator ON public.ap_documents USING btree (moderated_by);

CREATE INDEX ap_documents_newest ON public.ap_documents USING btree (actor, published_at DESC, id DESC) WHERE ((deleted_at IS NULL) AND (visibility <> 'direct'::text));

CREATE INDEX ap_documents_public ON public.ap_documents USING btree (published_at DESC, id DESC) WHERE ((visibility = 'public'::text) AND (deleted_at IS NULL) AND (in_reply_to IS NULL));

CREATE INDEX ap_documents_thread ON public.ap_documents USING btree (thread) WHERE (thread IS NOT NULL);

CREATE INDEX ap_documents_waiting ON public.ap_documents USING btree (stored_at, uri) WHERE ((moderation = 'waiting'::text) AND (comment_thread_id IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX ap_documents_words ON public.ap_documents USING gin (to_tsvector('public.plain_english'::regconfig, html)) WHERE ((author_id IS NOT NULL) AND (visibility = 'public'::text) AND (deleted_at IS NULL));

CREATE INDEX ap_follows_followers ON public.ap_follows USING btree (followed, accepted_at, follower) WHERE (state = 'accepted'::text);

CREATE INDEX ap_follows_following ON public.ap_follows USING btree (follower, accepted_at, followed) WHERE (state = 'accepted'::text);

CREATE INDEX ap_hashtags_newest ON public.ap_hashtags USING btree (tag, published_at DESC, status_id DESC);

CREATE INDEX ap_inbox_received ON public.ap_inbox USING brin (received_at);

CREATE INDEX ap_mentions_actor ON public.ap_mentions USING btree (actor, status_id DESC);

CREATE INDEX ap_outgoing_object ON public.ap_outgoing USING btree (object, id);

CREATE INDEX ap_outgoing_outbox ON public.ap_outgoing USING btree (actor, id) WHERE is_listed;

CREATE INDEX ap_outgoing_source ON public.ap_outgoing USING btree (object_type, object_id, id);

CREATE INDEX ap_pictures_media ON public.ap_pictures USING btree (media_id);

CREATE INDEX ap_pins_status ON public.ap_pins USING btree (status_id);

CREATE INDEX ap_polls_changed ON public.ap_polls USING btree (changed_at) WHERE (changed_at IS NOT NULL);

CREATE INDEX ap_polls_open ON public.ap_polls USING btree (ends_at) WHERE (closed_at IS NULL);

CREATE INDEX ap_reactions_newest ON public.ap_reactions USING btree (actor, type, created_at DESC, object);

CREATE INDEX ap_remote_actors_host ON public.ap_remote_actors USING btree (host);

CREATE INDEX ap_remote_actors_inbox ON public.ap_remote_actors USING btree (COALESCE(shared_inbox, inbox));

CREATE INDEX ap_reports_accused ON public.ap_reports USING btree (accused);

CREATE INDEX ap_reports_actor ON public.ap_reports USING btree (actor, received_at);

CREATE INDEX ap_reports_closer ON public.ap_reports USING btree (closed_by);

CREATE INDEX ap_reports_open ON public.ap_reports USING btree (received_at, id) WHERE (closed_at IS NULL);

CREATE INDEX ap_reports_reporter ON public.ap_reports USING btree (reporter_id);

CREATE INDEX ap_versions_status ON public.ap_versions USING btree (status_id, id);

CREATE INDEX audit_entries_actor ON public.audit_entries USING btree (actor);

CREATE INDEX audit_entries_newest ON public.audit_entries USING btree (done_at DESC, id DESC);

CREATE INDEX audit_entries_subject ON public.audit_entries USING btree (subject);

CREATE INDEX back_order_lines_product ON public.back_order_lines USING btree (product_id);

CREATE INDEX back_order_sendings_by ON public.back_order_sendings USING btree (sent_by);

CREATE INDEX back_orders_supplier ON public.back_orders USING btree (supplier_id);

CREATE INDEX booking_times_ends ON public.booking_times USING btree (ends_at);

CREATE INDEX bookings_approved_until ON public.bookings USING btree (pay_until) WHERE (state = 'approved'::text);

CREATE INDEX bookings_decided_by ON public.bookings USING btree (decided_by_id);

CREATE INDEX bookings_requested ON public.bookings USING btree (created_at) WHERE (state = 'requested'::text);

CREATE INDEX bookings_room ON public.bookings USING btree (room_id);

CREATE INDEX bookings_slot ON public.bookings USING btree (slot_id);

CREATE INDEX bookings_user ON public.bookings USING btree (user_id);

CREATE INDEX calendar_entries_by_start ON public.calendar_entries USING btree (calendar_id, starts_at);

CREATE INDEX calendar_entries_continues ON public.calendar_entries USING gin (continues);

CREATE INDEX calendar_entries_decided_by ON public.calendar_entries USING btree (decided_by_id);

CREATE INDEX calendar_entries_expanded ON public.calendar_entries USING btree (expanded_to);

CREATE INDEX calendar_entries_feed ON public.calendar_entries USING btree (feed_id);

CREATE INDEX calendar_entries_organiser ON public.calendar_entries USING btree (organiser_id);

CREATE INDEX calendar_entries_picture ON public.calendar_entries USING btree (picture_id);

CREATE INDEX calendar_entries_room ON public.calendar_entries USING btree (room_id);

CREATE INDEX calendar_entries_search ON public.calendar_entries USING gin (search);

CREATE INDEX calendar_entries_start ON public.calendar_entries USING btree (starts_at);

CREATE INDEX calendar_entries_title_trigrams ON public.calendar_entries USING gin (title public.gin_trgm_ops);

CREATE INDEX calendar_entries_waiting ON public.calendar_entries USING btree (created_at) WHERE (status = 'proposed'::text);

CREATE INDEX calendar_feeds_added_by ON public.calendar_feeds USING btree (added_by_id);

CREATE INDEX calendar_feeds_due ON public.calendar_feeds USING btree (next_at) WHERE is_active;

CREATE INDEX calendar_imports_brought_by ON public.calendar_imports USING btree (brought_by_id);

CREATE INDEX calendar_imports_calendar ON public.calendar_imports USING btree (calendar_id);

CREATE INDEX calendar_imports_expires ON public.calendar_imports USING btree (expires_at);

CREATE INDEX calendar_keepers_user ON public.calendar_keepers USING btree (user_id);

CREATE INDEX calendar_rooms_room ON public.calendar_rooms USING btree (room_id);

CREATE INDEX cart_lines_lot ON public.cart_lines USING btree (lot_id);

CREATE INDEX cart_lines_product ON public.cart_lines USING btree (product_id);

CREATE INDEX cart_lines_ref ON public.cart_lines USING btree (kind, ref);

CREATE INDEX category_addresses_category ON public.category_addresses USING btree (category_id);

CREATE INDEX category_parents_parent ON public.category_parents USING btree (parent_id);

CREATE INDEX change_lines_product ON public.change_lines USING btree (product_id);

CREATE INDEX change_lines_state ON public.change_lines USING btree (set_id, state, line);

CREATE INDEX change_sets_newest ON public.change_sets USING btree (created_at DESC NULLS LAST, id DESC NULLS LAST);

CREATE INDEX change_sets_user ON public.change_sets USING btree (user_id);

CREATE INDEX check_ins_by ON public.check_ins USING btree (by_id);

CREATE INDEX client_apps_created ON public.client_apps USING btree (created_at);

CREATE INDEX client_codes_app ON public.client_codes USING btree (app_id);

CREATE INDEX client_codes_expires ON public.client_codes USING btree (expires_at);

CREATE INDEX client_codes_user ON public.client_codes USING btree (user_id);

CREATE INDEX client_posts_created ON public.client_posts USING btree (created_at);

CREATE INDEX client_posts_status ON public.client_posts USING btree (status_id);

CREATE INDEX client_tokens_app ON public.client_tokens USING btree (app_id);

CREATE INDEX client_tokens_code ON public.client_tokens USING btree (code_hash) WHERE (code_hash IS NOT NULL);

CREATE INDEX client_tokens_user ON public.client_tokens USING btree (user_id);

CREATE INDEX client_uploads_created ON public.client_uploads USING btree (created_at);

CREATE INDEX client_uploads_media ON public.client_uploads USING btree (media_id);

CREATE INDEX containments_calendar ON public.containments USING btree (calendar_id);

CREATE INDEX containments_entry ON public.containments USING btree (entry_id);

CREATE INDEX containments_market_place ON public.containments USING btree (market_place_id);

CREATE INDEX cycle_lots_product ON public.cycle_lots USING btree (product_id);

CREATE INDEX cycle_products_product ON public.cycle_products USING btree (product_id);

CREATE INDEX cycle_suppliers_supplier ON public.cycle_suppliers USING btree (supplier_id);

CREATE INDEX data_exports_expires ON public.data_exports USING btree (expires_at);

CREATE INDEX data_exports_user ON public.data_exports USING btree (user_id);

CREATE INDEX devices_created ON public.devices USING btree (created_at);

CREATE INDEX discounts_category ON public.discounts USING btree (category_id);

CREATE INDEX discounts_merchant ON public.discounts USING btree (merchant_id);

CREATE INDEX discounts_product ON public.discounts USING btree (product_id);

CREATE INDEX domain_blocks_domain ON public.domain_blocks USING btree (domain);

CREATE INDEX dues_membership ON public.dues USING btree (membership_id);

CREATE INDEX dues_noter ON public.dues USING btree (noted_by);

CREATE INDEX email_changes_expires ON public.email_changes USING btree (expires_at);

CREATE UNIQUE INDEX email_changes_one_open ON public.email_changes USING btree (user_id) WHERE ("end" IS NULL);

CREATE INDEX email_changes_user ON public.email_changes USING btree (user_id);

CREATE INDEX entry_answers_user ON public.entry_answers USING btree (user_id);

CREATE INDEX entry_guests_user ON public.entry_guests USING btree (user_id);

CREATE INDEX entry_overrides_room ON public.entry_overrides USING btree (room_id);

CREATE INDEX erasure_receipts_erasure ON public.erasure_receipts USING btree (erasure_id, id);

CREATE INDEX erasures_asked_by ON public.erasures USING btree (asked_by);

CREATE INDEX erasures_due ON public.erasures USING btree (state, due_at);

CREATE INDEX erasures_handle ON public.erasures USING btree (handle) WHERE (handle IS NOT NULL);

CREATE UNIQUE INDEX erasures_one_open ON public.erasures USING btree (user_id) WHERE (state <> 'undone'::text);

CREATE INDEX erasures_user ON public.erasures USING btree (user_id);

CREATE INDEX ghost_deliveries_received ON public.ghost_deliveries USING btree (received_at);

CREATE INDEX ghost_files_media ON public.ghost_files USING btree (media_id);

CREATE INDEX ghost_files_path ON public.ghost_files USING btree (path);

CREATE INDEX ghost_import_items_waiting ON public.ghost_import_items USING btree (import_id, id) WHERE (state = 'waiting'::text);

CREATE INDEX ghost_imports_brought_by ON public.ghost_imports USING btree (brought_by);

CREATE INDEX ghost_links_due ON public.ghost_links USING btree (wanted_at, id) WHERE (wanted_at IS NOT NULL);

CREATE INDEX ghost_members_subscriber ON public.ghost_members USING btree (subscriber_id);

CREATE INDEX ghost_members_sweep ON public.ghost_members USING btree (sweep);

CREATE INDEX ghost_newsletters_newsletter ON public.ghost_newsletters USING btree (newsletter_id);

CREATE INDEX groups_part_of ON public.groups USING btree (part_of_id);

CREATE INDEX guardianships_asked ON public.guardianships USING btree (created_at) WHERE (state = 'asked'::text);

CREATE INDEX guardianships_decided_by ON public.guardianships USING btree (decided_by_id);

CREATE INDEX guardianships_guardian ON public.guardianships USING btree (guardian_id);

CREATE UNIQUE INDEX guardianships_once ON public.guardianships USING btree (guardian_id, ward_id) WHERE (state = ANY (ARRAY['asked'::text, 'active'::text]));

CREATE INDEX guardianships_ward_of ON public.guardianships USING btree (ward_id);

CREATE INDEX invitation_uses_user ON public.invitation_uses USING btree (user_id);

CREATE INDEX invitations_group ON public.invitations USING btree (group_id);

CREATE INDEX invitations_maker ON public.invitations USING btree (made_by);

CREATE INDEX invitations_newest ON public.invitations USING btree (created_at DESC, id DESC);

CREATE INDEX join_requests_decider ON public.join_requests USING btree (decided_by);

CREATE INDEX join_requests_newest ON public.join_requests USING btree (created_at DESC, id DESC);

CREATE UNIQUE INDEX join_requests_one_waits ON public.join_requests USING btree (email) WHERE (state = 'waiting'::text);

CREATE INDEX ledger_entries_order ON public.ledger_entries USING btree (order_id);

CREATE INDEX ledger_entries_when ON public.ledger_entries USING btree (recorded_at, id);

CREATE INDEX letter_deliveries_came_back ON public.letter_deliveries USING btree (settled_at) WHERE ((report IS NOT NULL) OR (state = ANY (ARRAY['refused'::text, 'given-up'::text])));

CREATE INDEX letter_deliveries_subscriber ON public.letter_deliveries USING btree (subscriber_id);

CREATE INDEX letter_deliveries_waiting ON public.letter_deliveries USING btree (letter_id, due_at, subscriber_id) WHERE (state = ANY (ARRAY['waiting'::text, 'in-hand'::text]));

CREATE INDEX letters_created_by ON public.letters USING btree (created_by);

CREATE INDEX letters_label ON public.letters USING btree (label_id);

CREATE INDEX letters_newsletter ON public.letters USING btree (newsletter_id, id);

CREATE INDEX letters_post ON public.letters USING btree (post_id);

CREATE INDEX letters_under_way ON public.letters USING btree (state) WHERE (state = ANY (ARRAY['scheduled'::text, 'sending'::text, 'paused'::text]));

CREATE INDEX likes_device ON public.likes USING btree (device_id);

CREATE INDEX likes_user ON public.likes USING btree (user_id);

CREATE INDEX market_place_addresses_place ON public.market_place_addresses USING btree (place_id);

CREATE INDEX market_place_hours_day ON public.market_place_hours USING btree (place_id, day);

CREATE INDEX market_place_picks_product ON public.market_place_picks USING btree (product_id);

CREATE INDEX market_place_rules_category ON public.market_place_rules USING btree (category_id);

CREATE INDEX market_place_rules_supplier ON public.market_place_rules USING btree (supplier_id);

CREATE INDEX market_places_order ON public.market_places USING btree ("position", id);

CREATE INDEX market_places_picture ON public.market_places USING btree (picture_id);

CREATE INDEX media_variants_sha256 ON public.media_variants USING btree (sha256);

CREATE INDEX memberships_user ON public.memberships USING btree (user_id);

CREATE INDEX menu_items_order ON public.menu_items USING btree (menu, "position");

CREATE INDEX menu_items_page ON public.menu_items USING btree (page_id);

CREATE INDEX merchant_pages_merchant ON public.merchant_pages USING btree (merchant_id);

CREATE UNIQUE INDEX merchants_one_default ON public.merchants USING btree (is_default) WHERE is_default;

CREATE INDEX moderation_appeals_decider ON public.moderation_appeals USING btree (decided_by);

CREATE INDEX moderation_appeals_open ON public.moderation_appeals USING btree (created_at, id) WHERE (decided_at IS NULL);

CREATE INDEX moderation_appeals_user ON public.moderation_appeals USING btree (user_id);

CREATE UNIQUE INDEX moderation_limits_in_force ON public.moderation_limits USING btree (actor, kind) WHERE (lifted_at IS NULL);

CREATE INDEX moderation_limits_lifter ON public.moderation_limits USING btree (lifted_by);

CREATE INDEX moderation_limits_setter ON public.moderation_limits USING btree (set_by);

CREATE INDEX moderation_limits_user ON public.moderation_limits USING btree (user_id);

CREATE INDEX newsletter_consents_newsletter ON public.newsletter_consents USING btree (newsletter_id);

CREATE INDEX newsletter_consents_subscriber ON public.newsletter_consents USING btree (subscriber_id, id);

CREATE INDEX newsletter_subscriptions_newsletter ON public.newsletter_subscriptions USING btree (newsletter_id, state);

CREATE INDEX notifications_activity ON public.notifications USING btree (activity_id);

CREATE INDEX notifications_actor ON public.notifications USING btree (actor);

CREATE UNIQUE INDEX notifications_of_actor ON public.notifications USING btree (user_id, kind, actor, object) WHERE (kind <> 'site'::text);

CREATE INDEX notifications_user ON public.notifications USING btree (user_id, created_at DESC);

CREATE INDEX oauth_clients_owner ON public.oauth_clients USING btree (owner_id);

CREATE INDEX occurrences_calendar ON public.occurrences USING btree (calendar_id, starts_at);

CREATE INDEX occurrences_override ON public.occurrences USING btree (override_id);

CREATE INDEX occurrences_room ON public.occurrences USING btree (room_id, starts_at);

CREATE INDEX occurrences_start ON public.occurrences USING btree (starts_at);

CREATE INDEX oidc_payloads_expires ON public.oidc_payloads USING btree (expires_at);

CREATE INDEX oidc_payloads_grant ON public.oidc_payloads USING btree (grant_id);

CREATE INDEX oidc_payloads_grants_of_account ON public.oidc_payloads USING btree (account_id) WHERE (kind = 'Grant'::text);

CREATE INDEX oidc_payloads_grants_of_client ON public.oidc_payloads USING btree (client_id) WHERE (kind = 'Grant'::text);

CREATE INDEX oidc_payloads_of_session ON public.oidc_payloads USING btree (session_uid);

CREATE UNIQUE INDEX oidc_payloads_session_uid ON public.oidc_payloads USING btree (uid) WHERE (kind = 'Session'::text);

CREATE INDEX order_cycles_closes ON public.order_cycles USING btree (closes_at, id);

CREATE INDEX order_discounts_discount ON public.order_discounts USING btree (discount_id);

CREATE INDEX order_lines_lot ON public.order_lines USING btree (lot_id);

CREATE INDEX order_lines_product ON public.order_lines USING btree (product_id);

CREATE INDEX order_lines_ref ON public.order_lines USING btree (kind, ref);

CREATE INDEX order_notes_author ON public.order_notes USING btree (author_id);

CREATE INDEX order_notes_order ON public.order_notes USING btree (order_id, id);

CREATE INDEX order_pick_ups_cycle ON public.order_pick_ups USING btree (cycle_id);

CREATE INDEX order_pick_ups_pick_up ON public.order_pick_ups USING btree (pick_up_id);

CREATE INDEX orders_device ON public.orders USING btree (device_id);

CREATE INDEX orders_merchant ON public.orders USING btree (merchant_id);

CREATE INDEX orders_newest ON public.orders USING btree (created_at DESC, id DESC);

CREATE INDEX orders_purchase ON public.orders USING btree (purchase);

CREATE INDEX orders_user ON public.orders USING btree (user_id, created_at DESC);

CREATE INDEX orders_waiting ON public.orders USING btree (hold_until) WHERE (status = 'pending_payment'::text);

CREATE INDEX pages_og_picture ON public.pages USING btree (og_picture_id);

CREATE INDEX pages_parent ON public.pages USING btree (parent_id, "position");

CREATE INDEX pages_picture ON public.pages USING btree (picture_id);

CREATE INDEX pages_search ON public.pages USING gin (search);

CREATE INDEX pages_twitter_picture ON public.pages USING btree (twitter_picture_id);

CREATE INDEX passkey_challenges_expires ON public.passkey_challenges USING btree (expires_at);

CREATE INDEX passkeys_user ON public.passkeys USING btree (user_id);

CREATE INDEX payment_attempts_look ON public.payment_attempts USING btree (look_at) WHERE (look_at IS NOT NULL);

CREATE INDEX payment_attempts_merchant ON public.payment_attempts USING btree (merchant_id);

CREATE UNIQUE INDEX payment_attempts_one_alive ON public.payment_attempts USING btree (order_id) WHERE (state = ANY (ARRAY['new'::text, 'open'::text]));

CREATE INDEX payment_attempts_recorded_by ON public.payment_attempts USING btree (recorded_by);

CREATE UNIQUE INDEX payment_matters_one_open ON public.payment_matters USING btree (kind, subject) WHERE (resolved_at IS NULL);

CREATE INDEX payment_matters_order ON public.payment_matters USING btree (order_id);

CREATE INDEX payment_matters_resolved_by ON public.payment_matters USING btree (resolved_by);

CREATE INDEX people_imports_user ON public.people_imports USING btree (user_id, id);

CREATE INDEX people_list_members_person ON public.people_list_members USING btree (person);

CREATE INDEX pick_ups_cycle ON public.pick_ups USING btree (cycle_id, starts_at);

CREATE INDEX post_alerts_other ON public.post_alerts USING btree (other);

CREATE INDEX post_authors_user ON public.post_authors USING btree (user_id);

CREATE INDEX post_products_product ON public.post_products USING btree (product_id);

CREATE INDEX post_tags_tag ON public.post_tags USING btree (tag_id);

CREATE INDEX postings_account ON public.postings USING btree (account, currency);

CREATE INDEX postings_entry ON public.postings USING btree (entry_id);

CREATE INDEX posts_due ON public.posts USING btree (published_at) WHERE (status = 'scheduled'::text);

CREATE INDEX posts_newest ON public.posts USING btree (published_at DESC, id DESC) WHERE (status = 'published'::text);

CREATE INDEX posts_og_picture ON public.posts USING btree (og_picture_id);

CREATE INDEX posts_picture ON public.posts USING btree (picture_id);

CREATE INDEX posts_search ON public.posts USING gin (search);

CREATE INDEX posts_series ON public.posts USING btree (series_id, series_position);

CREATE INDEX posts_title_trigrams ON public.posts USING gin (title public.gin_trgm_ops);

CREATE INDEX posts_twitter_picture ON public.posts USING btree (twitter_picture_id);

CREATE INDEX preview_links_created_by ON public.preview_links USING btree (created_by);

CREATE INDEX preview_links_page ON public.preview_links USING btree (page_id);

CREATE INDEX preview_links_post ON public.preview_links USING btree (post_id);

CREATE INDEX price_rules_category ON public.price_rules USING btree (category_id);

CREATE INDEX price_rules_supplier ON public.price_rules USING btree (supplier_id);

CREATE INDEX product_announcements_newest ON public.product_announcements USING btree (announced_at);

CREATE INDEX product_categories_category ON public.product_categories USING btree (category_id);

CREATE INDEX product_changes_product ON public.product_changes USING btree (product_id, field, id);

CREATE INDEX product_changes_source ON public.product_changes USING btree (source_id);

CREATE INDEX product_changes_user ON public.product_changes USING btree (user_id);

CREATE INDEX product_overrides_user ON public.product_overrides USING btree (user_id);

CREATE INDEX product_pictures_media ON public.product_pictures USING btree (media_id);

CREATE INDEX product_sources_product ON public.product_sources USING btree (product_id);

CREATE INDEX product_views_product ON public.product_views USING btree (product_id);

CREATE INDEX product_views_seen ON public.product_views USING btree (seen_at);

CREATE INDEX products_group_variants ON public.products USING btree (group_id);

CREATE UNIQUE INDEX products_lead ON public.products USING btree (group_id) WHERE is_lead;

CREATE INDEX products_name_trigrams ON public.products USING gin (name public.gin_trgm_ops);

CREATE INDEX products_picture ON public.products USING btree (picture_id);

CREATE INDEX products_search ON public.products USING gin (search);

CREATE INDEX products_supplier ON public.products USING btree (supplier_id);

CREATE INDEX rate_limits_window ON public.rate_limits USING btree (window_start);

CREATE INDEX redirects_page ON public.redirects USING btree (page_id);

CREATE INDEX redirects_post ON public.redirects USING btree (post_id);

CREATE INDEX redirects_tag ON public.redirects USING btree (tag_id);

CREATE INDEX refunds_attempt ON public.refunds USING btree (attempt_id);

CREATE INDEX refunds_look ON public.refunds USING btree (look_at) WHERE (look_at IS NOT NULL);

CREATE UNIQUE INDEX refunds_one_in_flight ON public.refunds USING btree (attempt_id) WHERE (state = ANY (ARRAY['requested'::text, 'sending'::text, 'unknown'::text]));

CREATE INDEX refunds_order ON public.refunds USING btree (order_id, id);

CREATE INDEX refunds_requested_by ON public.refunds USING btree (requested_by);

CREATE INDEX relation_changes_age ON public.relation_changes USING btree (noted_at);

CREATE INDEX relation_changes_xid ON public.relation_changes USING btree (xid);

CREATE INDEX relation_facts_first ON public.relation_facts USING btree (relation, ((arguments -> 0)));

CREATE INDEX relation_facts_second ON public.relation_facts USING btree (relation, ((arguments -> 1)));

CREATE INDEX remote_pictures_host ON public.remote_pictures USING btree (host);

CREATE INDEX remote_pictures_seen ON public.remote_pictures USING btree (seen_on);

CREATE INDEX remote_pictures_sha256 ON public.remote_pictures USING btree (sha256);

CREATE INDEX retention_runs_newest ON public.retention_runs USING btree (ran_at DESC, id DESC);

CREATE INDEX revisions_saved_by ON public.revisions USING btree (saved_by);

CREATE INDEX room_claims_booking_time ON public.room_claims USING btree (booking_time_id);

CREATE INDEX room_claims_occurrence ON public.room_claims USING btree (occurrence_id);

CREATE INDEX room_closures_closed_by ON public.room_closures USING btree (closed_by_id);

CREATE INDEX room_closures_room ON public.room_closures USING btree (room_id);

CREATE INDEX room_slots_calendar ON public.room_slots USING btree (calendar_id);

CREATE INDEX room_slots_room ON public.room_slots USING btree (room_id);

CREATE INDEX rooms_within ON public.rooms USING btree (within_id);

CREATE INDEX scrape_alarms_ended_by ON public.scrape_alarms USING btree (ended_by);

CREATE INDEX scrape_alarms_ended_in_run ON public.scrape_alarms USING btree (ended_in_run);

CREATE INDEX scrape_alarms_last_run ON public.scrape_alarms USING btree (last_run_id);

CREATE UNIQUE INDEX scrape_alarms_one_standing ON public.scrape_alarms USING btree (supplier_id) WHERE (ending = ''::text);

CREATE INDEX scrape_alarms_run ON public.scrape_alarms USING btree (run_id);

CREATE INDEX scrape_alarms_supplier ON public.scrape_alarms USING btree (supplier_id, id);

CREATE INDEX scrape_entries_run ON public.scrape_entries USING btree (run_id, id);

CREATE INDEX scrape_finding_fields_user ON public.scrape_finding_fields USING btree (user_id);

CREATE INDEX scrape_findings_match ON public.scrape_findings USING btree (match_id);

CREATE UNIQUE INDEX scrape_findings_one_waiting ON public.scrape_findings USING btree (supplier_id, sku) WHERE (state = 'waiting'::text);

CREATE INDEX scrape_findings_product ON public.scrape_findings USING btree (product_id);

CREATE INDEX scrape_findings_run ON public.scrape_findings USING btree (run_id);

CREATE INDEX scrape_findings_sku ON public.scrape_findings USING btree (supplier_id, sku, id);

CREATE INDEX scrape_pages_snapshot ON public.scrape_pages USING btree (snapshot);

CREATE INDEX scrape_pages_waiting ON public.scrape_pages USING btree (run_id, kind, "position") WHERE (state = 'waiting'::text);

CREATE INDEX scrape_records_page ON public.scrape_records USING btree (supplier_id, COALESCE(page_url, url));

CREATE INDEX scrape_records_seen ON public.scrape_records USING btree (supplier_id, last_seen_run);

CREATE INDEX scrape_records_url ON public.scrape_records USING btree (supplier_id, url);

CREATE UNIQUE INDEX scrape_runs_one_open ON public.scrape_runs USING btree (supplier_id) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text, 'paused'::text]));

CREATE INDEX scrape_runs_started_by ON public.scrape_runs USING btree (started_by);

CREATE INDEX scrape_runs_supplier ON public.scrape_runs USING btree (supplier_id, id);

CREATE UNIQUE INDEX service_keys_one_current ON public.service_keys USING btree (purpose) WHERE ((current_at IS NOT NULL) AND (retired_at IS NULL));

CREATE UNIQUE INDEX service_keys_one_next ON public.service_keys USING btree (purpose) WHERE (current_at IS NULL);

CREATE INDEX sessions_device ON public.sessions USING btree (device_id);

CREATE INDEX sessions_expires ON public.sessions USING btree (expires_at);

CREATE INDEX sessions_provider_session ON public.sessions USING btree (provider_session);

CREATE INDEX sessions_user ON public.sessions USING btree (user_id);

CREATE INDEX shelf_entries_food ON public.shelf_entries USING btree (food_id);

CREATE INDEX shelf_entries_maker ON public.shelf_entries USING btree (maker_id);

CREATE INDEX shelf_entries_name ON public.shelf_entries USING btree (name, product_id);

CREATE INDEX shelf_entries_newest ON public.shelf_entries USING btree (created_at DESC NULLS LAST, product_id DESC NULLS LAST);

CREATE INDEX shelf_entries_price ON public.shelf_entries USING btree (price_minor, product_id);

CREATE INDEX shelf_entries_section ON public.shelf_entries USING btree (section_id);

CREATE INDEX sign_in_links_expires ON public.sign_in_links USING btree (expires_at);

CREATE INDEX sign_in_links_interaction ON public.sign_in_links USING btree (interaction_uid);

CREATE INDEX site_settings_logo ON public.site_settings USING btree (logo_id);

CREATE INDEX site_texts_publisher ON public.site_texts USING btree (published_by);

CREATE INDEX stock_alerts_user ON public.stock_alerts USING btree (user_id);

CREATE INDEX stock_reservations_product ON public.stock_reservations USING btree (product_id, expires_at);

CREATE INDEX subscriber_labels_label ON public.subscriber_labels USING btree (label_id);

CREATE INDEX subscribers_user ON public.subscribers USING btree (user_id);

CREATE INDEX text_agreements_order ON public.text_agreements USING btree (order_id);

CREATE INDEX ticket_parts_off_entry ON public.ticket_parts_off USING btree (entry_id);

CREATE INDEX ticket_transfers_from ON public.ticket_transfers USING btree (from_user_id);

CREATE INDEX ticket_transfers_ticket ON public.ticket_transfers USING btree (ticket_id);

CREATE UNIQUE INDEX ticket_waits_email ON public.ticket_waits USING btree (email, ticket_type_id, occurrence_key) WHERE (state = ANY (ARRAY['waiting'::text, 'offered'::text]));

CREATE INDEX ticket_waits_of_user ON public.ticket_waits USING btree (user_id);

CREATE INDEX ticket_waits_type ON public.ticket_waits USING btree (ticket_type_id, occurrence_key, id);

CREATE UNIQUE INDEX ticket_waits_user ON public.ticket_waits USING btree (user_id, ticket_type_id, occurrence_key) WHERE (state = ANY (ARRAY['waiting'::text, 'offered'::text]));

CREATE INDEX tickets_batch ON public.tickets USING btree (batch);

CREATE UNIQUE INDEX tickets_seat ON public.tickets USING btree (order_line_id, seat);

CREATE INDEX tickets_type ON public.tickets USING btree (ticket_type_id);

CREATE INDEX tickets_user ON public.tickets USING btree (user_id);

CREATE INDEX uploads_user ON public.uploads USING btree (user_id);

CREATE UNIQUE INDEX user_emails_one_primary ON public.user_emails USING btree (user_id) WHERE is_primary;

CREATE INDEX user_emails_user ON public.user_emails USING btree (user_id);

CREATE INDEX users_name_trigrams ON public.users USING gin (name public.gin_trgm_ops);

CREATE INDEX users_picture ON public.users USING btree (picture_id);

CREATE INDEX users_search ON public.users USING gin (search);

CREATE INDEX wanted_pictures_media ON public.wanted_pictures USING btree (media_id);

CREATE INDEX wanted_pictures_waiting ON public.wanted_pictures USING btree (not_before, id) WHERE (state = 'waiting'::text);

CREATE TRIGGER audit_entries_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER calendar_entries_time AFTER INSERT ON public.calendar_entries FOR EACH ROW EXECUTE FUNCTION public.give_entry_its_time();

CREATE TRIGGER keep_shelf_entries_delete AFTER DELETE ON public.product_categories REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.keep_shelf_entries();

CREATE TRIGGER keep_shelf_entries_delete AFTER DELETE ON public.products REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.keep_shelf_entries();

CREATE TRIGGER keep_shelf_entries_delete AFTER DELETE ON public.relation_facts REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.keep_shelf_entries();

CREATE TRIGGER keep_shelf_entries_delete AFTER DELETE ON public.relation_tuples REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.keep_shelf_entries();

CREATE TRIGGER keep_shelf_entries_insert AFTER INSERT ON public.product_categories REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.keep_shelf_entries();

CREATE TRIGGER keep_shelf_entries_insert AFTER INSERT ON public.products REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.keep_shelf_entries();

CREATE TRIGGER keep_shelf_entries_insert AFTER INSERT ON public.relation_facts REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.keep_shelf_entries();

CREATE TRIGGER keep_shelf_entries_insert AFTER INSERT ON public.relation_tuples REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.keep_shelf_entries();

CREATE TRIGGER keep_shelf_entries_update AFTER UPDATE ON public.product_categories REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.keep_shelf_entries();

CREATE TRIGGER keep_shelf_entries_update AFTER UPDATE ON public.products REFERENCING OLD TABLE AS before NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.keep_shelf_entries();

CREATE TRIGGER keep_shelf_entries_update AFTER UPDATE ON public.relation_facts REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.keep_shelf_entries();

CREATE TRIGGER keep_shelf_entries_update AFTER UPDATE ON public.relation_tuples REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION public.keep_shelf_entries();

CREATE TRIGGER ledger_entries_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE CONSTRAINT TRIGGER ledger_entries_balanced AFTER INSERT ON public.ledger_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.refuse_unbalanced_entry('id');

CREATE TRIGGER note_relation_change AFTER INSERT OR DELETE OR UPDATE ON public.category_parents FOR EACH ROW EXECUTE FUNCTION public.note_relation_change('category_id');

CREATE TRIGGER note_relation_change AFTER INSERT OR DELETE OR UPDATE OF page_id ON public.menu_items FOR EACH ROW EXECUTE FUNCTION public.note_relation_change('page_id');

CREATE TRIGGER note_relation_change AFTER INSERT OR DELETE OR UPDATE OF id, parent_id ON public.pages FOR EACH ROW EXECUTE FUNCTION public.note_relation_change('id');

CREATE TRIGGER note_relation_change AFTER INSERT OR DELETE OR UPDATE ON public.relation_facts FOR EACH ROW EXECUTE FUNCTION public.note_relation_change('relation', 'arguments');

CREATE TRIGGER note_relation_change AFTER INSERT OR DELETE OR UPDATE ON public.relation_tuples FOR EACH ROW EXECUTE FUNCTION public.note_relation_change('relation', 'arguments');

CREATE TRIGGER note_relation_change AFTER INSERT OR DELETE OR UPDATE OF id, within_id ON public.rooms FOR EACH ROW EXECUTE FUNCTION public.note_relation_change('id');

CREATE TRIGGER note_relation_truncate AFTER TRUNCATE ON public.category_parents FOR EACH STATEMENT EXECUTE FUNCTION public.note_relation_change();

CREATE TRIGGER note_relation_truncate AFTER TRUNCATE ON public.menu_items FOR EACH STATEMENT EXECUTE FUNCTION public.note_relation_change();

CREATE TRIGGER note_relation_truncate AFTER TRUNCATE ON public.pages FOR EACH STATEMENT EXECUTE FUNCTION public.note_relation_change();

CREATE TRIGGER note_relation_truncate AFTER TRUNCATE ON public.relation_facts FOR EACH STATEMENT EXECUTE FUNCTION public.note_relation_change();

CREATE TRIGGER note_relation_truncate AFTER TRUNCATE ON public.relation_tuples FOR EACH STATEMENT EXECUTE FUNCTION public.note_relation_change();

CREATE TRIGGER note_relation_truncate AFTER TRUNCATE ON public.rooms FOR EACH STATEMENT EXECUTE FUNCTION public.note_relation_change();

CREATE TRIGGER postings_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.postings FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE CONSTRAINT TRIGGER postings_balanced AFTER INSERT ON public.postings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.refuse_unbalanced_entry('entry_id');

CREATE TRIGGER receipts_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.receipts FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER refuse_category_circle AFTER INSERT OR UPDATE ON public.category_parents FOR EACH ROW EXECUTE FUNCTION public.refuse_category_circle();

CREATE TRIGGER refuse_closed_room BEFORE INSERT ON public.room_claims FOR EACH ROW EXECUTE FUNCTION public.refuse_closed_room();

CREATE TRIGGER tell_of_site AFTER INSERT OR DELETE OR UPDATE ON public.site_settings FOR EACH STATEMENT EXECUTE FUNCTION public.tell_of_site();

CREATE TRIGGER tell_of_site AFTER INSERT OR DELETE OR UPDATE ON public.site_texts FOR EACH STATEMENT EXECUTE FUNCTION public.tell_of_site();

ALTER TABLE ONLY public.ap_activities
    ADD CONSTRAINT ap_activities_actor_id_users_id_fk FOREIGN KEY (actor_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ap_activity_handlings
    ADD CONSTRAINT ap_activity_handlings_activity_id_ap_activities_id_fk FOREIGN KEY (activity_id) REFERENCES public.ap_activities(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ap_bookmarks
    ADD CONSTRAINT ap_bookmarks_status_id_ap_documents_id_fk FOREIGN KEY (status_id) REFERENCES public.ap_documents(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ap_bookmarks
    ADD CONSTRAINT ap_bookmarks_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ap_deliveries
    ADD CONSTRAINT ap_deliveries_outgoing_id_ap_outgoing_id_fk FOREIGN KEY (outgoing_id) REFERENCES public.ap_outgoing(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ap_documents
    ADD CONSTRAINT ap_documents_author_id_users_id_fk FOREIGN KEY (author_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ap_documents
    ADD CONSTRAINT ap_documents_comment_thread_id_comment_threads_id_fk FOREIGN KEY (comment_thread_id) REFERENCES public.comment_threads(id);

ALTER TABLE ONLY public.ap_documents
    ADD CONSTRAINT ap_documents_moderated_by_users_id_fk FOREIGN KEY (moderated_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ap_hashtags
    ADD CONSTRAINT ap_hashtags_status_id_ap_documents_id_fk FOREIGN KEY (status_id) REFERENCES public.ap_documents(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ap_mentions
    ADD CONSTRAINT ap_mentions_status_id_ap_documents_id_fk FOREIGN KEY (status_id) REFERENCES public.ap_documents(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ap_pictures
    ADD CONSTRAINT ap_pictures_media_id_media_id_fk FOREIGN KEY (media_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.ap_pictures
    ADD CONSTRAINT ap_pictures_status_id_ap_documents_id_fk FOREIGN KEY (status_id) REFERENCES public.ap_documents(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ap_pins
    ADD CONSTRAINT ap_pins_status_id_ap_documents_id_fk FOREIGN KEY (status_id) REFERENCES public.ap_documents(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ap_pins
    ADD CONSTRAINT ap_pins_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ap_poll_options
    ADD CONSTRAINT ap_poll_options_status_id_ap_documents_id_fk FOREIGN KEY (status_id) REFERENCES public.ap_documents(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ap_poll_votes
    ADD CONSTRAINT ap_poll_votes_status_id_ap_documents_id_fk FOREIGN KEY (status_id) REFERENCES public.ap_documents(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ap_polls
    ADD CONSTRAINT ap_polls_status_id_ap_documents_id_fk FOREIGN KEY (status_id) REFERENCES public.ap_documents(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ap_reports
    ADD CONSTRAINT ap_reports_closed_by_users_id_fk FOREIGN KEY (closed_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ap_reports
    ADD CONSTRAINT ap_reports_reporter_id_users_id_fk FOREIGN KEY (reporter_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ap_versions
    ADD CONSTRAINT ap_versions_status_id_ap_documents_id_fk FOREIGN KEY (status_id) REFERENCES public.ap_documents(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.back_order_lines
    ADD CONSTRAINT back_order_lines_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id);

ALTER TABLE ONLY public.back_order_lines
    ADD CONSTRAINT back_order_lines_sending_id_back_order_sendings_id_fk FOREIGN KEY (sending_id) REFERENCES public.back_order_sendings(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.back_order_sendings
    ADD CONSTRAINT back_order_sendings_back_order_id_back_orders_id_fk FOREIGN KEY (back_order_id) REFERENCES public.back_orders(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.back_order_sendings
    ADD CONSTRAINT back_order_sendings_sent_by_users_id_fk FOREIGN KEY (sent_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.back_orders
    ADD CONSTRAINT back_orders_cycle_id_order_cycles_id_fk FOREIGN KEY (cycle_id) REFERENCES public.order_cycles(id);

ALTER TABLE ONLY public.back_orders
    ADD CONSTRAINT back_orders_supplier_id_suppliers_id_fk FOREIGN KEY (supplier_id) REFERENCES public.suppliers(id);

ALTER TABLE ONLY public.booking_times
    ADD CONSTRAINT booking_times_booking_id_bookings_id_fk FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_decided_by_id_users_id_fk FOREIGN KEY (decided_by_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_order_line_id_order_lines_id_fk FOREIGN KEY (order_line_id) REFERENCES public.order_lines(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_room_id_rooms_id_fk FOREIGN KEY (room_id) REFERENCES public.rooms(id);

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_slot_id_room_slots_id_fk FOREIGN KEY (slot_id) REFERENCES public.room_slots(id);

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.calendar_addresses
    ADD CONSTRAINT calendar_addresses_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.calendar_entries
    ADD CONSTRAINT calendar_entries_calendar_id_calendars_id_fk FOREIGN KEY (calendar_id) REFERENCES public.calendars(id);

ALTER TABLE ONLY public.calendar_entries
    ADD CONSTRAINT calendar_entries_decided_by_id_users_id_fk FOREIGN KEY (decided_by_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.calendar_entries
    ADD CONSTRAINT calendar_entries_feed_id_calendar_feeds_id_fk FOREIGN KEY (feed_id) REFERENCES public.calendar_feeds(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.calendar_entries
    ADD CONSTRAINT calendar_entries_organiser_id_users_id_fk FOREIGN KEY (organiser_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.calendar_entries
    ADD CONSTRAINT calendar_entries_picture_id_media_id_fk FOREIGN KEY (picture_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.calendar_entries
    ADD CONSTRAINT calendar_entries_room_id_rooms_id_fk FOREIGN KEY (room_id) REFERENCES public.rooms(id);

ALTER TABLE ONLY public.calendar_feeds
    ADD CONSTRAINT calendar_feeds_added_by_id_users_id_fk FOREIGN KEY (added_by_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.calendar_feeds
    ADD CONSTRAINT calendar_feeds_calendar_id_calendars_id_fk FOREIGN KEY (calendar_id) REFERENCES public.calendars(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.calendar_imports
    ADD CONSTRAINT calendar_imports_brought_by_id_users_id_fk FOREIGN KEY (brought_by_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.calendar_imports
    ADD CONSTRAINT calendar_imports_calendar_id_calendars_id_fk FOREIGN KEY (calendar_id) REFERENCES public.calendars(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.calendar_keepers
    ADD CONSTRAINT calendar_keepers_calendar_id_calendars_id_fk FOREIGN KEY (calendar_id) REFERENCES public.calendars(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.calendar_keepers
    ADD CONSTRAINT calendar_keepers_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.calendar_rooms
    ADD CONSTRAINT calendar_rooms_calendar_id_calendars_id_fk FOREIGN KEY (calendar_id) REFERENCES public.calendars(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.calendar_rooms
    ADD CONSTRAINT calendar_rooms_room_id_rooms_id_fk FOREIGN KEY (room_id) REFERENCES public.rooms(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cart_lines
    ADD CONSTRAINT cart_lines_cart_id_carts_id_fk FOREIGN KEY (cart_id) REFERENCES public.carts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cart_lines
    ADD CONSTRAINT cart_lines_lot_id_cycle_lots_id_fk FOREIGN KEY (lot_id) REFERENCES public.cycle_lots(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cart_lines
    ADD CONSTRAINT cart_lines_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT carts_device_id_devices_id_fk FOREIGN KEY (device_id) REFERENCES public.devices(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT carts_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.category_addresses
    ADD CONSTRAINT category_addresses_category_id_categories_id_fk FOREIGN KEY (category_id) REFERENCES public.categories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.category_parents
    ADD CONSTRAINT category_parents_category_id_categories_id_fk FOREIGN KEY (category_id) REFERENCES public.categories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.category_parents
    ADD CONSTRAINT category_parents_parent_id_categories_id_fk FOREIGN KEY (parent_id) REFERENCES public.categories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.change_lines
    ADD CONSTRAINT change_lines_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.change_lines
    ADD CONSTRAINT change_lines_set_id_change_sets_id_fk FOREIGN KEY (set_id) REFERENCES public.change_sets(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.change_sets
    ADD CONSTRAINT change_sets_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.check_ins
    ADD CONSTRAINT check_ins_by_id_users_id_fk FOREIGN KEY (by_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.check_ins
    ADD CONSTRAINT check_ins_ticket_id_tickets_id_fk FOREIGN KEY (ticket_id) REFERENCES public.tickets(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_codes
    ADD CONSTRAINT client_codes_app_id_client_apps_id_fk FOREIGN KEY (app_id) REFERENCES public.client_apps(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_codes
    ADD CONSTRAINT client_codes_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_markers
    ADD CONSTRAINT client_markers_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_posts
    ADD CONSTRAINT client_posts_status_id_ap_documents_id_fk FOREIGN KEY (status_id) REFERENCES public.ap_documents(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_posts
    ADD CONSTRAINT client_posts_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_tokens
    ADD CONSTRAINT client_tokens_app_id_client_apps_id_fk FOREIGN KEY (app_id) REFERENCES public.client_apps(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_tokens
    ADD CONSTRAINT client_tokens_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_uploads
    ADD CONSTRAINT client_uploads_media_id_media_id_fk FOREIGN KEY (media_id) REFERENCES public.media(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_uploads
    ADD CONSTRAINT client_uploads_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.containments
    ADD CONSTRAINT containments_calendar_id_calendars_id_fk FOREIGN KEY (calendar_id) REFERENCES public.calendars(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.containments
    ADD CONSTRAINT containments_entry_id_calendar_entries_id_fk FOREIGN KEY (entry_id) REFERENCES public.calendar_entries(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.containments
    ADD CONSTRAINT containments_market_place_id_market_places_id_fk FOREIGN KEY (market_place_id) REFERENCES public.market_places(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.containments
    ADD CONSTRAINT containments_page_id_pages_id_fk FOREIGN KEY (page_id) REFERENCES public.pages(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cycle_lots
    ADD CONSTRAINT cycle_lots_cycle_id_order_cycles_id_fk FOREIGN KEY (cycle_id) REFERENCES public.order_cycles(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cycle_lots
    ADD CONSTRAINT cycle_lots_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cycle_products
    ADD CONSTRAINT cycle_products_cycle_id_order_cycles_id_fk FOREIGN KEY (cycle_id) REFERENCES public.order_cycles(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cycle_products
    ADD CONSTRAINT cycle_products_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cycle_suppliers
    ADD CONSTRAINT cycle_suppliers_cycle_id_order_cycles_id_fk FOREIGN KEY (cycle_id) REFERENCES public.order_cycles(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cycle_suppliers
    ADD CONSTRAINT cycle_suppliers_supplier_id_suppliers_id_fk FOREIGN KEY (supplier_id) REFERENCES public.suppliers(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.data_exports
    ADD CONSTRAINT data_exports_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.discounts
    ADD CONSTRAINT discounts_category_id_categories_id_fk FOREIGN KEY (category_id) REFERENCES public.categories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.discounts
    ADD CONSTRAINT discounts_merchant_id_merchants_id_fk FOREIGN KEY (merchant_id) REFERENCES public.merchants(id);

ALTER TABLE ONLY public.discounts
    ADD CONSTRAINT discounts_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.dues
    ADD CONSTRAINT dues_membership_id_memberships_id_fk FOREIGN KEY (membership_id) REFERENCES public.memberships(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.dues
    ADD CONSTRAINT dues_noted_by_users_id_fk FOREIGN KEY (noted_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.entry_answers
    ADD CONSTRAINT entry_answers_entry_id_calendar_entries_id_fk FOREIGN KEY (entry_id) REFERENCES public.calendar_entries(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.entry_answers
    ADD CONSTRAINT entry_answers_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.entry_guests
    ADD CONSTRAINT entry_guests_entry_id_calendar_entries_id_fk FOREIGN KEY (entry_id) REFERENCES public.calendar_entries(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.entry_guests
    ADD CONSTRAINT entry_guests_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.entry_overrides
    ADD CONSTRAINT entry_overrides_entry_id_calendar_entries_id_fk FOREIGN KEY (entry_id) REFERENCES public.calendar_entries(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.entry_overrides
    ADD CONSTRAINT entry_overrides_room_id_rooms_id_fk FOREIGN KEY (room_id) REFERENCES public.rooms(id);

ALTER TABLE ONLY public.erasure_receipts
    ADD CONSTRAINT erasure_receipts_erasure_id_erasures_id_fk FOREIGN KEY (erasure_id) REFERENCES public.erasures(id);

ALTER TABLE ONLY public.erasure_steps
    ADD CONSTRAINT erasure_steps_erasure_id_erasures_id_fk FOREIGN KEY (erasure_id) REFERENCES public.erasures(id);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_asked_by_users_id_fk FOREIGN KEY (asked_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.ghost_files
    ADD CONSTRAINT ghost_files_media_id_media_id_fk FOREIGN KEY (media_id) REFERENCES public.media(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ghost_import_items
    ADD CONSTRAINT ghost_import_items_import_id_ghost_imports_id_fk FOREIGN KEY (import_id) REFERENCES public.ghost_imports(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ghost_imports
    ADD CONSTRAINT ghost_imports_brought_by_users_id_fk FOREIGN KEY (brought_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ghost_links
    ADD CONSTRAINT ghost_links_page_id_pages_id_fk FOREIGN KEY (page_id) REFERENCES public.pages(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ghost_links
    ADD CONSTRAINT ghost_links_post_id_posts_id_fk FOREIGN KEY (post_id) REFERENCES public.posts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ghost_members
    ADD CONSTRAINT ghost_members_subscriber_id_subscribers_id_fk FOREIGN KEY (subscriber_id) REFERENCES public.subscribers(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ghost_newsletters
    ADD CONSTRAINT ghost_newsletters_newsletter_id_newsletters_id_fk FOREIGN KEY (newsletter_id) REFERENCES public.newsletters(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.groups
    ADD CONSTRAINT groups_part_of_id_groups_id_fk FOREIGN KEY (part_of_id) REFERENCES public.groups(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.guardianships
    ADD CONSTRAINT guardianships_decided_by_id_users_id_fk FOREIGN KEY (decided_by_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.guardianships
    ADD CONSTRAINT guardianships_guardian_id_users_id_fk FOREIGN KEY (guardian_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.guardianships
    ADD CONSTRAINT guardianships_ward_id_users_id_fk FOREIGN KEY (ward_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.invitation_uses
    ADD CONSTRAINT invitation_uses_invitation_id_invitations_id_fk FOREIGN KEY (invitation_id) REFERENCES public.invitations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.invitation_uses
    ADD CONSTRAINT invitation_uses_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_group_id_groups_id_fk FOREIGN KEY (group_id) REFERENCES public.groups(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_made_by_users_id_fk FOREIGN KEY (made_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.join_requests
    ADD CONSTRAINT join_requests_decided_by_users_id_fk FOREIGN KEY (decided_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_order_id_orders_id_fk FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE ONLY public.letter_deliveries
    ADD CONSTRAINT letter_deliveries_letter_id_letters_id_fk FOREIGN KEY (letter_id) REFERENCES public.letters(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.letter_deliveries
    ADD CONSTRAINT letter_deliveries_subscriber_id_subscribers_id_fk FOREIGN KEY (subscriber_id) REFERENCES public.subscribers(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.letters
    ADD CONSTRAINT letters_created_by_users_id_fk FOREIGN KEY (created_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.letters
    ADD CONSTRAINT letters_label_id_member_labels_id_fk FOREIGN KEY (label_id) REFERENCES public.member_labels(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.letters
    ADD CONSTRAINT letters_newsletter_id_newsletters_id_fk FOREIGN KEY (newsletter_id) REFERENCES public.newsletters(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.letters
    ADD CONSTRAINT letters_post_id_posts_id_fk FOREIGN KEY (post_id) REFERENCES public.posts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.likes
    ADD CONSTRAINT likes_device_id_devices_id_fk FOREIGN KEY (device_id) REFERENCES public.devices(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.likes
    ADD CONSTRAINT likes_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.market_place_addresses
    ADD CONSTRAINT market_place_addresses_place_id_market_places_id_fk FOREIGN KEY (place_id) REFERENCES public.market_places(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.market_place_exceptions
    ADD CONSTRAINT market_place_exceptions_place_id_market_places_id_fk FOREIGN KEY (place_id) REFERENCES public.market_places(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.market_place_hours
    ADD CONSTRAINT market_place_hours_exception FOREIGN KEY (place_id, day) REFERENCES public.market_place_exceptions(place_id, day) ON DELETE CASCADE;

ALTER TABLE ONLY public.market_place_hours
    ADD CONSTRAINT market_place_hours_place_id_market_places_id_fk FOREIGN KEY (place_id) REFERENCES public.market_places(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.market_place_picks
    ADD CONSTRAINT market_place_picks_place_id_market_places_id_fk FOREIGN KEY (place_id) REFERENCES public.market_places(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.market_place_picks
    ADD CONSTRAINT market_place_picks_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.market_place_rules
    ADD CONSTRAINT market_place_rules_category_id_categories_id_fk FOREIGN KEY (category_id) REFERENCES public.categories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.market_place_rules
    ADD CONSTRAINT market_place_rules_place_id_market_places_id_fk FOREIGN KEY (place_id) REFERENCES public.market_places(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.market_place_rules
    ADD CONSTRAINT market_place_rules_supplier_id_suppliers_id_fk FOREIGN KEY (supplier_id) REFERENCES public.suppliers(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.market_places
    ADD CONSTRAINT market_places_picture_id_media_id_fk FOREIGN KEY (picture_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.media_variants
    ADD CONSTRAINT media_variants_media_id_media_id_fk FOREIGN KEY (media_id) REFERENCES public.media(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.member_settings
    ADD CONSTRAINT member_settings_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_group_id_groups_id_fk FOREIGN KEY (group_id) REFERENCES public.groups(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.menu_items
    ADD CONSTRAINT menu_items_page_id_pages_id_fk FOREIGN KEY (page_id) REFERENCES public.pages(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.merchant_pages
    ADD CONSTRAINT merchant_pages_merchant_id_merchants_id_fk FOREIGN KEY (merchant_id) REFERENCES public.merchants(id);

ALTER TABLE ONLY public.merchant_pages
    ADD CONSTRAINT merchant_pages_page_id_pages_id_fk FOREIGN KEY (page_id) REFERENCES public.pages(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.merchants
    ADD CONSTRAINT merchants_page_id_pages_id_fk FOREIGN KEY (page_id) REFERENCES public.pages(id);

ALTER TABLE ONLY public.moderation_appeals
    ADD CONSTRAINT moderation_appeals_decided_by_users_id_fk FOREIGN KEY (decided_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.moderation_appeals
    ADD CONSTRAINT moderation_appeals_document_uri_ap_documents_uri_fk FOREIGN KEY (document_uri) REFERENCES public.ap_documents(uri) ON DELETE CASCADE;

ALTER TABLE ONLY public.moderation_appeals
    ADD CONSTRAINT moderation_appeals_limit_id_moderation_limits_id_fk FOREIGN KEY (limit_id) REFERENCES public.moderation_limits(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.moderation_appeals
    ADD CONSTRAINT moderation_appeals_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.moderation_limits
    ADD CONSTRAINT moderation_limits_lifted_by_users_id_fk FOREIGN KEY (lifted_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.moderation_limits
    ADD CONSTRAINT moderation_limits_set_by_users_id_fk FOREIGN KEY (set_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.moderation_limits
    ADD CONSTRAINT moderation_limits_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.muted_threads
    ADD CONSTRAINT muted_threads_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.newsletter_consents
    ADD CONSTRAINT newsletter_consents_newsletter_id_newsletters_id_fk FOREIGN KEY (newsletter_id) REFERENCES public.newsletters(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.newsletter_consents
    ADD CONSTRAINT newsletter_consents_subscriber_id_subscribers_id_fk FOREIGN KEY (subscriber_id) REFERENCES public.subscribers(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.newsletter_subscriptions
    ADD CONSTRAINT newsletter_subscriptions_newsletter_id_newsletters_id_fk FOREIGN KEY (newsletter_id) REFERENCES public.newsletters(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.newsletter_subscriptions
    ADD CONSTRAINT newsletter_subscriptions_subscriber_id_subscribers_id_fk FOREIGN KEY (subscriber_id) REFERENCES public.subscribers(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notice_mails
    ADD CONSTRAINT notice_mails_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_activity_id_ap_activities_id_fk FOREIGN KEY (activity_id) REFERENCES public.ap_activities(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications_off
    ADD CONSTRAINT notifications_off_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.oauth_clients
    ADD CONSTRAINT oauth_clients_owner_id_users_id_fk FOREIGN KEY (owner_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.occurrences
    ADD CONSTRAINT occurrences_calendar_id_calendars_id_fk FOREIGN KEY (calendar_id) REFERENCES public.calendars(id);

ALTER TABLE ONLY public.occurrences
    ADD CONSTRAINT occurrences_entry_id_calendar_entries_id_fk FOREIGN KEY (entry_id) REFERENCES public.calendar_entries(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.occurrences
    ADD CONSTRAINT occurrences_override_id_entry_overrides_id_fk FOREIGN KEY (override_id) REFERENCES public.entry_overrides(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.occurrences
    ADD CONSTRAINT occurrences_room_id_rooms_id_fk FOREIGN KEY (room_id) REFERENCES public.rooms(id);

ALTER TABLE ONLY public.order_discounts
    ADD CONSTRAINT order_discounts_discount_id_discounts_id_fk FOREIGN KEY (discount_id) REFERENCES public.discounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.order_discounts
    ADD CONSTRAINT order_discounts_order_id_orders_id_fk FOREIGN KEY (order_id) REFERENCES public.orders(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.order_lines
    ADD CONSTRAINT order_lines_lot_id_cycle_lots_id_fk FOREIGN KEY (lot_id) REFERENCES public.cycle_lots(id);

ALTER TABLE ONLY public.order_lines
    ADD CONSTRAINT order_lines_order_id_orders_id_fk FOREIGN KEY (order_id) REFERENCES public.orders(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.order_lines
    ADD CONSTRAINT order_lines_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.order_notes
    ADD CONSTRAINT order_notes_author_id_users_id_fk FOREIGN KEY (author_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.order_notes
    ADD CONSTRAINT order_notes_order_id_orders_id_fk FOREIGN KEY (order_id) REFERENCES public.orders(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.order_pick_ups
    ADD CONSTRAINT order_pick_ups_cycle_id_order_cycles_id_fk FOREIGN KEY (cycle_id) REFERENCES public.order_cycles(id);

ALTER TABLE ONLY public.order_pick_ups
    ADD CONSTRAINT order_pick_ups_order_id_orders_id_fk FOREIGN KEY (order_id) REFERENCES public.orders(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.order_pick_ups
    ADD CONSTRAINT order_pick_ups_pick_up_id_pick_ups_id_fk FOREIGN KEY (pick_up_id) REFERENCES public.pick_ups(id);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_device_id_devices_id_fk FOREIGN KEY (device_id) REFERENCES public.devices(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_merchant_id_merchants_id_fk FOREIGN KEY (merchant_id) REFERENCES public.merchants(id);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pages_og_picture_id_media_id_fk FOREIGN KEY (og_picture_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pages_parent_id_pages_id_fk FOREIGN KEY (parent_id) REFERENCES public.pages(id);

ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pages_picture_id_media_id_fk FOREIGN KEY (picture_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pages_twitter_picture_id_media_id_fk FOREIGN KEY (twitter_picture_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.payment_attempts
    ADD CONSTRAINT payment_attempts_merchant_id_merchants_id_fk FOREIGN KEY (merchant_id) REFERENCES public.merchants(id);

ALTER TABLE ONLY public.payment_attempts
    ADD CONSTRAINT payment_attempts_order_id_orders_id_fk FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE ONLY public.payment_attempts
    ADD CONSTRAINT payment_attempts_recorded_by_users_id_fk FOREIGN KEY (recorded_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.payment_matters
    ADD CONSTRAINT payment_matters_order_id_orders_id_fk FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE ONLY public.payment_matters
    ADD CONSTRAINT payment_matters_resolved_by_users_id_fk FOREIGN KEY (resolved_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.people_import_rows
    ADD CONSTRAINT people_import_rows_import_id_people_imports_id_fk FOREIGN KEY (import_id) REFERENCES public.people_imports(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.people_imports
    ADD CONSTRAINT people_imports_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.people_list_members
    ADD CONSTRAINT people_list_members_list_id_people_lists_id_fk FOREIGN KEY (list_id) REFERENCES public.people_lists(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.people_lists
    ADD CONSTRAINT people_lists_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.pick_ups
    ADD CONSTRAINT pick_ups_cycle_id_order_cycles_id_fk FOREIGN KEY (cycle_id) REFERENCES public.order_cycles(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.post_authors
    ADD CONSTRAINT post_authors_post_id_posts_id_fk FOREIGN KEY (post_id) REFERENCES public.posts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.post_authors
    ADD CONSTRAINT post_authors_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.post_products
    ADD CONSTRAINT post_products_post_id_posts_id_fk FOREIGN KEY (post_id) REFERENCES public.posts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.post_products
    ADD CONSTRAINT post_products_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.post_tags
    ADD CONSTRAINT post_tags_post_id_posts_id_fk FOREIGN KEY (post_id) REFERENCES public.posts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.post_tags
    ADD CONSTRAINT post_tags_tag_id_tags_id_fk FOREIGN KEY (tag_id) REFERENCES public.tags(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.postings
    ADD CONSTRAINT postings_entry_id_ledger_entries_id_fk FOREIGN KEY (entry_id) REFERENCES public.ledger_entries(id);

ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_og_picture_id_media_id_fk FOREIGN KEY (og_picture_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_picture_id_media_id_fk FOREIGN KEY (picture_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_series_id_series_id_fk FOREIGN KEY (series_id) REFERENCES public.series(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_translation_of_posts_id_fk FOREIGN KEY (translation_of) REFERENCES public.posts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_twitter_picture_id_media_id_fk FOREIGN KEY (twitter_picture_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.preview_links
    ADD CONSTRAINT preview_links_created_by_users_id_fk FOREIGN KEY (created_by) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.preview_links
    ADD CONSTRAINT preview_links_page_id_pages_id_fk FOREIGN KEY (page_id) REFERENCES public.pages(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.preview_links
    ADD CONSTRAINT preview_links_post_id_posts_id_fk FOREIGN KEY (post_id) REFERENCES public.posts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.price_rules
    ADD CONSTRAINT price_rules_category_id_categories_id_fk FOREIGN KEY (category_id) REFERENCES public.categories(id);

ALTER TABLE ONLY public.price_rules
    ADD CONSTRAINT price_rules_supplier_id_suppliers_id_fk FOREIGN KEY (supplier_id) REFERENCES public.suppliers(id);

ALTER TABLE ONLY public.product_categories
    ADD CONSTRAINT product_categories_category_id_categories_id_fk FOREIGN KEY (category_id) REFERENCES public.categories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.product_categories
    ADD CONSTRAINT product_categories_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.product_changes
    ADD CONSTRAINT product_changes_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.product_changes
    ADD CONSTRAINT product_changes_source_id_product_sources_id_fk FOREIGN KEY (source_id) REFERENCES public.product_sources(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.product_changes
    ADD CONSTRAINT product_changes_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.product_overrides
    ADD CONSTRAINT product_overrides_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.product_overrides
    ADD CONSTRAINT product_overrides_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.product_pictures
    ADD CONSTRAINT product_pictures_media_id_media_id_fk FOREIGN KEY (media_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.product_pictures
    ADD CONSTRAINT product_pictures_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.product_sources
    ADD CONSTRAINT product_sources_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.product_sources
    ADD CONSTRAINT product_sources_supplier_id_suppliers_id_fk FOREIGN KEY (supplier_id) REFERENCES public.suppliers(id);

ALTER TABLE ONLY public.product_views
    ADD CONSTRAINT product_views_device_id_devices_id_fk FOREIGN KEY (device_id) REFERENCES public.devices(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.product_views
    ADD CONSTRAINT product_views_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.product_views
    ADD CONSTRAINT product_views_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_group_id_product_groups_id_fk FOREIGN KEY (group_id) REFERENCES public.product_groups(id);

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_picture_id_media_id_fk FOREIGN KEY (picture_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_supplier_id_suppliers_id_fk FOREIGN KEY (supplier_id) REFERENCES public.suppliers(id);

ALTER TABLE ONLY public.profile_fields
    ADD CONSTRAINT profile_fields_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.receipt_counters
    ADD CONSTRAINT receipt_counters_merchant_id_merchants_id_fk FOREIGN KEY (merchant_id) REFERENCES public.merchants(id);

ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT receipts_merchant_id_merchants_id_fk FOREIGN KEY (merchant_id) REFERENCES public.merchants(id);

ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT receipts_order_id_orders_id_fk FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE ONLY public.reconciliations
    ADD CONSTRAINT reconciliations_merchant_id_merchants_id_fk FOREIGN KEY (merchant_id) REFERENCES public.merchants(id);

ALTER TABLE ONLY public.redirects
    ADD CONSTRAINT redirects_page_id_pages_id_fk FOREIGN KEY (page_id) REFERENCES public.pages(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.redirects
    ADD CONSTRAINT redirects_post_id_posts_id_fk FOREIGN KEY (post_id) REFERENCES public.posts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.redirects
    ADD CONSTRAINT redirects_tag_id_tags_id_fk FOREIGN KEY (tag_id) REFERENCES public.tags(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_attempt_id_payment_attempts_id_fk FOREIGN KEY (attempt_id) REFERENCES public.payment_attempts(id);

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_order_id_orders_id_fk FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_requested_by_users_id_fk FOREIGN KEY (requested_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_page_id_pages_id_fk FOREIGN KEY (page_id) REFERENCES public.pages(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_post_id_posts_id_fk FOREIGN KEY (post_id) REFERENCES public.posts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_saved_by_users_id_fk FOREIGN KEY (saved_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.room_claims
    ADD CONSTRAINT room_claims_booking_time_id_booking_times_id_fk FOREIGN KEY (booking_time_id) REFERENCES public.booking_times(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.room_claims
    ADD CONSTRAINT room_claims_occurrence_id_occurrences_id_fk FOREIGN KEY (occurrence_id) REFERENCES public.occurrences(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.room_claims
    ADD CONSTRAINT room_claims_room_id_rooms_id_fk FOREIGN KEY (room_id) REFERENCES public.rooms(id);

ALTER TABLE ONLY public.room_closures
    ADD CONSTRAINT room_closures_closed_by_id_users_id_fk FOREIGN KEY (closed_by_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.room_closures
    ADD CONSTRAINT room_closures_room_id_rooms_id_fk FOREIGN KEY (room_id) REFERENCES public.rooms(id);

ALTER TABLE ONLY public.room_slots
    ADD CONSTRAINT room_slots_calendar_id_calendars_id_fk FOREIGN KEY (calendar_id) REFERENCES public.calendars(id);

ALTER TABLE ONLY public.room_slots
    ADD CONSTRAINT room_slots_room_id_rooms_id_fk FOREIGN KEY (room_id) REFERENCES public.rooms(id);

ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_within_id_rooms_id_fk FOREIGN KEY (within_id) REFERENCES public.rooms(id);

ALTER TABLE ONLY public.scrape_alarms
    ADD CONSTRAINT scrape_alarms_ended_by_users_id_fk FOREIGN KEY (ended_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.scrape_alarms
    ADD CONSTRAINT scrape_alarms_ended_in_run_scrape_runs_id_fk FOREIGN KEY (ended_in_run) REFERENCES public.scrape_runs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.scrape_alarms
    ADD CONSTRAINT scrape_alarms_last_run_id_scrape_runs_id_fk FOREIGN KEY (last_run_id) REFERENCES public.scrape_runs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.scrape_alarms
    ADD CONSTRAINT scrape_alarms_run_id_scrape_runs_id_fk FOREIGN KEY (run_id) REFERENCES public.scrape_runs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.scrape_alarms
    ADD CONSTRAINT scrape_alarms_supplier_id_suppliers_id_fk FOREIGN KEY (supplier_id) REFERENCES public.suppliers(id);

ALTER TABLE ONLY public.scrape_entries
    ADD CONSTRAINT scrape_entries_run_id_scrape_runs_id_fk FOREIGN KEY (run_id) REFERENCES public.scrape_runs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.scrape_finding_fields
    ADD CONSTRAINT scrape_finding_fields_finding_id_scrape_findings_id_fk FOREIGN KEY (finding_id) REFERENCES public.scrape_findings(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.scrape_finding_fields
    ADD CONSTRAINT scrape_finding_fields_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.scrape_findings
    ADD CONSTRAINT scrape_findings_match_id_products_id_fk FOREIGN KEY (match_id) REFERENCES public.products(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.scrape_findings
    ADD CONSTRAINT scrape_findings_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.scrape_findings
    ADD CONSTRAINT scrape_findings_run_id_scrape_runs_id_fk FOREIGN KEY (run_id) REFERENCES public.scrape_runs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.scrape_findings
    ADD CONSTRAINT scrape_findings_supplier_id_suppliers_id_fk FOREIGN KEY (supplier_id) REFERENCES public.suppliers(id);

ALTER TABLE ONLY public.scrape_pages
    ADD CONSTRAINT scrape_pages_run_id_scrape_runs_id_fk FOREIGN KEY (run_id) REFERENCES public.scrape_runs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.scrape_records
    ADD CONSTRAINT scrape_records_supplier_id_suppliers_id_fk FOREIGN KEY (supplier_id) REFERENCES public.suppliers(id);

ALTER TABLE ONLY public.scrape_runs
    ADD CONSTRAINT scrape_runs_started_by_users_id_fk FOREIGN KEY (started_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.scrape_runs
    ADD CONSTRAINT scrape_runs_supplier_id_suppliers_id_fk FOREIGN KEY (supplier_id) REFERENCES public.suppliers(id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_device_id_devices_id_fk FOREIGN KEY (device_id) REFERENCES public.devices(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shelf_entries
    ADD CONSTRAINT shelf_entries_food_id_shelf_foods_id_fk FOREIGN KEY (food_id) REFERENCES public.shelf_foods(id);

ALTER TABLE ONLY public.shelf_entries
    ADD CONSTRAINT shelf_entries_maker_id_shelf_makers_id_fk FOREIGN KEY (maker_id) REFERENCES public.shelf_makers(id);

ALTER TABLE ONLY public.shelf_entries
    ADD CONSTRAINT shelf_entries_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shelf_entries
    ADD CONSTRAINT shelf_entries_section_id_shelf_sections_id_fk FOREIGN KEY (section_id) REFERENCES public.shelf_sections(id);

ALTER TABLE ONLY public.shelf_stale
    ADD CONSTRAINT shelf_stale_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shortfalls
    ADD CONSTRAINT shortfalls_order_line_id_order_lines_id_fk FOREIGN KEY (order_line_id) REFERENCES public.order_lines(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.site_settings
    ADD CONSTRAINT site_settings_logo_id_media_id_fk FOREIGN KEY (logo_id) REFERENCES public.media(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.site_texts
    ADD CONSTRAINT site_texts_published_by_users_id_fk FOREIGN KEY (published_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.stock_alerts
    ADD CONSTRAINT stock_alerts_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.stock_alerts
    ADD CONSTRAINT stock_alerts_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.stock_reservations
    ADD CONSTRAINT stock_reservations_order_id_orders_id_fk FOREIGN KEY (order_id) REFERENCES public.orders(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.stock_reservations
    ADD CONSTRAINT stock_reservations_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.subscriber_labels
    ADD CONSTRAINT subscriber_labels_label_id_member_labels_id_fk FOREIGN KEY (label_id) REFERENCES public.member_labels(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.subscriber_labels
    ADD CONSTRAINT subscriber_labels_subscriber_id_subscribers_id_fk FOREIGN KEY (subscriber_id) REFERENCES public.subscribers(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.subscribers
    ADD CONSTRAINT subscribers_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.text_agreements
    ADD CONSTRAINT text_agreements_order_id_orders_id_fk FOREIGN KEY (order_id) REFERENCES public.orders(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.text_agreements
    ADD CONSTRAINT text_agreements_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ticket_boxes
    ADD CONSTRAINT ticket_boxes_entry_id_calendar_entries_id_fk FOREIGN KEY (entry_id) REFERENCES public.calendar_entries(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ticket_parts_off
    ADD CONSTRAINT ticket_parts_off_entry_id_calendar_entries_id_fk FOREIGN KEY (entry_id) REFERENCES public.calendar_entries(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ticket_parts_off
    ADD CONSTRAINT ticket_parts_off_ticket_id_tickets_id_fk FOREIGN KEY (ticket_id) REFERENCES public.tickets(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ticket_times
    ADD CONSTRAINT ticket_times_entry_id_calendar_entries_id_fk FOREIGN KEY (entry_id) REFERENCES public.calendar_entries(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ticket_transfers
    ADD CONSTRAINT ticket_transfers_from_user_id_users_id_fk FOREIGN KEY (from_user_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ticket_transfers
    ADD CONSTRAINT ticket_transfers_ticket_id_tickets_id_fk FOREIGN KEY (ticket_id) REFERENCES public.tickets(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ticket_types
    ADD CONSTRAINT ticket_types_entry_id_calendar_entries_id_fk FOREIGN KEY (entry_id) REFERENCES public.calendar_entries(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ticket_waits
    ADD CONSTRAINT ticket_waits_ticket_type_id_ticket_types_id_fk FOREIGN KEY (ticket_type_id) REFERENCES public.ticket_types(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ticket_waits
    ADD CONSTRAINT ticket_waits_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_order_line_id_order_lines_id_fk FOREIGN KEY (order_line_id) REFERENCES public.order_lines(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_ticket_type_id_ticket_types_id_fk FOREIGN KEY (ticket_type_id) REFERENCES public.ticket_types(id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_media_id_media_id_fk FOREIGN KEY (media_id) REFERENCES public.media(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.user_emails
    ADD CONSTRAINT user_emails_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_picture_id_media_id_fk FOREIGN KEY (picture_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.wanted_pictures
    ADD CONSTRAINT wanted_pictures_media_id_media_id_fk FOREIGN KEY (media_id) REFERENCES public.media(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.wanted_pictures
    ADD CONSTRAINT wanted_pictures_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;
