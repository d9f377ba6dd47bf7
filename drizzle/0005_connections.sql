CREATE TABLE "facebook_app" (
	"workspace_id" uuid NOT NULL,
	"id" text NOT NULL,
	"name" text,
	"secret_sealed" "bytea" NOT NULL,
	"verify_token" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "facebook_app_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "problem_code" text;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "person_id" text;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "way" text DEFAULT 'login' NOT NULL;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "token_expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "data_access_expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "disconnected_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "facebook_app" ADD CONSTRAINT "facebook_app_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;