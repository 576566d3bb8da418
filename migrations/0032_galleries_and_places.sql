CREATE TABLE "product_pictures" (
	"product_id" bigint NOT NULL,
	"media_id" bigint NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "product_pictures_product_id_media_id_pk" PRIMARY KEY("product_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "market_place_addresses" (
	"slug" text PRIMARY KEY NOT NULL,
	"place_id" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "market_place_addresses_slug" CHECK ("market_place_addresses"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
--> statement-breakpoint
ALTER TABLE "market_places" ADD COLUMN "picture_id" bigint;--> statement-breakpoint
ALTER TABLE "product_pictures" ADD CONSTRAINT "product_pictures_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_pictures" ADD CONSTRAINT "product_pictures_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market_place_addresses" ADD CONSTRAINT "market_place_addresses_place_id_market_places_id_fk" FOREIGN KEY ("place_id") REFERENCES "public"."market_places"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "product_pictures_media" ON "product_pictures" USING btree ("media_id");--> statement-breakpoint
CREATE INDEX "market_place_addresses_place" ON "market_place_addresses" USING btree ("place_id");--> statement-breakpoint
ALTER TABLE "market_places" ADD CONSTRAINT "market_places_picture_id_media_id_fk" FOREIGN KEY ("picture_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "market_places_picture" ON "market_places" USING btree ("picture_id");