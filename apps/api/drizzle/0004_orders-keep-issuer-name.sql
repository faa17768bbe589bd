ALTER TABLE "payment_orders" ADD COLUMN "issuer_name" text;--> statement-breakpoint
UPDATE "payment_orders" SET "issuer_name" = "issuers"."name" FROM "issuers" WHERE "issuers"."id" = "payment_orders"."issuer_id";--> statement-breakpoint
ALTER TABLE "payment_orders" ALTER COLUMN "issuer_name" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "payment_order_lines_client" ON "payment_order_lines" USING btree ("client_code");