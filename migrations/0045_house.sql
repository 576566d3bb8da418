CREATE TABLE "invitation_uses" (
	"invitation_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"used_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invitation_uses_invitation_id_user_id_pk" PRIMARY KEY("invitation_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "invitations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"token_hash" text NOT NULL,
	"email" text,
	"note" text DEFAULT '' NOT NULL,
	"group_id" bigint,
	"makes_admin" boolean DEFAULT false NOT NULL,
	"may_give_rights" boolean DEFAULT false NOT NULL,
	"most_uses" integer DEFAULT 1 NOT NULL,
	"uses" integer DEFAULT 0 NOT NULL,
	"made_by" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "invitations_tokenHash_unique" UNIQUE("token_hash"),
	CONSTRAINT "invitations_uses" CHECK ("invitations"."uses" between 0 and "invitations"."most_uses" and "invitations"."most_uses" between 1 and 500),
	CONSTRAINT "invitations_email" CHECK ("invitations"."email" = lower("invitations"."email") and "invitations"."email" like '_%@_%'),
	CONSTRAINT "invitations_admin" CHECK (not "invitations"."makes_admin" or ("invitations"."email" is not null and "invitations"."most_uses" = 1 and "invitations"."made_by" is null))
);
--> statement-breakpoint
CREATE TABLE "join_requests" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "join_requests_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"name" text NOT NULL,
	"words" text DEFAULT '' NOT NULL,
	"terms_version" integer,
	"privacy_version" integer,
	"state" text DEFAULT 'waiting' NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" bigint,
	CONSTRAINT "join_requests_state" CHECK ("join_requests"."state" in ('waiting', 'approved', 'declined')),
	CONSTRAINT "join_requests_email" CHECK ("join_requests"."email" = lower("join_requests"."email") and "join_requests"."email" like '_%@_%'),
	CONSTRAINT "join_requests_decided" CHECK (("join_requests"."state" = 'waiting') = ("join_requests"."decided_at" is null))
);
--> statement-breakpoint
CREATE TABLE "dues" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "dues_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"membership_id" bigint NOT NULL,
	"way" text NOT NULL,
	"amount_minor" integer NOT NULL,
	"currency" text NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"order_line_id" bigint,
	"noted_by" bigint,
	"noted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"taken_back_at" timestamp with time zone,
	CONSTRAINT "dues_orderLineId_unique" UNIQUE("order_line_id"),
	CONSTRAINT "dues_way" CHECK ("dues"."way" in ('cart', 'cash', 'waived')),
	CONSTRAINT "dues_days" CHECK ("dues"."from_on" <= "dues"."until_on"),
	CONSTRAINT "dues_amount" CHECK ("dues"."amount_minor" >= 0 and ("dues"."way" <> 'waived' or "dues"."amount_minor" = 0))
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "groups_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"door" text DEFAULT 'asked' NOT NULL,
	"part_of_id" bigint,
	"dues_minor" integer,
	"dues_period" text,
	"currency" text DEFAULT 'GBP' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "groups_slug_unique" UNIQUE("slug"),
	CONSTRAINT "groups_slug" CHECK ("groups"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "groups_not_everybody" CHECK ("groups"."slug" <> 'coop'),
	CONSTRAINT "groups_name" CHECK (length("groups"."name") between 1 and 80 and "groups"."name" !~ '[[:cntrl:]]'),
	CONSTRAINT "groups_door" CHECK ("groups"."door" in ('open', 'asked', 'closed')),
	CONSTRAINT "groups_dues_period" CHECK ("groups"."dues_period" in ('month', 'year')),
	CONSTRAINT "groups_dues" CHECK (("groups"."dues_minor" is null) = ("groups"."dues_period" is null) and "groups"."dues_minor" between 1 and 10000000),
	CONSTRAINT "groups_not_in_itself" CHECK ("groups"."part_of_id" <> "groups"."id")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "memberships_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"group_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"state" text NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"paid_until" date,
	CONSTRAINT "memberships_once" UNIQUE("group_id","user_id"),
	CONSTRAINT "memberships_state" CHECK ("memberships"."state" in ('asked', 'member', 'left'))
);
--> statement-breakpoint
CREATE TABLE "retention_runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "retention_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"what" text NOT NULL,
	"before" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	"ran_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "site_settings" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"name" text,
	"tagline" text,
	"logo_id" bigint,
	"accent_light" text,
	"accent_dark" text,
	"paper_light" text,
	"paper_dark" text,
	"joining" text DEFAULT 'open' NOT NULL,
	"retention" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "site_settings_one" CHECK ("site_settings"."id"),
	CONSTRAINT "site_settings_joining" CHECK ("site_settings"."joining" in ('open', 'approval', 'invitation')),
	CONSTRAINT "site_settings_name" CHECK (length("site_settings"."name") between 1 and 60 and "site_settings"."name" !~ '[[:cntrl:]]'),
	CONSTRAINT "site_settings_tagline" CHECK (length("site_settings"."tagline") <= 140 and "site_settings"."tagline" !~ '[[:cntrl:]]'),
	CONSTRAINT "site_settings_colours" CHECK (num_nonnulls("site_settings"."accent_light", "site_settings"."accent_dark", "site_settings"."paper_light", "site_settings"."paper_dark") in (0, 4)
        and coalesce("site_settings"."accent_light" || "site_settings"."accent_dark" || "site_settings"."paper_light" || "site_settings"."paper_dark", '#000000') ~ '^(#[0-9a-f]{6})+$')
);
--> statement-breakpoint
CREATE TABLE "site_texts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site_texts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"text" text NOT NULL,
	"changes" text DEFAULT '' NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	"published_by" bigint,
	CONSTRAINT "site_texts_version" UNIQUE("kind","version"),
	CONSTRAINT "site_texts_kind" CHECK ("site_texts"."kind" in ('imprint', 'privacy', 'terms')),
	CONSTRAINT "site_texts_numbered" CHECK ("site_texts"."version" > 0)
);
--> statement-breakpoint
CREATE TABLE "text_agreements" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "text_agreements_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" bigint,
	"order_id" bigint,
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"agreed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "text_agreements_once" UNIQUE NULLS NOT DISTINCT("user_id","order_id","kind","version"),
	CONSTRAINT "text_agreements_kind" CHECK ("text_agreements"."kind" in ('terms', 'privacy')),
	CONSTRAINT "text_agreements_whose" CHECK (num_nonnulls("text_agreements"."user_id", "text_agreements"."order_id") >= 1)
);
--> statement-breakpoint
ALTER TABLE "invitation_uses" ADD CONSTRAINT "invitation_uses_invitation_id_invitations_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation_uses" ADD CONSTRAINT "invitation_uses_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_made_by_users_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "join_requests" ADD CONSTRAINT "join_requests_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dues" ADD CONSTRAINT "dues_membership_id_memberships_id_fk" FOREIGN KEY ("membership_id") REFERENCES "public"."memberships"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dues" ADD CONSTRAINT "dues_noted_by_users_id_fk" FOREIGN KEY ("noted_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_part_of_id_groups_id_fk" FOREIGN KEY ("part_of_id") REFERENCES "public"."groups"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_settings" ADD CONSTRAINT "site_settings_logo_id_media_id_fk" FOREIGN KEY ("logo_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_texts" ADD CONSTRAINT "site_texts_published_by_users_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_agreements" ADD CONSTRAINT "text_agreements_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_agreements" ADD CONSTRAINT "text_agreements_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invitation_uses_user" ON "invitation_uses" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "invitations_group" ON "invitations" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "invitations_maker" ON "invitations" USING btree ("made_by");--> statement-breakpoint
CREATE INDEX "invitations_newest" ON "invitations" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "join_requests_one_waits" ON "join_requests" USING btree ("email") WHERE "join_requests"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "join_requests_newest" ON "join_requests" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "join_requests_decider" ON "join_requests" USING btree ("decided_by");--> statement-breakpoint
CREATE INDEX "dues_membership" ON "dues" USING btree ("membership_id");--> statement-breakpoint
CREATE INDEX "dues_noter" ON "dues" USING btree ("noted_by");--> statement-breakpoint
CREATE INDEX "groups_part_of" ON "groups" USING btree ("part_of_id");--> statement-breakpoint
CREATE INDEX "memberships_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "retention_runs_newest" ON "retention_runs" USING btree ("ran_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "site_settings_logo" ON "site_settings" USING btree ("logo_id");--> statement-breakpoint
CREATE INDEX "site_texts_publisher" ON "site_texts" USING btree ("published_by");--> statement-breakpoint
CREATE INDEX "text_agreements_order" ON "text_agreements" USING btree ("order_id");--> statement-breakpoint
-- every process keeps the site's name and look in memory, and hears here that they are others; it happens a few times a year, so that
-- telling with the commit costs nobody anything
CREATE FUNCTION "tell_of_site"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('site_changed', '');
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "tell_of_site" AFTER INSERT OR UPDATE OR DELETE ON "site_settings" FOR EACH STATEMENT EXECUTE FUNCTION "tell_of_site"();--> statement-breakpoint
CREATE TRIGGER "tell_of_site" AFTER INSERT OR UPDATE OR DELETE ON "site_texts" FOR EACH STATEMENT EXECUTE FUNCTION "tell_of_site"();
