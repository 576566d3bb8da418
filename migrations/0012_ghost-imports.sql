CREATE TABLE "ghost_import_items" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ghost_import_items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"import_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"ghost_id" text NOT NULL,
	"title" text NOT NULL,
	"slug" text NOT NULL,
	"plan" text NOT NULL,
	"reasons" jsonb NOT NULL,
	"piece" jsonb,
	"state" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "ghost_import_items_once" UNIQUE("import_id","kind","ghost_id"),
	CONSTRAINT "ghost_import_items_kind" CHECK ("ghost_import_items"."kind" in ('post', 'page')),
	CONSTRAINT "ghost_import_items_plan" CHECK ("ghost_import_items"."plan" in ('make', 'change', 'same', 'skip')),
	CONSTRAINT "ghost_import_items_state" CHECK ("ghost_import_items"."state" in ('waiting', 'done', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "ghost_imports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ghost_imports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"site_url" text DEFAULT '' NOT NULL,
	"ghost_version" text DEFAULT '' NOT NULL,
	"exported_at" timestamp with time zone,
	"state" text DEFAULT 'ready' NOT NULL,
	"trouble" text,
	"brought_by" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"held_by" uuid,
	"held_until" timestamp with time zone,
	CONSTRAINT "ghost_imports_state" CHECK ("ghost_imports"."state" in ('ready', 'running', 'done', 'stopped'))
);
--> statement-breakpoint
ALTER TABLE "ghost_links" ADD COLUMN "their_updated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ghost_links" ADD COLUMN "asked" text;--> statement-breakpoint
ALTER TABLE "ghost_import_items" ADD CONSTRAINT "ghost_import_items_import_id_ghost_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."ghost_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ghost_imports" ADD CONSTRAINT "ghost_imports_brought_by_users_id_fk" FOREIGN KEY ("brought_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ghost_import_items_waiting" ON "ghost_import_items" USING btree ("import_id","id") WHERE "ghost_import_items"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "ghost_imports_brought_by" ON "ghost_imports" USING btree ("brought_by");--> statement-breakpoint
ALTER TABLE "ghost_links" ADD CONSTRAINT "ghost_links_asked" CHECK ("ghost_links"."asked" in ('theirs', 'ours'));