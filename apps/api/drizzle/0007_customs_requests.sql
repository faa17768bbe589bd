CREATE TABLE "customs_request_history" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"request_id" uuid NOT NULL,
	"event" text NOT NULL,
	"to_status" text NOT NULL,
	"actor" text NOT NULL,
	"account_id" uuid,
	"agent_id" uuid,
	"reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"sent" jsonb,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customs_requests" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"filing_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"type" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"operator_type" text NOT NULL,
	"ice" text NOT NULL,
	"legal_name" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"before" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"sections" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"registry_status" text NOT NULL,
	"registry_read_at" timestamp (3) with time zone,
	"registry_record" jsonb,
	"reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"endorsed_by" uuid,
	"submitted_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"decided_at" timestamp (3) with time zone,
	"effect_status" text,
	"effect_at" timestamp (3) with time zone,
	"effect_reason" text,
	"effect_turn" integer DEFAULT 0 NOT NULL,
	"search_name" text GENERATED ALWAYS AS (lower(regexp_replace(normalize(legal_name, NFKD), '[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]', '', 'g')) || ' ' || ice || ' ' || reference) STORED,
	"version" integer DEFAULT 1 NOT NULL,
	"saved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "customs_requests_status" CHECK ("customs_requests"."status" in ('draft', 'in_review', 'accepted', 'rejected')),
	CONSTRAINT "customs_requests_effect" CHECK (("customs_requests"."status" = 'accepted') = ("customs_requests"."effect_status" is not null))
);
--> statement-breakpoint
DROP INDEX "document_versions_number";--> statement-breakpoint
DROP INDEX "document_versions_current";--> statement-breakpoint
ALTER TABLE "document_versions" ADD COLUMN "customs_request_id" uuid;--> statement-breakpoint
ALTER TABLE "customs_request_history" ADD CONSTRAINT "customs_request_history_request_id_customs_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."customs_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customs_request_history" ADD CONSTRAINT "customs_request_history_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customs_request_history" ADD CONSTRAINT "customs_request_history_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customs_requests" ADD CONSTRAINT "customs_requests_filing_id_filings_id_fk" FOREIGN KEY ("filing_id") REFERENCES "public"."filings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customs_requests" ADD CONSTRAINT "customs_requests_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customs_requests" ADD CONSTRAINT "customs_requests_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customs_requests" ADD CONSTRAINT "customs_requests_endorsed_by_agents_id_fk" FOREIGN KEY ("endorsed_by") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customs_request_history_request" ON "customs_request_history" USING btree ("request_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "customs_requests_reference" ON "customs_requests" USING btree ("reference");--> statement-breakpoint
CREATE UNIQUE INDEX "customs_requests_draft" ON "customs_requests" USING btree ("filing_id","type") WHERE "customs_requests"."status" = 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX "customs_requests_pending" ON "customs_requests" USING btree ("filing_id","type") WHERE "customs_requests"."status" = 'in_review';--> statement-breakpoint
CREATE INDEX "customs_requests_account" ON "customs_requests" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "customs_requests_queue" ON "customs_requests" USING btree ("status","submitted_at");--> statement-breakpoint
CREATE INDEX "customs_requests_stuck" ON "customs_requests" USING btree ("effect_at") WHERE "customs_requests"."effect_status" in ('overtaken', 'refused');--> statement-breakpoint
CREATE INDEX "customs_requests_search" ON "customs_requests" USING gin ("search_name" gin_trgm_ops);--> statement-breakpoint
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_customs_request_id_customs_requests_id_fk" FOREIGN KEY ("customs_request_id") REFERENCES "public"."customs_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "document_versions_request_number" ON "document_versions" USING btree ("customs_request_id","document","version") WHERE "document_versions"."customs_request_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "document_versions_request_current" ON "document_versions" USING btree ("customs_request_id","document") WHERE "document_versions"."current" and "document_versions"."customs_request_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "document_versions_number" ON "document_versions" USING btree ("subscription_id","document","version") WHERE "document_versions"."customs_request_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "document_versions_current" ON "document_versions" USING btree ("subscription_id","document") WHERE "document_versions"."current" and "document_versions"."customs_request_id" is null;