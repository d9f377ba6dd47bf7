CREATE TABLE "delivery_event" (
	"workspace_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"type" text NOT NULL,
	"external_id" text,
	"code" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "delivery_event_workspace_id_message_id_type_pk" PRIMARY KEY("workspace_id","message_id","type")
);
--> statement-breakpoint
CREATE TABLE "message_edit" (
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"number" integer NOT NULL,
	"text" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "message_edit_channel_id_external_id_number_pk" PRIMARY KEY("channel_id","external_id","number")
);
--> statement-breakpoint
CREATE TABLE "reaction" (
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"by" text NOT NULL,
	"emoji" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reaction_channel_id_external_id_by_pk" PRIMARY KEY("channel_id","external_id","by")
);
--> statement-breakpoint
CREATE TABLE "upload" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"media" text NOT NULL,
	"content_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"name" text NOT NULL,
	"attachment_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "upload_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "last_reaction_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "last_reaction_emoji" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "details" jsonb;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "outgoing" jsonb;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "bubble_id" uuid;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "part" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "edited_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "delivery_event" ADD CONSTRAINT "delivery_event_workspace_id_message_id_message_workspace_id_id_fk" FOREIGN KEY ("workspace_id","message_id") REFERENCES "public"."message"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_edit" ADD CONSTRAINT "message_edit_workspace_id_channel_id_channel_workspace_id_id_fk" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."channel"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reaction" ADD CONSTRAINT "reaction_workspace_id_channel_id_channel_workspace_id_id_fk" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."channel"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_workspace_id_channel_id_channel_workspace_id_id_fk" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."channel"("workspace_id","id") ON DELETE cascade ON UPDATE no action;