DROP INDEX "payment_anomalies_subject";--> statement-breakpoint
CREATE INDEX "payment_anomalies_judged" ON "payment_anomalies" USING btree ("subject") WHERE "payment_anomalies"."closed_by" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "payment_anomalies_subject" ON "payment_anomalies" USING btree ("kind","subject") WHERE "payment_anomalies"."closed_at" is null;