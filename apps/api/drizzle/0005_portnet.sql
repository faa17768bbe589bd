CREATE SEQUENCE "public"."contract_sequence" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9999999999 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "contracts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"subscription_id" uuid NOT NULL,
	"number" text NOT NULL,
	"version" integer NOT NULL,
	"code" text NOT NULL,
	"data_hash" text NOT NULL,
	"sha256" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"storage_key" text NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signed_contracts" (
	"document_version_id" uuid PRIMARY KEY NOT NULL,
	"contract_id" uuid NOT NULL,
	"way" text NOT NULL,
	"findings" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"filing_id" uuid NOT NULL,
	"account_id" uuid,
	"agent_id" uuid,
	"text" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "messages_author" CHECK (("messages"."account_id" is null) <> ("messages"."agent_id" is null))
);
--> statement-breakpoint
CREATE TABLE "single_window_accounts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"filing_id" uuid NOT NULL,
	"user_key" text NOT NULL,
	"position" integer NOT NULL,
	"first_name" text NOT NULL,
	"last_name" text NOT NULL,
	"email" text NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"login" text,
	"refusal" text,
	"tries" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "single_window_accounts_status" CHECK ("single_window_accounts"."status" in ('queued', 'opened', 'refused'))
);
--> statement-breakpoint
ALTER TABLE "filings" ADD COLUMN "subscription_code" char(4);--> statement-breakpoint
ALTER TABLE "reference_entries" ADD COLUMN "rib_codes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signed_contracts" ADD CONSTRAINT "signed_contracts_document_version_id_document_versions_id_fk" FOREIGN KEY ("document_version_id") REFERENCES "public"."document_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signed_contracts" ADD CONSTRAINT "signed_contracts_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_filing_id_filings_id_fk" FOREIGN KEY ("filing_id") REFERENCES "public"."filings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "single_window_accounts" ADD CONSTRAINT "single_window_accounts_filing_id_filings_id_fk" FOREIGN KEY ("filing_id") REFERENCES "public"."filings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "contracts_version" ON "contracts" USING btree ("subscription_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "contracts_code" ON "contracts" USING btree ("code");--> statement-breakpoint
CREATE INDEX "contracts_number" ON "contracts" USING btree ("number");--> statement-breakpoint
CREATE INDEX "messages_filing" ON "messages" USING btree ("filing_id","at");--> statement-breakpoint
CREATE INDEX "messages_unread" ON "messages" USING btree ("filing_id") WHERE "messages"."read_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "single_window_accounts_user" ON "single_window_accounts" USING btree ("filing_id","user_key");--> statement-breakpoint
CREATE INDEX "single_window_accounts_status" ON "single_window_accounts" USING btree ("status") WHERE "single_window_accounts"."status" <> 'opened';--> statement-breakpoint
CREATE UNIQUE INDEX "filings_subscription_code" ON "filings" USING btree ("subscription_code");