ALTER TABLE "redirects" DROP CONSTRAINT "redirects_to_one";--> statement-breakpoint
ALTER TABLE "redirects" ADD COLUMN "tag_id" bigint;--> statement-breakpoint
ALTER TABLE "revisions" ADD COLUMN "settings" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "redirects" ADD CONSTRAINT "redirects_tag_id_tags_id_fk" FOREIGN KEY ("tag_id") REFERENCES "public"."tags"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "redirects_tag" ON "redirects" USING btree ("tag_id");--> statement-breakpoint
ALTER TABLE "redirects" ADD CONSTRAINT "redirects_to_one" CHECK (num_nonnulls("redirects"."post_id", "redirects"."page_id", "redirects"."tag_id") = 1);