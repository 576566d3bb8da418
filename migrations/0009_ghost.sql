CREATE TABLE "ghost_deliveries" (
	"signature" text PRIMARY KEY NOT NULL,
	"event" text NOT NULL,
	"ghost_id" text,
	"sent_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ghost_files" (
	"url" text PRIMARY KEY NOT NULL,
	"media_id" bigint NOT NULL,
	"path" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ghost_links" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ghost_links_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"ghost_id" text,
	"post_id" bigint,
	"page_id" bigint,
	"sync_key" uuid DEFAULT gen_random_uuid() NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"agreed" jsonb,
	"our_updated_at" timestamp with time zone,
	"listed" text DEFAULT '' NOT NULL,
	"sweep" integer DEFAULT 0 NOT NULL,
	"is_ended" boolean DEFAULT false NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"wanted_at" timestamp with time zone,
	"wants" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"trouble" text,
	"compared_at" timestamp with time zone,
	CONSTRAINT "ghost_links_theirs" UNIQUE("kind","ghost_id"),
	CONSTRAINT "ghost_links_post" UNIQUE("post_id"),
	CONSTRAINT "ghost_links_page" UNIQUE("page_id"),
	CONSTRAINT "ghost_links_kind" CHECK ("ghost_links"."kind" in ('post', 'page'))
);
--> statement-breakpoint
CREATE TABLE "ghost_state" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"started_at" timestamp with time zone,
	"polled_until" timestamp with time zone,
	"polled_at" timestamp with time zone,
	"sweep" integer DEFAULT 0 NOT NULL,
	"swept_at" timestamp with time zone,
	"sweep_took_ms" integer,
	"sweep_met" integer DEFAULT 0 NOT NULL,
	"sweep_differed" integer DEFAULT 0 NOT NULL,
	"sweep_wanted_at" timestamp with time zone,
	"held_by" uuid,
	"held_until" timestamp with time zone,
	"trouble" text,
	"trouble_at" timestamp with time zone,
	CONSTRAINT "ghost_state_one" CHECK ("ghost_state"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE "ghost_files" ADD CONSTRAINT "ghost_files_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ghost_links" ADD CONSTRAINT "ghost_links_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ghost_links" ADD CONSTRAINT "ghost_links_page_id_pages_id_fk" FOREIGN KEY ("page_id") REFERENCES "public"."pages"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ghost_deliveries_received" ON "ghost_deliveries" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "ghost_files_path" ON "ghost_files" USING btree ("path");--> statement-breakpoint
CREATE INDEX "ghost_files_media" ON "ghost_files" USING btree ("media_id");--> statement-breakpoint
CREATE INDEX "ghost_links_due" ON "ghost_links" USING btree ("wanted_at","id") WHERE "ghost_links"."wanted_at" is not null;