DROP INDEX "filings_live_operator";--> statement-breakpoint
ALTER TABLE "filing_history" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "filings" ADD COLUMN "control_proven_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "filings" ADD COLUMN "control_proven_by" uuid;--> statement-breakpoint
ALTER TABLE "filings" ADD COLUMN "registry_account_status" text;--> statement-breakpoint
ALTER TABLE "filings" ADD COLUMN "registry_account_read_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "filings" ADD CONSTRAINT "filings_control_proven_by_agents_id_fk" FOREIGN KEY ("control_proven_by") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
UPDATE "filings" SET "control_proven_at" = "subscriptions"."registry_confirmed_at" FROM "subscriptions" WHERE "subscriptions"."id" = "filings"."subscription_id" AND "filings"."attached";--> statement-breakpoint
CREATE UNIQUE INDEX "filings_live_operator" ON "filings" USING btree ("authority","operator_type","ice") WHERE "filings"."status" in ('in_review', 'validated') and (not "filings"."attached" or "filings"."control_proven_at" is not null);