CREATE TABLE "administration_entries" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"act" text NOT NULL,
	"by" uuid NOT NULL,
	"agent_id" uuid,
	"issuer_id" uuid,
	"integrator_id" uuid,
	"changes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"detail" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "administration_entries_of_one" CHECK (num_nonnulls("administration_entries"."agent_id", "administration_entries"."issuer_id", "administration_entries"."integrator_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "agent_invitations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"agent_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"totp_secret" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "agents" ALTER COLUMN "password_hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "agents" ALTER COLUMN "totp_secret" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "last_sign_in_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "compromised_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "administration_entries" ADD CONSTRAINT "administration_entries_by_agents_id_fk" FOREIGN KEY ("by") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "administration_entries" ADD CONSTRAINT "administration_entries_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "administration_entries" ADD CONSTRAINT "administration_entries_issuer_id_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "administration_entries" ADD CONSTRAINT "administration_entries_integrator_id_integrators_id_fk" FOREIGN KEY ("integrator_id") REFERENCES "public"."integrators"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_invitations" ADD CONSTRAINT "agent_invitations_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "administration_entries_agent" ON "administration_entries" USING btree ("agent_id","id") WHERE "administration_entries"."agent_id" is not null;--> statement-breakpoint
CREATE INDEX "administration_entries_issuer" ON "administration_entries" USING btree ("issuer_id","id") WHERE "administration_entries"."issuer_id" is not null;--> statement-breakpoint
CREATE INDEX "administration_entries_integrator" ON "administration_entries" USING btree ("integrator_id","id") WHERE "administration_entries"."integrator_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "agent_invitations_token" ON "agent_invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "agent_invitations_agent" ON "agent_invitations" USING btree ("agent_id","created_at");--> statement-breakpoint
CREATE INDEX "invoices_issuer_status" ON "invoices" USING btree ("issuer_id","status","issued_on");--> statement-breakpoint
ALTER TABLE "agents" ADD CONSTRAINT "agents_enrolled" CHECK (("agents"."password_hash" is null) = ("agents"."totp_secret" is null));--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_compromised" CHECK ("api_keys"."compromised_at" is null or "api_keys"."revoked_at" is not null);