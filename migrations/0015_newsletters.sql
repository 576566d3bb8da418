CREATE TABLE "ghost_members" (
	"ghost_id" text PRIMARY KEY NOT NULL,
	"subscriber_id" bigint NOT NULL,
	"digest" text NOT NULL,
	"sweep" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ghost_newsletters" (
	"ghost_id" text PRIMARY KEY NOT NULL,
	"newsletter_id" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "member_labels" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "member_labels_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	CONSTRAINT "member_labels_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "newsletter_consents" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "newsletter_consents_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subscriber_id" bigint NOT NULL,
	"newsletter_id" bigint NOT NULL,
	"address_hash" text NOT NULL,
	"act" text NOT NULL,
	"text_version" text NOT NULL,
	"source" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "newsletter_consents_act" CHECK ("newsletter_consents"."act" in ('asked', 'confirmed', 'brought', 'withdrawn')),
	CONSTRAINT "newsletter_consents_source" CHECK ("newsletter_consents"."source" in ('site', 'ghost'))
);
--> statement-breakpoint
CREATE TABLE "newsletter_subscriptions" (
	"subscriber_id" bigint NOT NULL,
	"newsletter_id" bigint NOT NULL,
	"state" text NOT NULL,
	"source" text NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "newsletter_subscriptions_subscriber_id_newsletter_id_pk" PRIMARY KEY("subscriber_id","newsletter_id"),
	CONSTRAINT "newsletter_subscriptions_state" CHECK ("newsletter_subscriptions"."state" in ('pending', 'subscribed', 'unsubscribed')),
	CONSTRAINT "newsletter_subscriptions_source" CHECK ("newsletter_subscriptions"."source" in ('site', 'ghost'))
);
--> statement-breakpoint
CREATE TABLE "newsletter_suppressions" (
	"address_hash" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "newsletter_suppressions_reason" CHECK ("newsletter_suppressions"."reason" in ('bounced', 'complained', 'erased', 'elsewhere'))
);
--> statement-breakpoint
CREATE TABLE "newsletters" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "newsletters_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"is_open" boolean DEFAULT true NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "newsletters_slug_unique" UNIQUE("slug"),
	CONSTRAINT "newsletters_slug" CHECK ("newsletters"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
--> statement-breakpoint
CREATE TABLE "subscriber_labels" (
	"subscriber_id" bigint NOT NULL,
	"label_id" bigint NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "subscriber_labels_subscriber_id_label_id_pk" PRIMARY KEY("subscriber_id","label_id"),
	CONSTRAINT "subscriber_labels_source" CHECK ("subscriber_labels"."source" in ('site', 'ghost'))
);
--> statement-breakpoint
CREATE TABLE "subscribers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "subscribers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"user_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "subscribers_email_unique" UNIQUE("email"),
	CONSTRAINT "subscribers_email_lower_case" CHECK ("subscribers"."email" = lower("subscribers"."email") and "subscribers"."email" like '_%@_%')
);
--> statement-breakpoint
ALTER TABLE "ghost_state" ADD COLUMN "members_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ghost_state" ADD COLUMN "members_wanted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ghost_state" ADD COLUMN "members_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ghost_state" ADD COLUMN "members_sweep" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ghost_members" ADD CONSTRAINT "ghost_members_subscriber_id_subscribers_id_fk" FOREIGN KEY ("subscriber_id") REFERENCES "public"."subscribers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ghost_newsletters" ADD CONSTRAINT "ghost_newsletters_newsletter_id_newsletters_id_fk" FOREIGN KEY ("newsletter_id") REFERENCES "public"."newsletters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "newsletter_consents" ADD CONSTRAINT "newsletter_consents_subscriber_id_subscribers_id_fk" FOREIGN KEY ("subscriber_id") REFERENCES "public"."subscribers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "newsletter_consents" ADD CONSTRAINT "newsletter_consents_newsletter_id_newsletters_id_fk" FOREIGN KEY ("newsletter_id") REFERENCES "public"."newsletters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "newsletter_subscriptions" ADD CONSTRAINT "newsletter_subscriptions_subscriber_id_subscribers_id_fk" FOREIGN KEY ("subscriber_id") REFERENCES "public"."subscribers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "newsletter_subscriptions" ADD CONSTRAINT "newsletter_subscriptions_newsletter_id_newsletters_id_fk" FOREIGN KEY ("newsletter_id") REFERENCES "public"."newsletters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriber_labels" ADD CONSTRAINT "subscriber_labels_subscriber_id_subscribers_id_fk" FOREIGN KEY ("subscriber_id") REFERENCES "public"."subscribers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriber_labels" ADD CONSTRAINT "subscriber_labels_label_id_member_labels_id_fk" FOREIGN KEY ("label_id") REFERENCES "public"."member_labels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscribers" ADD CONSTRAINT "subscribers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ghost_members_subscriber" ON "ghost_members" USING btree ("subscriber_id");--> statement-breakpoint
CREATE INDEX "ghost_members_sweep" ON "ghost_members" USING btree ("sweep");--> statement-breakpoint
CREATE INDEX "ghost_newsletters_newsletter" ON "ghost_newsletters" USING btree ("newsletter_id");--> statement-breakpoint
CREATE INDEX "newsletter_consents_subscriber" ON "newsletter_consents" USING btree ("subscriber_id","id");--> statement-breakpoint
CREATE INDEX "newsletter_consents_newsletter" ON "newsletter_consents" USING btree ("newsletter_id");--> statement-breakpoint
CREATE INDEX "newsletter_subscriptions_newsletter" ON "newsletter_subscriptions" USING btree ("newsletter_id","state");--> statement-breakpoint
CREATE INDEX "subscriber_labels_label" ON "subscriber_labels" USING btree ("label_id");--> statement-breakpoint
CREATE INDEX "subscribers_user" ON "subscribers" USING btree ("user_id");