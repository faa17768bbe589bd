DROP INDEX "settlement_files_content";--> statement-breakpoint
CREATE UNIQUE INDEX "settlement_files_content" ON "settlement_files" USING btree ("provider","day","sha256");