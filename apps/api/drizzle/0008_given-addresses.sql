ALTER TABLE "filing_history" ADD COLUMN "email_changes" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "contracts_sha256" ON "contracts" USING btree ("sha256");