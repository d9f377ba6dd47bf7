CREATE TABLE "webhook" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"target" text NOT NULL,
	"triggers" jsonb NOT NULL,
	"include_full_user" boolean DEFAULT false NOT NULL,
	"include_full_source" boolean DEFAULT false NOT NULL,
	"secret_sealed" "bytea" NOT NULL,
	"signing_secret_sealed" "bytea" NOT NULL,
	"disabled_reason" text,
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp (3) with time zone,
	"resume_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "webhook_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_attempt" (
	"workspace_id" uuid NOT NULL,
	"webhook_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"events" bigint[] NOT NULL,
	"status" integer,
	"duration_ms" integer NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	CONSTRAINT "webhook_attempt_workspace_id_webhook_id_id_pk" PRIMARY KEY("workspace_id","webhook_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_cursor" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_event" (
	"workspace_id" uuid NOT NULL,
	"webhook_id" uuid NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "webhook_event_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" uuid NOT NULL,
	"trigger" text NOT NULL,
	"conversation_id" uuid,
	"message_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "webhook_event_workspace_id_webhook_id_number_pk" PRIMARY KEY("workspace_id","webhook_id","number")
);
--> statement-breakpoint
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_attempt" ADD CONSTRAINT "webhook_attempt_workspace_id_webhook_id_webhook_workspace_id_id_fk" FOREIGN KEY ("workspace_id","webhook_id") REFERENCES "public"."webhook"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_cursor" ADD CONSTRAINT "webhook_cursor_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_event" ADD CONSTRAINT "webhook_event_workspace_id_webhook_id_webhook_workspace_id_id_fk" FOREIGN KEY ("workspace_id","webhook_id") REFERENCES "public"."webhook"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_attempt_at" ON "webhook_attempt" USING btree ("at");--> statement-breakpoint
CREATE INDEX "webhook_event_pending" ON "webhook_event" USING btree ("webhook_id","number") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_event_settled" ON "webhook_event" USING btree ("settled_at") WHERE state <> 'pending';