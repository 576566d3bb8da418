CREATE TABLE "email_changes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" bigint NOT NULL,
	"old_email" text,
	"new_email" text NOT NULL,
	"old_token_hash" text,
	"new_token_hash" text,
	"old_allowed_at" timestamp with time zone,
	"new_confirmed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"end" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "email_changes_oldTokenHash_unique" UNIQUE("old_token_hash"),
	CONSTRAINT "email_changes_newTokenHash_unique" UNIQUE("new_token_hash"),
	CONSTRAINT "email_changes_end" CHECK ("email_changes"."end" in ('done', 'stopped', 'replaced', 'taken', 'expired')),
	CONSTRAINT "email_changes_ended" CHECK (("email_changes"."end" is null) = ("email_changes"."ended_at" is null)),
	CONSTRAINT "email_changes_lower_case" CHECK ("email_changes"."new_email" = lower("email_changes"."new_email") and "email_changes"."new_email" like '_%@_%')
);
--> statement-breakpoint
CREATE TABLE "member_settings" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"language" text DEFAULT '' NOT NULL,
	"time_zone" text DEFAULT '' NOT NULL,
	"pronouns" text DEFAULT '' NOT NULL,
	"diets" text[] DEFAULT '{}' NOT NULL,
	"avoids" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "member_settings_lengths" CHECK (length("member_settings"."language") <= 12 and length("member_settings"."time_zone") <= 60 and length("member_settings"."pronouns") <= 40),
	CONSTRAINT "member_settings_diets" CHECK ("member_settings"."diets" <@ array['vegan', 'vegetarian', 'gluten-free', 'dairy-free']),
	CONSTRAINT "member_settings_avoids" CHECK ("member_settings"."avoids" <@ array['celery', 'cereals-containing-gluten', 'crustaceans', 'eggs', 'fish', 'lupin', 'milk', 'molluscs', 'mustard', 'nuts', 'peanuts', 'sesame', 'soya', 'sulphites'])
);
--> statement-breakpoint
CREATE TABLE "notice_mails" (
	"user_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"is_wanted" boolean NOT NULL,
	CONSTRAINT "notice_mails_user_id_kind_pk" PRIMARY KEY("user_id","kind"),
	CONSTRAINT "notice_mails_kind" CHECK ("notice_mails"."kind" in ('mention', 'follow', 'follow-request', 'like', 'boost', 'poll', 'post', 'move', 'comments', 'entries', 'bookings', 'approvals', 'duties', 'invitations', 'prices', 'stock'))
);
--> statement-breakpoint
ALTER TABLE "notifications_off" DROP CONSTRAINT "notifications_off_kind";--> statement-breakpoint
ALTER TABLE "email_changes" ADD CONSTRAINT "email_changes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_settings" ADD CONSTRAINT "member_settings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_mails" ADD CONSTRAINT "notice_mails_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "email_changes_one_open" ON "email_changes" USING btree ("user_id") WHERE "email_changes"."end" is null;--> statement-breakpoint
CREATE INDEX "email_changes_user" ON "email_changes" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "email_changes_expires" ON "email_changes" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "notifications_off" ADD CONSTRAINT "notifications_off_kind" CHECK ("notifications_off"."kind" in ('site', 'follow', 'follow-request', 'mention', 'like', 'boost', 'poll', 'post', 'move', 'report', 'comments', 'entries', 'bookings', 'approvals', 'duties', 'invitations', 'prices', 'stock'));