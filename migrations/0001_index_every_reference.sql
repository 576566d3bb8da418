CREATE INDEX "posts_picture" ON "posts" USING btree ("picture_id");--> statement-breakpoint
CREATE INDEX "calendar_entries_organiser" ON "calendar_entries" USING btree ("organiser_id");--> statement-breakpoint
CREATE INDEX "calendar_entries_picture" ON "calendar_entries" USING btree ("picture_id");--> statement-breakpoint
CREATE INDEX "users_picture" ON "users" USING btree ("picture_id");--> statement-breakpoint
CREATE INDEX "products_picture" ON "products" USING btree ("picture_id");