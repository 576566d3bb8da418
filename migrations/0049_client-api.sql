CREATE TABLE "client_apps" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "client_apps_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"client_id" text NOT NULL,
	"name" text NOT NULL,
	"website" text,
	"redirect_uris" text[] NOT NULL,
	"scopes" text[] NOT NULL,
	"secret_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "client_apps_clientId_unique" UNIQUE("client_id"),
	CONSTRAINT "client_apps_name_length" CHECK (length("client_apps"."name") between 1 and 60),
	CONSTRAINT "client_apps_redirect_uris" CHECK (cardinality("client_apps"."redirect_uris") between 1 and 10)
);
--> statement-breakpoint
CREATE TABLE "client_codes" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"app_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"redirect_uri" text NOT NULL,
	"scopes" text[] NOT NULL,
	"code_challenge" text,
	"expires_at" timestamp with time zone NOT NULL,
	"spent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "client_markers" (
	"user_id" bigint NOT NULL,
	"timeline" text NOT NULL,
	"last_read_id" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "client_markers_user_id_timeline_pk" PRIMARY KEY("user_id","timeline"),
	CONSTRAINT "client_markers_timeline" CHECK ("client_markers"."timeline" in ('home', 'notifications')),
	CONSTRAINT "client_markers_id_length" CHECK (length("client_markers"."last_read_id") between 1 and 64)
);
--> statement-breakpoint
CREATE TABLE "client_posts" (
	"user_id" bigint NOT NULL,
	"key_hash" text NOT NULL,
	"status_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "client_posts_user_id_key_hash_pk" PRIMARY KEY("user_id","key_hash")
);
--> statement-breakpoint
CREATE TABLE "client_tokens" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "client_tokens_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"token_hash" text NOT NULL,
	"app_id" bigint NOT NULL,
	"user_id" bigint,
	"scopes" text[] NOT NULL,
	"code_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "client_tokens_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "client_uploads" (
	"user_id" bigint NOT NULL,
	"media_id" bigint NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "client_uploads_user_id_media_id_pk" PRIMARY KEY("user_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "muted_threads" (
	"user_id" bigint NOT NULL,
	"thread" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "muted_threads_user_id_thread_pk" PRIMARY KEY("user_id","thread")
);
--> statement-breakpoint
ALTER TABLE "client_codes" ADD CONSTRAINT "client_codes_app_id_client_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."client_apps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_codes" ADD CONSTRAINT "client_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_markers" ADD CONSTRAINT "client_markers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_posts" ADD CONSTRAINT "client_posts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_posts" ADD CONSTRAINT "client_posts_status_id_ap_documents_id_fk" FOREIGN KEY ("status_id") REFERENCES "public"."ap_documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_tokens" ADD CONSTRAINT "client_tokens_app_id_client_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."client_apps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_tokens" ADD CONSTRAINT "client_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_uploads" ADD CONSTRAINT "client_uploads_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_uploads" ADD CONSTRAINT "client_uploads_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "muted_threads" ADD CONSTRAINT "muted_threads_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "client_apps_created" ON "client_apps" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "client_codes_app" ON "client_codes" USING btree ("app_id");--> statement-breakpoint
CREATE INDEX "client_codes_user" ON "client_codes" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "client_codes_expires" ON "client_codes" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "client_posts_status" ON "client_posts" USING btree ("status_id");--> statement-breakpoint
CREATE INDEX "client_posts_created" ON "client_posts" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "client_tokens_app" ON "client_tokens" USING btree ("app_id");--> statement-breakpoint
CREATE INDEX "client_tokens_user" ON "client_tokens" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "client_tokens_code" ON "client_tokens" USING btree ("code_hash") WHERE "client_tokens"."code_hash" is not null;--> statement-breakpoint
CREATE INDEX "client_uploads_media" ON "client_uploads" USING btree ("media_id");--> statement-breakpoint
CREATE INDEX "client_uploads_created" ON "client_uploads" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "ap_documents_public" ON "ap_documents" USING btree ("published_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "ap_documents"."visibility" = 'public' and "ap_documents"."deleted_at" is null and "ap_documents"."in_reply_to" is null;