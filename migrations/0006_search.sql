ALTER TABLE "pages" ADD COLUMN "search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('public.plain_english', title), 'A') || setweight(to_tsvector('public.plain_english', summary), 'B') || setweight(to_tsvector('public.plain_english', html), 'C')) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD COLUMN "search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('public.plain_english', title), 'A') || setweight(to_tsvector('public.plain_english', summary || ' ' || place), 'B') || setweight(to_tsvector('public.plain_english', html), 'C')) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('public.plain_english', name || ' ' || handle), 'A') || setweight(to_tsvector('public.plain_english', bio), 'B')) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('public.plain_english', name), 'A') || setweight(to_tsvector('public.plain_english', brand), 'B') || setweight(to_tsvector('public.plain_english', description || ' ' || ingredients), 'C')) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "pages_search" ON "pages" USING gin ("search");--> statement-breakpoint
CREATE INDEX "calendar_entries_search" ON "calendar_entries" USING gin ("search");--> statement-breakpoint
CREATE INDEX "calendar_entries_title_trigrams" ON "calendar_entries" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "users_search" ON "users" USING gin ("search");--> statement-breakpoint
CREATE INDEX "users_name_trigrams" ON "users" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "products_search" ON "products" USING gin ("search");--> statement-breakpoint
CREATE INDEX "products_name_trigrams" ON "products" USING gin ("name" gin_trgm_ops);