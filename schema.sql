-- The schema after every migration. Written by `npm run db -- schema`; do not edit.


CREATE FUNCTION public.cluster_here() RETURNS text
    LANGUAGE sql STABLE
    AS $$
	SELECT system_identifier || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) FROM pg_control_system()
$$;

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

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
	RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
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
    CONSTRAINT ap_activities_type CHECK ((type = ANY (ARRAY['Create'::text, 'Update'::text, 'Delete'::text, 'Add'::text, 'Remove'::text, 'Announce'::text, 'Like'::text, 'Offer'::text, 'Invite'::text, 'Accept'::text, 'Reject'::text]))),
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
    CONSTRAINT calendar_entries_order CHECK ((ends_at > starts_at)),
    CONSTRAINT calendar_entries_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT calendar_entries_status CHECK ((status = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'cancelled'::text])))
);

ALTER TABLE public.calendar_entries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.calendar_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calendars (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    colour text NOT NULL,
    zone text NOT NULL,
    "position" integer NOT NULL,
    CONSTRAINT calendars_colour CHECK ((colour = ANY (ARRAY['rose'::text, 'leaf'::text, 'amber'::text, 'ink'::text]))),
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
    product_id bigint NOT NULL,
    quantity integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
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

CREATE TABLE public.containments (
    id bigint NOT NULL,
    page_id bigint NOT NULL,
    calendar_id bigint NOT NULL,
    "position" integer NOT NULL
);

ALTER TABLE public.containments ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.containments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.devices (
    id text NOT NULL,
    signed_in_at timestamp with time zone,
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
    CONSTRAINT ghost_state_one CHECK ((id = 1))
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

CREATE TABLE public.notifications (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    activity_id bigint NOT NULL,
    read_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.notifications ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.notifications_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
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

CREATE TABLE public.order_lines (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    product_id bigint,
    name text NOT NULL,
    quantity integer NOT NULL,
    unit_price_minor integer NOT NULL,
    "position" integer NOT NULL,
    CONSTRAINT order_lines_numbers CHECK (((quantity > 0) AND (unit_price_minor >= 0)))
);

ALTER TABLE public.order_lines ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.order_lines_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders (
    id bigint NOT NULL,
    reference text NOT NULL,
    user_id bigint NOT NULL,
    status text DEFAULT 'pending_payment'::text NOT NULL,
    currency text DEFAULT 'GBP'::text NOT NULL,
    total_minor integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    paid_at timestamp with time zone,
    CONSTRAINT orders_status CHECK ((status = ANY (ARRAY['pending_payment'::text, 'paid'::text, 'ready'::text, 'collected'::text, 'cancelled'::text]))),
    CONSTRAINT orders_total CHECK ((total_minor >= 0))
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

CREATE TABLE public.product_categories (
    product_id bigint NOT NULL,
    category_id bigint NOT NULL
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
    CONSTRAINT products_currency CHECK ((currency ~ '^[A-Z]{3}$'::text)),
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

CREATE TABLE public.rate_limits (
    key text NOT NULL,
    window_start timestamp with time zone NOT NULL,
    hits integer NOT NULL
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

CREATE TABLE public.suppliers (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    place text DEFAULT ''::text NOT NULL,
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

CREATE TABLE public.ticket_types (
    id bigint NOT NULL,
    entry_id bigint NOT NULL,
    name text NOT NULL,
    price_minor integer NOT NULL,
    currency text DEFAULT 'GBP'::text NOT NULL,
    capacity integer NOT NULL,
    "position" integer NOT NULL,
    CONSTRAINT ticket_types_numbers CHECK (((price_minor >= 0) AND (capacity > 0)))
);

ALTER TABLE public.ticket_types ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ticket_types_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets (
    id bigint NOT NULL,
    ticket_type_id bigint NOT NULL,
    user_id bigint NOT NULL,
    code text NOT NULL,
    status text DEFAULT 'valid'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
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

ALTER TABLE ONLY public.ap_activities
    ADD CONSTRAINT ap_activities_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ap_activity_handlings
    ADD CONSTRAINT ap_activity_handlings_once UNIQUE (activity_id, handler);

ALTER TABLE ONLY public.ap_activity_handlings
    ADD CONSTRAINT ap_activity_handlings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendar_entries
    ADD CONSTRAINT calendar_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendar_entries
    ADD CONSTRAINT calendar_entries_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.calendars
    ADD CONSTRAINT calendars_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendars
    ADD CONSTRAINT calendars_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.cart_lines
    ADD CONSTRAINT cart_lines_one_per_product UNIQUE (cart_id, product_id);

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

ALTER TABLE ONLY public.containments
    ADD CONSTRAINT containments_once UNIQUE (page_id, calendar_id);

ALTER TABLE ONLY public.containments
    ADD CONSTRAINT containments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ghost_deliveries
    ADD CONSTRAINT ghost_deliveries_pkey PRIMARY KEY (signature);

ALTER TABLE ONLY public.ghost_files
    ADD CONSTRAINT ghost_files_pkey PRIMARY KEY (url);

ALTER TABLE ONLY public.ghost_links
    ADD CONSTRAINT ghost_links_page UNIQUE (page_id);

ALTER TABLE ONLY public.ghost_links
    ADD CONSTRAINT ghost_links_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ghost_links
    ADD CONSTRAINT ghost_links_post UNIQUE (post_id);

ALTER TABLE ONLY public.ghost_links
    ADD CONSTRAINT ghost_links_theirs UNIQUE (kind, ghost_id);

ALTER TABLE ONLY public.ghost_state
    ADD CONSTRAINT ghost_state_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.likes
    ADD CONSTRAINT likes_once_a_device UNIQUE (kind, subject, device_id);

ALTER TABLE ONLY public.likes
    ADD CONSTRAINT likes_once_a_member UNIQUE (kind, subject, user_id);

ALTER TABLE ONLY public.likes
    ADD CONSTRAINT likes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.media
    ADD CONSTRAINT media_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.media
    ADD CONSTRAINT media_sha256_unique UNIQUE (sha256);

ALTER TABLE ONLY public.media_variants
    ADD CONSTRAINT media_variants_media_id_content_type_width_pk PRIMARY KEY (media_id, content_type, width);

ALTER TABLE ONLY public.menu_items
    ADD CONSTRAINT menu_items_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_once UNIQUE (user_id, activity_id);

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oauth_clients
    ADD CONSTRAINT oauth_clients_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oidc_payloads
    ADD CONSTRAINT oidc_payloads_kind_id_pk PRIMARY KEY (kind, id);

ALTER TABLE ONLY public.order_lines
    ADD CONSTRAINT order_lines_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.order_lines
    ADD CONSTRAINT order_lines_position UNIQUE (order_id, "position");

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

ALTER TABLE ONLY public.post_authors
    ADD CONSTRAINT post_authors_post_id_user_id_pk PRIMARY KEY (post_id, user_id);

ALTER TABLE ONLY public.post_products
    ADD CONSTRAINT post_products_post_id_product_id_pk PRIMARY KEY (post_id, product_id);

ALTER TABLE ONLY public.post_tags
    ADD CONSTRAINT post_tags_post_id_tag_id_pk PRIMARY KEY (post_id, tag_id);

ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_one_translation UNIQUE (translation_of, language);

ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.preview_links
    ADD CONSTRAINT preview_links_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.product_categories
    ADD CONSTRAINT product_categories_product_id_category_id_pk PRIMARY KEY (product_id, category_id);

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.rate_limits
    ADD CONSTRAINT rate_limits_key_window_start_pk PRIMARY KEY (key, window_start);

ALTER TABLE ONLY public.redirects
    ADD CONSTRAINT redirects_pkey PRIMARY KEY (from_path);

ALTER TABLE ONLY public.relation_changes
    ADD CONSTRAINT relation_changes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.relation_facts
    ADD CONSTRAINT relation_facts_once_each UNIQUE (relation, arguments, asserted_by);

ALTER TABLE ONLY public.relation_facts
    ADD CONSTRAINT relation_facts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.relation_tuples
    ADD CONSTRAINT relation_tuples_relation_arguments_pk PRIMARY KEY (relation, arguments);

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_page_version UNIQUE (page_id, version);

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_post_version UNIQUE (post_id, version);

ALTER TABLE ONLY public.series
    ADD CONSTRAINT series_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.series
    ADD CONSTRAINT series_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.service_keys
    ADD CONSTRAINT service_keys_pkey PRIMARY KEY (kid);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.sign_in_links
    ADD CONSTRAINT sign_in_links_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_links
    ADD CONSTRAINT "sign_in_links_tokenHash_unique" UNIQUE (token_hash);

ALTER TABLE ONLY public.suppliers
    ADD CONSTRAINT suppliers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.suppliers
    ADD CONSTRAINT suppliers_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.ticket_types
    ADD CONSTRAINT ticket_types_name UNIQUE (entry_id, name);

ALTER TABLE ONLY public.ticket_types
    ADD CONSTRAINT ticket_types_pkey PRIMARY KEY (id);

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

CREATE INDEX ap_activities_actor ON public.ap_activities USING btree (actor_id);

CREATE INDEX ap_activities_newest ON public.ap_activities USING btree (visibility, published_at DESC, id DESC);

CREATE INDEX ap_activities_object ON public.ap_activities USING btree (object_type, object_id);

CREATE INDEX ap_activity_handlings_dead ON public.ap_activity_handlings USING btree (settled_at, id) WHERE (state = 'dead'::text);

CREATE INDEX ap_activity_handlings_due ON public.ap_activity_handlings USING btree (handler, next_attempt_at, id) WHERE (state = 'pending'::text);

CREATE INDEX ap_activity_handlings_in_order ON public.ap_activity_handlings USING btree (handler, object_type, object_id, id) WHERE (state = 'pending'::text);

CREATE UNIQUE INDEX ap_activity_handlings_one_in_hand ON public.ap_activity_handlings USING btree (handler, object_type, object_id) WHERE (lease IS NOT NULL);

CREATE INDEX ap_activity_handlings_settled_at ON public.ap_activity_handlings USING brin (settled_at);

CREATE INDEX audit_entries_actor ON public.audit_entries USING btree (actor);

CREATE INDEX audit_entries_newest ON public.audit_entries USING btree (done_at DESC, id DESC);

CREATE INDEX audit_entries_subject ON public.audit_entries USING btree (subject);

CREATE INDEX calendar_entries_by_start ON public.calendar_entries USING btree (calendar_id, starts_at);

CREATE INDEX calendar_entries_organiser ON public.calendar_entries USING btree (organiser_id);

CREATE INDEX calendar_entries_picture ON public.calendar_entries USING btree (picture_id);

CREATE INDEX calendar_entries_search ON public.calendar_entries USING gin (search);

CREATE INDEX calendar_entries_start ON public.calendar_entries USING btree (starts_at);

CREATE INDEX calendar_entries_title_trigrams ON public.calendar_entries USING gin (title public.gin_trgm_ops);

CREATE INDEX cart_lines_product ON public.cart_lines USING btree (product_id);

CREATE INDEX containments_calendar ON public.containments USING btree (calendar_id);

CREATE INDEX devices_created ON public.devices USING btree (created_at);

CREATE INDEX ghost_deliveries_received ON public.ghost_deliveries USING btree (received_at);

CREATE INDEX ghost_files_media ON public.ghost_files USING btree (media_id);

CREATE INDEX ghost_files_path ON public.ghost_files USING btree (path);

CREATE INDEX ghost_links_due ON public.ghost_links USING btree (wanted_at, id) WHERE (wanted_at IS NOT NULL);

CREATE INDEX likes_device ON public.likes USING btree (device_id);

CREATE INDEX likes_user ON public.likes USING btree (user_id);

CREATE INDEX menu_items_order ON public.menu_items USING btree (menu, "position");

CREATE INDEX menu_items_page ON public.menu_items USING btree (page_id);

CREATE INDEX notifications_activity ON public.notifications USING btree (activity_id);

CREATE INDEX notifications_user ON public.notifications USING btree (user_id, created_at DESC);

CREATE INDEX oauth_clients_owner ON public.oauth_clients USING btree (owner_id);

CREATE INDEX oidc_payloads_expires ON public.oidc_payloads USING btree (expires_at);

CREATE INDEX oidc_payloads_grant ON public.oidc_payloads USING btree (grant_id);

CREATE INDEX oidc_payloads_grants_of_account ON public.oidc_payloads USING btree (account_id) WHERE (kind = 'Grant'::text);

CREATE INDEX oidc_payloads_grants_of_client ON public.oidc_payloads USING btree (client_id) WHERE (kind = 'Grant'::text);

CREATE INDEX oidc_payloads_of_session ON public.oidc_payloads USING btree (session_uid);

CREATE UNIQUE INDEX oidc_payloads_session_uid ON public.oidc_payloads USING btree (uid) WHERE (kind = 'Session'::text);

CREATE INDEX order_lines_product ON public.order_lines USING btree (product_id);

CREATE INDEX orders_user ON public.orders USING btree (user_id, created_at DESC);

CREATE INDEX pages_parent ON public.pages USING btree (parent_id, "position");

CREATE INDEX pages_picture ON public.pages USING btree (picture_id);

CREATE INDEX pages_search ON public.pages USING gin (search);

CREATE INDEX passkey_challenges_expires ON public.passkey_challenges USING btree (expires_at);

CREATE INDEX passkeys_user ON public.passkeys USING btree (user_id);

CREATE INDEX post_authors_user ON public.post_authors USING btree (user_id);

CREATE INDEX post_products_product ON public.post_products USING btree (product_id);

CREATE INDEX post_tags_tag ON public.post_tags USING btree (tag_id);

CREATE INDEX posts_due ON public.posts USING btree (published_at) WHERE (status = 'scheduled'::text);

CREATE INDEX posts_newest ON public.posts USING btree (published_at DESC, id DESC) WHERE (status = 'published'::text);

CREATE INDEX posts_picture ON public.posts USING btree (picture_id);

CREATE INDEX posts_search ON public.posts USING gin (search);

CREATE INDEX posts_series ON public.posts USING btree (series_id, series_position);

CREATE INDEX posts_title_trigrams ON public.posts USING gin (title public.gin_trgm_ops);

CREATE INDEX preview_links_created_by ON public.preview_links USING btree (created_by);

CREATE INDEX preview_links_page ON public.preview_links USING btree (page_id);

CREATE INDEX preview_links_post ON public.preview_links USING btree (post_id);

CREATE INDEX product_categories_category ON public.product_categories USING btree (category_id);

CREATE INDEX products_name_trigrams ON public.products USING gin (name public.gin_trgm_ops);

CREATE INDEX products_picture ON public.products USING btree (picture_id);

CREATE INDEX products_search ON public.products USING gin (search);

CREATE INDEX products_supplier ON public.products USING btree (supplier_id);

CREATE INDEX rate_limits_window ON public.rate_limits USING btree (window_start);

CREATE INDEX redirects_page ON public.redirects USING btree (page_id);

CREATE INDEX redirects_post ON public.redirects USING btree (post_id);

CREATE INDEX redirects_tag ON public.redirects USING btree (tag_id);

CREATE INDEX relation_changes_age ON public.relation_changes USING btree (noted_at);

CREATE INDEX relation_changes_xid ON public.relation_changes USING btree (xid);

CREATE INDEX relation_facts_first ON public.relation_facts USING btree (relation, ((arguments -> 0)));

CREATE INDEX relation_facts_second ON public.relation_facts USING btree (relation, ((arguments -> 1)));

CREATE INDEX revisions_saved_by ON public.revisions USING btree (saved_by);

CREATE UNIQUE INDEX service_keys_one_current ON public.service_keys USING btree (purpose) WHERE ((current_at IS NOT NULL) AND (retired_at IS NULL));

CREATE UNIQUE INDEX service_keys_one_next ON public.service_keys USING btree (purpose) WHERE (current_at IS NULL);

CREATE INDEX sessions_device ON public.sessions USING btree (device_id);

CREATE INDEX sessions_expires ON public.sessions USING btree (expires_at);

CREATE INDEX sessions_provider_session ON public.sessions USING btree (provider_session);

CREATE INDEX sessions_user ON public.sessions USING btree (user_id);

CREATE INDEX sign_in_links_expires ON public.sign_in_links USING btree (expires_at);

CREATE INDEX sign_in_links_interaction ON public.sign_in_links USING btree (interaction_uid);

CREATE INDEX tickets_type ON public.tickets USING btree (ticket_type_id);

CREATE INDEX tickets_user ON public.tickets USING btree (user_id);

CREATE INDEX uploads_user ON public.uploads USING btree (user_id);

CREATE UNIQUE INDEX user_emails_one_primary ON public.user_emails USING btree (user_id) WHERE is_primary;

CREATE INDEX user_emails_user ON public.user_emails USING btree (user_id);

CREATE INDEX users_name_trigrams ON public.users USING gin (name public.gin_trgm_ops);

CREATE INDEX users_picture ON public.users USING btree (picture_id);

CREATE INDEX users_search ON public.users USING gin (search);

CREATE TRIGGER audit_entries_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER note_relation_change AFTER INSERT OR DELETE OR UPDATE OF page_id ON public.menu_items FOR EACH ROW EXECUTE FUNCTION public.note_relation_change('page_id');

CREATE TRIGGER note_relation_change AFTER INSERT OR DELETE OR UPDATE OF id, parent_id ON public.pages FOR EACH ROW EXECUTE FUNCTION public.note_relation_change('id');

CREATE TRIGGER note_relation_change AFTER INSERT OR DELETE OR UPDATE ON public.relation_facts FOR EACH ROW EXECUTE FUNCTION public.note_relation_change('relation', 'arguments');

CREATE TRIGGER note_relation_change AFTER INSERT OR DELETE OR UPDATE ON public.relation_tuples FOR EACH ROW EXECUTE FUNCTION public.note_relation_change('relation', 'arguments');

CREATE TRIGGER note_relation_truncate AFTER TRUNCATE ON public.menu_items FOR EACH STATEMENT EXECUTE FUNCTION public.note_relation_change();

CREATE TRIGGER note_relation_truncate AFTER TRUNCATE ON public.pages FOR EACH STATEMENT EXECUTE FUNCTION public.note_relation_change();

CREATE TRIGGER note_relation_truncate AFTER TRUNCATE ON public.relation_facts FOR EACH STATEMENT EXECUTE FUNCTION public.note_relation_change();

CREATE TRIGGER note_relation_truncate AFTER TRUNCATE ON public.relation_tuples FOR EACH STATEMENT EXECUTE FUNCTION public.note_relation_change();

ALTER TABLE ONLY public.ap_activities
    ADD CONSTRAINT ap_activities_actor_id_users_id_fk FOREIGN KEY (actor_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ap_activity_handlings
    ADD CONSTRAINT ap_activity_handlings_activity_id_ap_activities_id_fk FOREIGN KEY (activity_id) REFERENCES public.ap_activities(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.calendar_entries
    ADD CONSTRAINT calendar_entries_calendar_id_calendars_id_fk FOREIGN KEY (calendar_id) REFERENCES public.calendars(id);

ALTER TABLE ONLY public.calendar_entries
    ADD CONSTRAINT calendar_entries_organiser_id_users_id_fk FOREIGN KEY (organiser_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.calendar_entries
    ADD CONSTRAINT calendar_entries_picture_id_media_id_fk FOREIGN KEY (picture_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.cart_lines
    ADD CONSTRAINT cart_lines_cart_id_carts_id_fk FOREIGN KEY (cart_id) REFERENCES public.carts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cart_lines
    ADD CONSTRAINT cart_lines_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT carts_device_id_devices_id_fk FOREIGN KEY (device_id) REFERENCES public.devices(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT carts_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.containments
    ADD CONSTRAINT containments_calendar_id_calendars_id_fk FOREIGN KEY (calendar_id) REFERENCES public.calendars(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.containments
    ADD CONSTRAINT containments_page_id_pages_id_fk FOREIGN KEY (page_id) REFERENCES public.pages(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ghost_files
    ADD CONSTRAINT ghost_files_media_id_media_id_fk FOREIGN KEY (media_id) REFERENCES public.media(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ghost_links
    ADD CONSTRAINT ghost_links_page_id_pages_id_fk FOREIGN KEY (page_id) REFERENCES public.pages(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ghost_links
    ADD CONSTRAINT ghost_links_post_id_posts_id_fk FOREIGN KEY (post_id) REFERENCES public.posts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.likes
    ADD CONSTRAINT likes_device_id_devices_id_fk FOREIGN KEY (device_id) REFERENCES public.devices(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.likes
    ADD CONSTRAINT likes_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.media_variants
    ADD CONSTRAINT media_variants_media_id_media_id_fk FOREIGN KEY (media_id) REFERENCES public.media(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.menu_items
    ADD CONSTRAINT menu_items_page_id_pages_id_fk FOREIGN KEY (page_id) REFERENCES public.pages(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_activity_id_ap_activities_id_fk FOREIGN KEY (activity_id) REFERENCES public.ap_activities(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.oauth_clients
    ADD CONSTRAINT oauth_clients_owner_id_users_id_fk FOREIGN KEY (owner_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.order_lines
    ADD CONSTRAINT order_lines_order_id_orders_id_fk FOREIGN KEY (order_id) REFERENCES public.orders(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.order_lines
    ADD CONSTRAINT order_lines_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pages_parent_id_pages_id_fk FOREIGN KEY (parent_id) REFERENCES public.pages(id);

ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pages_picture_id_media_id_fk FOREIGN KEY (picture_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

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

ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_picture_id_media_id_fk FOREIGN KEY (picture_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_series_id_series_id_fk FOREIGN KEY (series_id) REFERENCES public.series(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_translation_of_posts_id_fk FOREIGN KEY (translation_of) REFERENCES public.posts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.preview_links
    ADD CONSTRAINT preview_links_created_by_users_id_fk FOREIGN KEY (created_by) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.preview_links
    ADD CONSTRAINT preview_links_page_id_pages_id_fk FOREIGN KEY (page_id) REFERENCES public.pages(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.preview_links
    ADD CONSTRAINT preview_links_post_id_posts_id_fk FOREIGN KEY (post_id) REFERENCES public.posts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.product_categories
    ADD CONSTRAINT product_categories_category_id_categories_id_fk FOREIGN KEY (category_id) REFERENCES public.categories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.product_categories
    ADD CONSTRAINT product_categories_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_picture_id_media_id_fk FOREIGN KEY (picture_id) REFERENCES public.media(id);

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_supplier_id_suppliers_id_fk FOREIGN KEY (supplier_id) REFERENCES public.suppliers(id);

ALTER TABLE ONLY public.redirects
    ADD CONSTRAINT redirects_page_id_pages_id_fk FOREIGN KEY (page_id) REFERENCES public.pages(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.redirects
    ADD CONSTRAINT redirects_post_id_posts_id_fk FOREIGN KEY (post_id) REFERENCES public.posts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.redirects
    ADD CONSTRAINT redirects_tag_id_tags_id_fk FOREIGN KEY (tag_id) REFERENCES public.tags(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_page_id_pages_id_fk FOREIGN KEY (page_id) REFERENCES public.pages(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_post_id_posts_id_fk FOREIGN KEY (post_id) REFERENCES public.posts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_saved_by_users_id_fk FOREIGN KEY (saved_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_device_id_devices_id_fk FOREIGN KEY (device_id) REFERENCES public.devices(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ticket_types
    ADD CONSTRAINT ticket_types_entry_id_calendar_entries_id_fk FOREIGN KEY (entry_id) REFERENCES public.calendar_entries(id) ON DELETE CASCADE;

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
