CREATE TABLE "api_key" (
	"id" text PRIMARY KEY NOT NULL,
	"scope" text NOT NULL,
	"workspace_id" uuid,
	"integration_id" uuid,
	"name" text NOT NULL,
	"secret_sealed" "bytea" NOT NULL,
	"people" boolean DEFAULT false NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "custom_integration" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "custom_integration_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "user_external_id" text;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "api_profile" jsonb;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "metadata" jsonb;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "signed_up_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "business_read_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "display_name" text;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "description" text;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "icon_url" text;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "metadata" jsonb;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "api_author" jsonb;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "metadata" jsonb;--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_workspace_id_integration_id_custom_integration_workspace_id_id_fk" FOREIGN KEY ("workspace_id","integration_id") REFERENCES "public"."custom_integration"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "custom_integration" ADD CONSTRAINT "custom_integration_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_key_workspace_id_created_at_index" ON "api_key" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_user" ON "contact" USING btree ("workspace_id","user_external_id") WHERE user_external_id is not null;