CREATE TABLE "ap_blocks" (
	"actor" text NOT NULL,
	"blocked" text NOT NULL,
	"activity" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ap_blocks_actor_blocked_pk" PRIMARY KEY("actor","blocked"),
	CONSTRAINT "ap_blocks_activity_unique" UNIQUE("activity")
);
--> statement-breakpoint
CREATE TABLE "ap_deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ap_deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"outgoing_id" bigint NOT NULL,
	"inbox" text NOT NULL,
	"host" text NOT NULL,
	"object" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"is_first" boolean DEFAULT true NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease" uuid,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "ap_deliveries_state" CHECK ("ap_deliveries"."state" in ('pending', 'done', 'dead', 'discarded')),
	CONSTRAINT "ap_deliveries_settled" CHECK (("ap_deliveries"."state" = 'pending') = ("ap_deliveries"."settled_at" is null))
);
--> statement-breakpoint
CREATE TABLE "ap_documents" (
	"uri" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"actor" text NOT NULL,
	"in_reply_to" text,
	"about" text,
	"name" text DEFAULT '' NOT NULL,
	"html" text DEFAULT '' NOT NULL,
	"warning" text DEFAULT '' NOT NULL,
	"language" text,
	"url" text,
	"visibility" text NOT NULL,
	"moderation" text DEFAULT 'waiting' NOT NULL,
	"document" jsonb,
	"published_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"stored_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ap_documents_visibility" CHECK ("ap_documents"."visibility" in ('internal', 'public', 'unlisted', 'followers', 'direct')),
	CONSTRAINT "ap_documents_moderation" CHECK ("ap_documents"."moderation" in ('waiting', 'shown', 'hidden')),
	CONSTRAINT "ap_documents_tombstone" CHECK ("ap_documents"."deleted_at" is null or ("ap_documents"."document" is null and "ap_documents"."html" = ''))
);
--> statement-breakpoint
CREATE TABLE "ap_follows" (
	"follower" text NOT NULL,
	"followed" text NOT NULL,
	"state" text NOT NULL,
	"activity" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"accepted_at" timestamp with time zone,
	CONSTRAINT "ap_follows_follower_followed_pk" PRIMARY KEY("follower","followed"),
	CONSTRAINT "ap_follows_activity_unique" UNIQUE("activity"),
	CONSTRAINT "ap_follows_state" CHECK ("ap_follows"."state" in ('asked', 'accepted', 'refused')),
	CONSTRAINT "ap_follows_accepted" CHECK (("ap_follows"."accepted_at" is not null) = ("ap_follows"."state" = 'accepted'))
);
--> statement-breakpoint
CREATE TABLE "ap_hosts" (
	"host" text PRIMARY KEY NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"rests_until" timestamp with time zone,
	"last_error" text,
	"signature_style" text DEFAULT 'cavage' NOT NULL,
	"is_suspended" boolean DEFAULT false NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	CONSTRAINT "ap_hosts_style" CHECK ("ap_hosts"."signature_style" in ('cavage', 'rfc9421'))
);
--> statement-breakpoint
CREATE TABLE "ap_inbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ap_inbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"app" text NOT NULL,
	"actor" text NOT NULL,
	"activity" text NOT NULL,
	"type" text NOT NULL,
	"raw" text NOT NULL,
	"document" jsonb NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"outcome" text,
	CONSTRAINT "ap_inbox_once" UNIQUE("actor","activity"),
	CONSTRAINT "ap_inbox_app" CHECK ("ap_inbox"."app" in ('blog', 'market', 'cart', 'events', 'federation', 'account'))
);
--> statement-breakpoint
CREATE TABLE "ap_outgoing" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ap_outgoing_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"uri" text NOT NULL,
	"activity_id" bigint,
	"app" text NOT NULL,
	"actor" text NOT NULL,
	"type" text NOT NULL,
	"object" text NOT NULL,
	"object_type" text,
	"object_id" text,
	"document" text NOT NULL,
	"visibility" text NOT NULL,
	"is_listed" boolean DEFAULT false NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ap_outgoing_uri_unique" UNIQUE("uri"),
	CONSTRAINT "ap_outgoing_activityId_unique" UNIQUE("activity_id"),
	CONSTRAINT "ap_outgoing_app" CHECK ("ap_outgoing"."app" in ('blog', 'market', 'cart', 'events', 'federation', 'account')),
	CONSTRAINT "ap_outgoing_visibility" CHECK ("ap_outgoing"."visibility" in ('internal', 'public', 'unlisted', 'followers', 'direct'))
);
--> statement-breakpoint
CREATE TABLE "ap_reactions" (
	"type" text NOT NULL,
	"actor" text NOT NULL,
	"object" text NOT NULL,
	"activity" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ap_reactions_object_type_actor_pk" PRIMARY KEY("object","type","actor"),
	CONSTRAINT "ap_reactions_activity_unique" UNIQUE("activity"),
	CONSTRAINT "ap_reactions_type" CHECK ("ap_reactions"."type" in ('Like', 'Announce', 'Join'))
);
--> statement-breakpoint
CREATE TABLE "ap_remote_actors" (
	"uri" text PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"type" text NOT NULL,
	"handle" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"inbox" text NOT NULL,
	"shared_inbox" text,
	"followers" text,
	"keys" jsonb NOT NULL,
	"document" jsonb NOT NULL,
	"moved_to" text,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"gone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "ap_reports" (
	"activity" text PRIMARY KEY NOT NULL,
	"actor" text NOT NULL,
	"objects" text[] NOT NULL,
	"words" text DEFAULT '' NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "ap_deliveries" ADD CONSTRAINT "ap_deliveries_outgoing_id_ap_outgoing_id_fk" FOREIGN KEY ("outgoing_id") REFERENCES "public"."ap_outgoing"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ap_blocks_blocked" ON "ap_blocks" USING btree ("blocked");--> statement-breakpoint
CREATE UNIQUE INDEX "ap_deliveries_once" ON "ap_deliveries" USING btree ("outgoing_id","inbox");--> statement-breakpoint
CREATE INDEX "ap_deliveries_first" ON "ap_deliveries" USING btree ("outgoing_id","id") WHERE "ap_deliveries"."state" = 'pending' and "ap_deliveries"."is_first";--> statement-breakpoint
CREATE INDEX "ap_deliveries_again" ON "ap_deliveries" USING btree ("next_attempt_at","id") WHERE "ap_deliveries"."state" = 'pending' and not "ap_deliveries"."is_first";--> statement-breakpoint
CREATE INDEX "ap_deliveries_in_order" ON "ap_deliveries" USING btree ("inbox","object","id") WHERE "ap_deliveries"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "ap_deliveries_host" ON "ap_deliveries" USING btree ("host") WHERE "ap_deliveries"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "ap_deliveries_dead" ON "ap_deliveries" USING btree ("settled_at","id") WHERE "ap_deliveries"."state" = 'dead';--> statement-breakpoint
CREATE INDEX "ap_deliveries_settled_at" ON "ap_deliveries" USING brin ("settled_at");--> statement-breakpoint
CREATE INDEX "ap_documents_actor" ON "ap_documents" USING btree ("actor");--> statement-breakpoint
CREATE INDEX "ap_documents_about" ON "ap_documents" USING btree ("about","published_at","uri");--> statement-breakpoint
CREATE INDEX "ap_follows_followers" ON "ap_follows" USING btree ("followed","accepted_at","follower") WHERE "ap_follows"."state" = 'accepted';--> statement-breakpoint
CREATE INDEX "ap_follows_following" ON "ap_follows" USING btree ("follower","accepted_at","followed") WHERE "ap_follows"."state" = 'accepted';--> statement-breakpoint
CREATE INDEX "ap_inbox_received" ON "ap_inbox" USING brin ("received_at");--> statement-breakpoint
CREATE INDEX "ap_outgoing_outbox" ON "ap_outgoing" USING btree ("actor","id") WHERE "ap_outgoing"."is_listed";--> statement-breakpoint
CREATE INDEX "ap_outgoing_object" ON "ap_outgoing" USING btree ("object","id");--> statement-breakpoint
CREATE INDEX "ap_outgoing_source" ON "ap_outgoing" USING btree ("object_type","object_id","id");--> statement-breakpoint
CREATE INDEX "ap_reactions_actor" ON "ap_reactions" USING btree ("actor","type");--> statement-breakpoint
CREATE INDEX "ap_remote_actors_host" ON "ap_remote_actors" USING btree ("host");--> statement-breakpoint
CREATE INDEX "ap_remote_actors_inbox" ON "ap_remote_actors" USING btree (coalesce("shared_inbox", "inbox"));