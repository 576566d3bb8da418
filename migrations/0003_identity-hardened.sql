CREATE TABLE "oauth_clients" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_id" bigint NOT NULL,
	"name" text NOT NULL,
	"redirect_uris" text[] NOT NULL,
	"logout_uris" text[] NOT NULL,
	"backchannel_uri" text,
	"secret_hash" text,
	"secret_made_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "oauth_clients_name_length" CHECK (length("oauth_clients"."name") between 1 and 60),
	CONSTRAINT "oauth_clients_redirect_uris" CHECK (cardinality("oauth_clients"."redirect_uris") between 1 and 10 and cardinality("oauth_clients"."logout_uris") <= 10),
	CONSTRAINT "oauth_clients_secret" CHECK (("oauth_clients"."secret_hash" is null) = ("oauth_clients"."secret_made_at" is null))
);
--> statement-breakpoint
CREATE TABLE "passkey_challenges" (
	"challenge" text PRIMARY KEY NOT NULL,
	"ceremony" text NOT NULL,
	"holder" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "passkey_challenges_ceremony" CHECK ("passkey_challenges"."ceremony" in ('sign-in', 'add'))
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" bigint NOT NULL,
	"public_key" text NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"is_backed_up" boolean NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "passkeys_name_length" CHECK (length("passkeys"."name") between 1 and 60),
	CONSTRAINT "passkeys_counter" CHECK ("passkeys"."counter" >= 0)
);
--> statement-breakpoint
DROP INDEX "service_keys_one_current";--> statement-breakpoint
ALTER TABLE "oidc_payloads" ADD COLUMN "account_id" text;--> statement-breakpoint
ALTER TABLE "oidc_payloads" ADD COLUMN "client_id" text;--> statement-breakpoint
ALTER TABLE "service_keys" ADD COLUMN "current_at" timestamp with time zone DEFAULT now();--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "browser" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "oauth_clients" ADD CONSTRAINT "oauth_clients_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "oauth_clients_owner" ON "oauth_clients" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "passkey_challenges_expires" ON "passkey_challenges" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "passkeys_user" ON "passkeys" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "devices_created" ON "devices" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "oidc_payloads_grants_of_account" ON "oidc_payloads" USING btree ("account_id") WHERE "oidc_payloads"."kind" = 'Grant';--> statement-breakpoint
CREATE INDEX "oidc_payloads_grants_of_client" ON "oidc_payloads" USING btree ("client_id") WHERE "oidc_payloads"."kind" = 'Grant';--> statement-breakpoint
CREATE UNIQUE INDEX "service_keys_one_next" ON "service_keys" USING btree ("purpose") WHERE "service_keys"."current_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "service_keys_one_current" ON "service_keys" USING btree ("purpose") WHERE "service_keys"."current_at" is not null and "service_keys"."retired_at" is null;