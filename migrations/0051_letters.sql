CREATE TABLE "letter_deliveries" (
	"letter_id" bigint NOT NULL,
	"subscriber_id" bigint NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	"reply" text DEFAULT '' NOT NULL,
	"report" text,
	CONSTRAINT "letter_deliveries_letter_id_subscriber_id_pk" PRIMARY KEY("letter_id","subscriber_id"),
	CONSTRAINT "letter_deliveries_state" CHECK ("letter_deliveries"."state" in ('waiting', 'in-hand', 'sent', 'left-out', 'refused', 'given-up')),
	CONSTRAINT "letter_deliveries_report" CHECK ("letter_deliveries"."report" in ('bounced', 'complained')),
	CONSTRAINT "letter_deliveries_reply" CHECK ("letter_deliveries"."reply" ~ '^[0-9. ]*$')
);
--> statement-breakpoint
CREATE TABLE "letters" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "letters_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"newsletter_id" bigint NOT NULL,
	"post_id" bigint,
	"subject" text NOT NULL,
	"preheader" text DEFAULT '' NOT NULL,
	"html" text NOT NULL,
	"plaintext" text NOT NULL,
	"language" text NOT NULL,
	"audience" text,
	"label_id" bigint,
	"group_name" text,
	"state" text DEFAULT 'draft' NOT NULL,
	"send_at" timestamp with time zone,
	"readers" integer DEFAULT 0 NOT NULL,
	"trouble" text DEFAULT '' NOT NULL,
	"created_by" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "letters_state" CHECK ("letters"."state" in ('draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled')),
	CONSTRAINT "letters_one_line" CHECK ("letters"."subject" <> '' and "letters"."subject" || "letters"."preheader" !~ '[[:cntrl:]]')
);
--> statement-breakpoint
UPDATE "newsletters" SET "name" = regexp_replace("name", '[[:cntrl:]]+', ' ', 'g') WHERE "name" ~ '[[:cntrl:]]';--> statement-breakpoint
ALTER TABLE "newsletters" ADD COLUMN "group_name" text;--> statement-breakpoint
ALTER TABLE "newsletters" ADD COLUMN "sender_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "newsletters" ADD COLUMN "digest_weekday" smallint;--> statement-breakpoint
ALTER TABLE "newsletters" ADD COLUMN "digested_on" date;--> statement-breakpoint
ALTER TABLE "letter_deliveries" ADD CONSTRAINT "letter_deliveries_letter_id_letters_id_fk" FOREIGN KEY ("letter_id") REFERENCES "public"."letters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letter_deliveries" ADD CONSTRAINT "letter_deliveries_subscriber_id_subscribers_id_fk" FOREIGN KEY ("subscriber_id") REFERENCES "public"."subscribers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_newsletter_id_newsletters_id_fk" FOREIGN KEY ("newsletter_id") REFERENCES "public"."newsletters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_label_id_member_labels_id_fk" FOREIGN KEY ("label_id") REFERENCES "public"."member_labels"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "letter_deliveries_waiting" ON "letter_deliveries" USING btree ("letter_id","due_at","subscriber_id") WHERE "letter_deliveries"."state" in ('waiting', 'in-hand');--> statement-breakpoint
CREATE INDEX "letter_deliveries_subscriber" ON "letter_deliveries" USING btree ("subscriber_id");--> statement-breakpoint
CREATE INDEX "letter_deliveries_came_back" ON "letter_deliveries" USING btree ("settled_at") WHERE "letter_deliveries"."report" is not null or "letter_deliveries"."state" in ('refused', 'given-up');--> statement-breakpoint
CREATE INDEX "letters_newsletter" ON "letters" USING btree ("newsletter_id","id");--> statement-breakpoint
CREATE INDEX "letters_post" ON "letters" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "letters_label" ON "letters" USING btree ("label_id");--> statement-breakpoint
CREATE INDEX "letters_created_by" ON "letters" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "letters_under_way" ON "letters" USING btree ("state") WHERE "letters"."state" in ('scheduled', 'sending', 'paused');--> statement-breakpoint
ALTER TABLE "newsletters" ADD CONSTRAINT "newsletters_digest_weekday" CHECK ("newsletters"."digest_weekday" between 1 and 7);--> statement-breakpoint
ALTER TABLE "newsletters" ADD CONSTRAINT "newsletters_one_line" CHECK ("newsletters"."name" || "newsletters"."sender_name" !~ '[[:cntrl:]]');