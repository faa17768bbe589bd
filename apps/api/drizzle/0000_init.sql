CREATE SEQUENCE "public"."subscription_sequence" INCREMENT BY 1 MINVALUE 1 MAXVALUE 99999999999 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"legal_name" text NOT NULL,
	"address" text NOT NULL,
	"email" text NOT NULL,
	"phone" text NOT NULL,
	"locale" text NOT NULL,
	"password_hash" text,
	"email_confirmed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "password_links" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"token_hash" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "password_links_purpose" CHECK ("password_links"."purpose" in ('creation', 'reset'))
);
--> statement-breakpoint
CREATE TABLE "password_reset_requests" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"email" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agents" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"authority" text NOT NULL,
	"role" text NOT NULL,
	"locale" text DEFAULT 'fr' NOT NULL,
	"password_hash" text NOT NULL,
	"totp_secret" text NOT NULL,
	"totp_last_step" bigint DEFAULT 0 NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_accesses" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"document_version_id" uuid NOT NULL,
	"filing_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_verdicts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"document_version_id" uuid NOT NULL,
	"filing_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"agent_id" uuid,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_versions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"subscription_id" uuid NOT NULL,
	"document" text NOT NULL,
	"version" integer NOT NULL,
	"current" boolean NOT NULL,
	"file_name" text NOT NULL,
	"media_type" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"pages" integer,
	"storage_key" text NOT NULL,
	"scan" text NOT NULL,
	"uploaded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "stray_files" (
	"storage_key" text PRIMARY KEY NOT NULL,
	"remove_after" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "emails" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"event" text NOT NULL,
	"account_id" uuid,
	"to" text NOT NULL,
	"locale" text NOT NULL,
	"template" text NOT NULL,
	"data" jsonb NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"sent_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "filing_history" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"filing_id" uuid NOT NULL,
	"event" text NOT NULL,
	"from_status" text,
	"to_status" text NOT NULL,
	"actor" text NOT NULL,
	"account_id" uuid,
	"agent_id" uuid,
	"reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"sections" jsonb,
	"document_versions" uuid[],
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "filing_holds" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"filing_id" uuid NOT NULL,
	"event" text NOT NULL,
	"agent_id" uuid NOT NULL,
	"taken_from_id" uuid,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "filings" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"subscription_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"authority" text NOT NULL,
	"operator_type" text NOT NULL,
	"ice" text NOT NULL,
	"legal_name" text DEFAULT '' NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"attached" boolean DEFAULT false NOT NULL,
	"reopened_at" timestamp (3) with time zone,
	"first_submitted_at" timestamp (3) with time zone,
	"submitted_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"decided_at" timestamp (3) with time zone,
	"validated_at" timestamp (3) with time zone,
	"submissions" integer DEFAULT 0 NOT NULL,
	"holder_id" uuid,
	"held_at" timestamp (3) with time zone,
	"verdict" jsonb DEFAULT '{"accepted":[],"reasons":[]}'::jsonb NOT NULL,
	"registration_status" text,
	"registration_at" timestamp (3) with time zone,
	"registration_account" text,
	"search_name" text GENERATED ALWAYS AS (lower(regexp_replace(normalize(legal_name, NFKD), '[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]', '', 'g')) || ' ' || ice) STORED,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "filings_status" CHECK ("filings"."status" in ('draft', 'in_review', 'incomplete', 'validated')),
	CONSTRAINT "filings_reasons" CHECK (("filings"."status" = 'incomplete') = (jsonb_array_length("filings"."reasons") > 0))
);
--> statement-breakpoint
CREATE TABLE "reference_entries" (
	"list" text NOT NULL,
	"code" text NOT NULL,
	"label" text NOT NULL,
	"label_ar" text,
	"common" boolean DEFAULT false NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "reference_entries_list_code_pk" PRIMARY KEY("list","code")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"caller" text NOT NULL,
	"route" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"status" integer,
	"headers" jsonb,
	"body" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_caller_route_key_pk" PRIMARY KEY("caller","route","key")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "used_captchas" (
	"challenge" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid,
	"agent_id" uuid,
	"refresh_hash" text NOT NULL,
	"previous_refresh_hash" text,
	"rotated_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"user_agent" text DEFAULT '' NOT NULL,
	"last_used_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_owner" CHECK (num_nonnulls("sessions"."account_id", "sessions"."agent_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"locked_until" timestamp (3) with time zone,
	"last_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"code" text NOT NULL,
	"search_code" text GENERATED ALWAYS AS (code || ' ' || regexp_replace(code, '[A-Z]', '', 'g')) STORED,
	"authorities" text[] NOT NULL,
	"purpose" text NOT NULL,
	"operator_type" text NOT NULL,
	"identifiers" jsonb NOT NULL,
	"registry_status" text NOT NULL,
	"registry_checked_at" timestamp (3) with time zone,
	"registry_mismatch" text[] DEFAULT '{}' NOT NULL,
	"registry_record" jsonb,
	"registry_confirmed_at" timestamp (3) with time zone,
	"registry_code_hash" text,
	"registry_code_expires_at" timestamp (3) with time zone,
	"registry_code_tries" integer DEFAULT 0 NOT NULL,
	"sections" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"current_step" text DEFAULT 'company' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"terms_accepted_at" timestamp (3) with time zone,
	"submitted_at" timestamp (3) with time zone,
	"saved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "password_links" ADD CONSTRAINT "password_links_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_accesses" ADD CONSTRAINT "document_accesses_document_version_id_document_versions_id_fk" FOREIGN KEY ("document_version_id") REFERENCES "public"."document_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_accesses" ADD CONSTRAINT "document_accesses_filing_id_filings_id_fk" FOREIGN KEY ("filing_id") REFERENCES "public"."filings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_accesses" ADD CONSTRAINT "document_accesses_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_verdicts" ADD CONSTRAINT "document_verdicts_document_version_id_document_versions_id_fk" FOREIGN KEY ("document_version_id") REFERENCES "public"."document_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_verdicts" ADD CONSTRAINT "document_verdicts_filing_id_filings_id_fk" FOREIGN KEY ("filing_id") REFERENCES "public"."filings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_verdicts" ADD CONSTRAINT "document_verdicts_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filing_history" ADD CONSTRAINT "filing_history_filing_id_filings_id_fk" FOREIGN KEY ("filing_id") REFERENCES "public"."filings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filing_history" ADD CONSTRAINT "filing_history_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filing_history" ADD CONSTRAINT "filing_history_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filing_holds" ADD CONSTRAINT "filing_holds_filing_id_filings_id_fk" FOREIGN KEY ("filing_id") REFERENCES "public"."filings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filing_holds" ADD CONSTRAINT "filing_holds_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filing_holds" ADD CONSTRAINT "filing_holds_taken_from_id_agents_id_fk" FOREIGN KEY ("taken_from_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filings" ADD CONSTRAINT "filings_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filings" ADD CONSTRAINT "filings_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filings" ADD CONSTRAINT "filings_holder_id_agents_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_email" ON "accounts" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "password_links_token" ON "password_links" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "password_links_account" ON "password_links" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "agents_email" ON "agents" USING btree ("email");--> statement-breakpoint
CREATE INDEX "document_accesses_version" ON "document_accesses" USING btree ("document_version_id","at");--> statement-breakpoint
CREATE INDEX "document_accesses_agent" ON "document_accesses" USING btree ("agent_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "document_verdicts_version" ON "document_verdicts" USING btree ("document_version_id","filing_id");--> statement-breakpoint
CREATE UNIQUE INDEX "document_versions_number" ON "document_versions" USING btree ("subscription_id","document","version");--> statement-breakpoint
CREATE UNIQUE INDEX "document_versions_current" ON "document_versions" USING btree ("subscription_id","document") WHERE "document_versions"."current";--> statement-breakpoint
CREATE INDEX "document_versions_scan" ON "document_versions" USING btree ("scan") WHERE "document_versions"."scan" = 'quarantined';--> statement-breakpoint
CREATE UNIQUE INDEX "emails_event" ON "emails" USING btree ("event");--> statement-breakpoint
CREATE INDEX "emails_account" ON "emails" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "filing_history_filing" ON "filing_history" USING btree ("filing_id","at");--> statement-breakpoint
CREATE INDEX "filing_history_at" ON "filing_history" USING btree ("at");--> statement-breakpoint
CREATE INDEX "filing_holds_filing" ON "filing_holds" USING btree ("filing_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "filings_account_authority" ON "filings" USING btree ("account_id","authority");--> statement-breakpoint
CREATE UNIQUE INDEX "filings_subscription_authority" ON "filings" USING btree ("subscription_id","authority");--> statement-breakpoint
CREATE UNIQUE INDEX "filings_live_operator" ON "filings" USING btree ("authority","operator_type","ice") WHERE "filings"."status" <> 'draft';--> statement-breakpoint
CREATE INDEX "filings_queue" ON "filings" USING btree ("authority","status","submitted_at");--> statement-breakpoint
CREATE INDEX "filings_due" ON "filings" USING btree ("authority","status","due_at");--> statement-breakpoint
CREATE INDEX "filings_submitted" ON "filings" USING btree ("authority","submitted_at") WHERE "filings"."status" <> 'draft';--> statement-breakpoint
CREATE INDEX "filings_holder" ON "filings" USING btree ("holder_id") WHERE "filings"."holder_id" is not null;--> statement-breakpoint
CREATE INDEX "filings_search" ON "filings" USING gin ("search_name" gin_trgm_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_refresh" ON "sessions" USING btree ("refresh_hash");--> statement-breakpoint
CREATE INDEX "sessions_previous_refresh" ON "sessions" USING btree ("previous_refresh_hash");--> statement-breakpoint
CREATE INDEX "sessions_account" ON "sessions" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "sessions_agent" ON "sessions" USING btree ("agent_id");--> statement-breakpoint
CREATE UNIQUE INDEX "subscriptions_code" ON "subscriptions" USING btree ("code");--> statement-breakpoint
CREATE INDEX "subscriptions_account" ON "subscriptions" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "subscriptions_search" ON "subscriptions" USING gin ("search_code" gin_trgm_ops);