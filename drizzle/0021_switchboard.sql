CREATE TABLE "control_change" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"metadata" jsonb,
	"reason" text,
	"failure" jsonb,
	"holder" jsonb,
	"offered_to" jsonb,
	"was_holder_id" uuid,
	"was_offered_to_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "control_change_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "switchboard" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"enabled" boolean NOT NULL,
	"default_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "switchboard_integration" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"integration_id" uuid,
	"integration_type" text NOT NULL,
	"deliver_standby_events" boolean NOT NULL,
	"next_id" uuid,
	"message_history_count" integer,
	"bot" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "switchboard_integration_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "switchboard_integration_name" UNIQUE("workspace_id","name")
);
--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "default_responder_id" uuid;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "holder_id" uuid;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "offered_to_id" uuid;--> statement-breakpoint
ALTER TABLE "webhook_event" ADD COLUMN "control_id" uuid;--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "control_id" uuid;--> statement-breakpoint
ALTER TABLE "control_change" ADD CONSTRAINT "control_change_workspace_id_conversation_id_conversation_workspace_id_id_fk" FOREIGN KEY ("workspace_id","conversation_id") REFERENCES "public"."conversation"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "switchboard" ADD CONSTRAINT "switchboard_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "switchboard_integration" ADD CONSTRAINT "switchboard_integration_workspace_id_switchboard_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."switchboard"("workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "switchboard_integration" ADD CONSTRAINT "switchboard_integration_workspace_id_integration_id_custom_integration_workspace_id_id_fk" FOREIGN KEY ("workspace_id","integration_id") REFERENCES "public"."custom_integration"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "control_change_conversation" ON "control_change" USING btree ("workspace_id","conversation_id");--> statement-breakpoint
CREATE INDEX "control_change_at" ON "control_change" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "switchboard_integration_once" ON "switchboard_integration" USING btree ("workspace_id","integration_id");--> statement-breakpoint
CREATE UNIQUE INDEX "switchboard_integration_inbox" ON "switchboard_integration" USING btree ("workspace_id") WHERE integration_id is null;--> statement-breakpoint
CREATE INDEX "event_control" ON "event" USING btree ("workspace_id","sequence") WHERE control_id is not null;