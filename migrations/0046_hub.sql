CREATE TABLE "post_alerts" (
	"actor" text NOT NULL,
	"other" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "post_alerts_actor_other_pk" PRIMARY KEY("actor","other")
);
--> statement-breakpoint
CREATE TABLE "remote_pictures" (
	"url" text PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"sha256" text,
	"reason" text DEFAULT '' NOT NULL,
	"width" integer,
	"height" integer,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"try_after" timestamp with time zone,
	"seen_on" date DEFAULT current_date NOT NULL,
	CONSTRAINT "remote_pictures_kept" CHECK (("remote_pictures"."sha256" is null) = ("remote_pictures"."try_after" is not null)),
	CONSTRAINT "remote_pictures_sha256_hex" CHECK ("remote_pictures"."sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
ALTER TABLE "ap_hosts" ADD COLUMN "rejects_media" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "is_listed" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "ap_polls" ADD COLUMN "changed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ap_polls" ADD COLUMN "told_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ap_polls" ADD COLUMN "closed_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "post_alerts_other" ON "post_alerts" USING btree ("other");--> statement-breakpoint
CREATE INDEX "remote_pictures_host" ON "remote_pictures" USING btree ("host");--> statement-breakpoint
CREATE INDEX "remote_pictures_sha256" ON "remote_pictures" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "remote_pictures_seen" ON "remote_pictures" USING btree ("seen_on");--> statement-breakpoint
CREATE INDEX "ap_polls_changed" ON "ap_polls" USING btree ("changed_at") WHERE "ap_polls"."changed_at" is not null;--> statement-breakpoint
CREATE INDEX "ap_polls_open" ON "ap_polls" USING btree ("ends_at") WHERE "ap_polls"."closed_at" is null;
--> statement-breakpoint
-- what was over before is nobody's news any more
UPDATE ap_polls SET closed_at = now() WHERE ends_at < now();--> statement-breakpoint
-- what services published stands in the hub as well: as the world was told of it last, in short
INSERT INTO ap_documents (uri, type, actor, about, name, html, url, visibility, published_at)
SELECT said.object, said.thing ->> 'type', said.actor, said.object, left(coalesce(said.thing ->> 'name', ''), 500),
  CASE WHEN said.thing ->> 'type' = 'Note' THEN coalesce(said.thing ->> 'content', '') WHEN coalesce(said.thing ->> 'summary', '') = '' THEN '' ELSE '<p>' || (said.thing ->> 'summary') || '</p>' END,
  said.thing ->> 'url', 'public', least(coalesce((said.thing ->> 'published')::timestamptz, said.published_at), now())
FROM (
  SELECT DISTINCT ON (object) object, actor, type, visibility, published_at, document::jsonb -> 'object' AS thing
  FROM ap_outgoing WHERE actor LIKE '%/ap/actor' AND type IN ('Create', 'Update', 'Delete') ORDER BY object, id DESC
) AS said
WHERE said.type <> 'Delete' AND said.visibility = 'public' AND said.thing ->> 'type' IN ('Article', 'Note', 'Event')
ON CONFLICT DO NOTHING;--> statement-breakpoint
-- what was brought for posts of the hub only is nobody else's to find
UPDATE media SET is_listed = false WHERE id IN (SELECT media_id FROM ap_pictures JOIN ap_documents ON ap_documents.id = status_id WHERE author_id IS NOT NULL)
  AND id NOT IN (SELECT shown FROM posts, unnest(array[picture_id, og_picture_id, twitter_picture_id]) shown WHERE shown IS NOT NULL)
  AND id NOT IN (SELECT picture_id FROM users WHERE picture_id IS NOT NULL) AND id NOT IN (SELECT picture_id FROM calendar_entries WHERE picture_id IS NOT NULL)
  AND id NOT IN (SELECT picture_id FROM products WHERE picture_id IS NOT NULL) AND id NOT IN (SELECT picture_id FROM market_places WHERE picture_id IS NOT NULL);
