CREATE TABLE "invoices" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"issuer_id" uuid NOT NULL,
	"number" text NOT NULL,
	"client_code" text NOT NULL,
	"client_name" text NOT NULL,
	"client_is_person" boolean NOT NULL,
	"issued_on" date NOT NULL,
	"due_on" date NOT NULL,
	"amount_centimes" bigint NOT NULL,
	"methods" text[] NOT NULL,
	"status" text DEFAULT 'unpaid' NOT NULL,
	"paid_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invoices_status" CHECK ("invoices"."status" in ('unpaid', 'paid', 'cancelled')),
	CONSTRAINT "invoices_amount" CHECK ("invoices"."amount_centimes" between 1 and 99999999999),
	CONSTRAINT "invoices_paid" CHECK (("invoices"."status" = 'paid') = ("invoices"."paid_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "issuers" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscription_codes" (
	"code" char(4) PRIMARY KEY NOT NULL,
	"ice" text NOT NULL,
	"legal_name" text NOT NULL,
	"account_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gateway_messages" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"provider" text NOT NULL,
	"kind" text NOT NULL,
	"attempt_id" uuid,
	"trust" text NOT NULL,
	"reading" jsonb NOT NULL,
	"content_type" text NOT NULL,
	"body" text NOT NULL,
	"sha256" char(64) NOT NULL,
	"repetitions" integer DEFAULT 0 NOT NULL,
	"decision" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"processed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "payment_anomalies" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"order_id" uuid,
	"attempt_id" uuid,
	"message_id" uuid,
	"file_id" uuid,
	"subject" text NOT NULL,
	"ours" bigint,
	"theirs" bigint,
	"detail" text,
	"raised_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"closed_by" uuid,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "payment_attempts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"order_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"provider" text NOT NULL,
	"method" text NOT NULL,
	"channel" text NOT NULL,
	"status" text DEFAULT 'created' NOT NULL,
	"amount_centimes" bigint NOT NULL,
	"gateway_reference" text,
	"shown" jsonb,
	"gateway_transaction_id" text,
	"refusal" text,
	"refusal_detail" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"inquire_at" timestamp (3) with time zone,
	"inquiries" integer DEFAULT 0 NOT NULL,
	"silent_since" timestamp (3) with time zone,
	"captured_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payment_history" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"order_id" uuid NOT NULL,
	"attempt_id" uuid,
	"from_status" text,
	"to_status" text NOT NULL,
	"cause" text NOT NULL,
	"actor" text NOT NULL,
	"agent_id" uuid,
	"message_id" uuid,
	"detail" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payment_order_lines" (
	"order_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"number" text NOT NULL,
	"client_code" text NOT NULL,
	"client_name" text NOT NULL,
	"client_is_person" boolean NOT NULL,
	"issued_on" date NOT NULL,
	"due_on" date NOT NULL,
	"amount_centimes" bigint NOT NULL,
	CONSTRAINT "payment_order_lines_order_id_invoice_id_pk" PRIMARY KEY("order_id","invoice_id")
);
--> statement-breakpoint
CREATE TABLE "payment_orders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" bigserial NOT NULL,
	"issuer_id" uuid NOT NULL,
	"method" text NOT NULL,
	"channel" text NOT NULL,
	"amount_centimes" bigint NOT NULL,
	"status" text DEFAULT 'created' NOT NULL,
	"cause" text,
	"payer_email" text,
	"locale" text NOT NULL,
	"receipt_number" text,
	"receipt_code" text,
	"paid_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payment_orders_amount" CHECK ("payment_orders"."amount_centimes" > 0),
	CONSTRAINT "payment_orders_receipt" CHECK (("payment_orders"."receipt_number" is null) = ("payment_orders"."receipt_code" is null)),
	CONSTRAINT "payment_orders_paid" CHECK ("payment_orders"."status" <> 'paid' or "payment_orders"."paid_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"order_id" uuid NOT NULL,
	"attempt_id" uuid NOT NULL,
	"amount_centimes" bigint NOT NULL,
	"transaction_id" text DEFAULT '' NOT NULL,
	"cause" text NOT NULL,
	"status" text DEFAULT 'due' NOT NULL,
	"owner_id" uuid,
	"owned_at" timestamp (3) with time zone,
	"due_since" timestamp (3) with time zone NOT NULL,
	"requested_at" timestamp (3) with time zone,
	"way" text,
	"proof" text,
	"note" text,
	"refunded_on" date,
	"refunded_at" timestamp (3) with time zone,
	"recorded_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "refunds_amount" CHECK ("refunds"."amount_centimes" > 0),
	CONSTRAINT "refunds_status" CHECK (("refunds"."status" = 'refunded') = ("refunds"."refunded_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "settlement_files" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"provider" text NOT NULL,
	"day" date NOT NULL,
	"sha256" char(64) NOT NULL,
	"rows" integer NOT NULL,
	"matched" integer NOT NULL,
	"gaps" integer NOT NULL,
	"faults" jsonb NOT NULL,
	"agent_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settlement_rows" (
	"file_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"kind" text NOT NULL,
	"attempt_reference" text NOT NULL,
	"transaction_id" text NOT NULL,
	"amount_centimes" bigint NOT NULL,
	"currency" text NOT NULL,
	"occurred_at" text NOT NULL,
	CONSTRAINT "settlement_rows_provider_kind_attempt_reference_transaction_id_pk" PRIMARY KEY("provider","kind","attempt_reference","transaction_id")
);
--> statement-breakpoint
CREATE TABLE "settlements" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"invoice_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"attempt_id" uuid NOT NULL,
	"settled_at" timestamp (3) with time zone NOT NULL,
	"released_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_issuer_id_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_codes" ADD CONSTRAINT "subscription_codes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gateway_messages" ADD CONSTRAINT "gateway_messages_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_anomalies" ADD CONSTRAINT "payment_anomalies_order_id_payment_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."payment_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_anomalies" ADD CONSTRAINT "payment_anomalies_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_anomalies" ADD CONSTRAINT "payment_anomalies_message_id_gateway_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."gateway_messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_anomalies" ADD CONSTRAINT "payment_anomalies_file_id_settlement_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."settlement_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_anomalies" ADD CONSTRAINT "payment_anomalies_closed_by_agents_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD CONSTRAINT "payment_attempts_order_id_payment_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."payment_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_history" ADD CONSTRAINT "payment_history_order_id_payment_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."payment_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_history" ADD CONSTRAINT "payment_history_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_history" ADD CONSTRAINT "payment_history_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_history" ADD CONSTRAINT "payment_history_message_id_gateway_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."gateway_messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_order_lines" ADD CONSTRAINT "payment_order_lines_order_id_payment_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."payment_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_order_lines" ADD CONSTRAINT "payment_order_lines_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_orders" ADD CONSTRAINT "payment_orders_issuer_id_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_order_id_payment_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."payment_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_owner_id_agents_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_recorded_by_agents_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlement_files" ADD CONSTRAINT "settlement_files_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlement_rows" ADD CONSTRAINT "settlement_rows_file_id_settlement_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."settlement_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_order_id_payment_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."payment_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_number" ON "invoices" USING btree ("issuer_id",upper("number"));--> statement-breakpoint
CREATE INDEX "invoices_client_unpaid" ON "invoices" USING btree ("client_code","due_on") WHERE "invoices"."status" = 'unpaid';--> statement-breakpoint
CREATE INDEX "invoices_client" ON "invoices" USING btree ("client_code","issued_on");--> statement-breakpoint
CREATE INDEX "invoices_issuer" ON "invoices" USING btree ("issuer_id","issued_on");--> statement-breakpoint
CREATE UNIQUE INDEX "issuers_code" ON "issuers" USING btree ("code");--> statement-breakpoint
CREATE INDEX "subscription_codes_ice" ON "subscription_codes" USING btree ("ice");--> statement-breakpoint
CREATE INDEX "subscription_codes_account" ON "subscription_codes" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "gateway_messages_bytes" ON "gateway_messages" USING btree ("provider","kind","trust","sha256");--> statement-breakpoint
CREATE INDEX "gateway_messages_attempt" ON "gateway_messages" USING btree ("attempt_id","received_at");--> statement-breakpoint
CREATE INDEX "gateway_messages_unprocessed" ON "gateway_messages" USING btree ("received_at") WHERE "gateway_messages"."processed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "payment_anomalies_subject" ON "payment_anomalies" USING btree ("kind","subject");--> statement-breakpoint
CREATE INDEX "payment_anomalies_open" ON "payment_anomalies" USING btree ("raised_at") WHERE "payment_anomalies"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "payment_anomalies_attempt" ON "payment_anomalies" USING btree ("attempt_id") WHERE "payment_anomalies"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "payment_anomalies_order" ON "payment_anomalies" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "payment_anomalies_file" ON "payment_anomalies" USING btree ("file_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_attempts_reference" ON "payment_attempts" USING btree ("reference");--> statement-breakpoint
CREATE INDEX "payment_attempts_order" ON "payment_attempts" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "payment_attempts_captured" ON "payment_attempts" USING btree ("provider","captured_at");--> statement-breakpoint
CREATE INDEX "payment_attempts_inquire" ON "payment_attempts" USING btree ("inquire_at") WHERE "payment_attempts"."inquire_at" is not null;--> statement-breakpoint
CREATE INDEX "payment_attempts_gateway_reference" ON "payment_attempts" USING btree ("provider","gateway_reference");--> statement-breakpoint
CREATE INDEX "payment_attempts_transaction" ON "payment_attempts" USING btree ("provider","gateway_transaction_id");--> statement-breakpoint
CREATE INDEX "payment_history_order" ON "payment_history" USING btree ("order_id","id");--> statement-breakpoint
CREATE INDEX "payment_order_lines_invoice" ON "payment_order_lines" USING btree ("invoice_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_orders_number" ON "payment_orders" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_orders_receipt_number" ON "payment_orders" USING btree ("receipt_number");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_orders_receipt_code" ON "payment_orders" USING btree ("receipt_code");--> statement-breakpoint
CREATE INDEX "payment_orders_status" ON "payment_orders" USING btree ("status","created_at");--> statement-breakpoint
CREATE INDEX "payment_orders_created" ON "payment_orders" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "payment_orders_issuer" ON "payment_orders" USING btree ("issuer_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_transaction" ON "refunds" USING btree ("attempt_id","transaction_id");--> statement-breakpoint
CREATE INDEX "refunds_due" ON "refunds" USING btree ("due_since") WHERE "refunds"."status" = 'due';--> statement-breakpoint
CREATE INDEX "refunds_order" ON "refunds" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "refunds_done" ON "refunds" USING btree ("refunded_at") WHERE "refunds"."status" = 'refunded';--> statement-breakpoint
CREATE UNIQUE INDEX "settlement_files_content" ON "settlement_files" USING btree ("provider","sha256");--> statement-breakpoint
CREATE INDEX "settlement_files_day" ON "settlement_files" USING btree ("day","provider");--> statement-breakpoint
CREATE INDEX "settlement_rows_file" ON "settlement_rows" USING btree ("file_id");--> statement-breakpoint
CREATE UNIQUE INDEX "settlements_invoice" ON "settlements" USING btree ("invoice_id") WHERE "settlements"."released_at" is null;--> statement-breakpoint
CREATE INDEX "settlements_order" ON "settlements" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "settlements_settled" ON "settlements" USING btree ("settled_at");