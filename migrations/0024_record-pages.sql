ALTER TABLE "scrape_records" ADD COLUMN "page_url" text;--> statement-breakpoint
CREATE INDEX "scrape_records_page" ON "scrape_records" USING btree ("supplier_id",coalesce("page_url", "url"));