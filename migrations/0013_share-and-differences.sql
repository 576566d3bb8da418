ALTER TABLE "pages" ADD COLUMN "meta_title" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "pages" ADD COLUMN "meta_description" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "pages" ADD COLUMN "og_title" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "pages" ADD COLUMN "og_description" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "pages" ADD COLUMN "og_picture_id" bigint;--> statement-breakpoint
ALTER TABLE "pages" ADD COLUMN "twitter_title" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "pages" ADD COLUMN "twitter_description" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "pages" ADD COLUMN "twitter_picture_id" bigint;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "meta_title" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "meta_description" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "og_title" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "og_description" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "og_picture_id" bigint;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "twitter_title" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "twitter_description" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "twitter_picture_id" bigint;--> statement-breakpoint
ALTER TABLE "ghost_links" ADD COLUMN "differing" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_og_picture_id_media_id_fk" FOREIGN KEY ("og_picture_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_twitter_picture_id_media_id_fk" FOREIGN KEY ("twitter_picture_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_og_picture_id_media_id_fk" FOREIGN KEY ("og_picture_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_twitter_picture_id_media_id_fk" FOREIGN KEY ("twitter_picture_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pages_og_picture" ON "pages" USING btree ("og_picture_id");--> statement-breakpoint
CREATE INDEX "pages_twitter_picture" ON "pages" USING btree ("twitter_picture_id");--> statement-breakpoint
CREATE INDEX "posts_og_picture" ON "posts" USING btree ("og_picture_id");--> statement-breakpoint
CREATE INDEX "posts_twitter_picture" ON "posts" USING btree ("twitter_picture_id");