CREATE TABLE "channel_check" (
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"line" text NOT NULL,
	"state" text NOT NULL,
	"code" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"checked_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "channel_check_workspace_id_channel_id_line_changed_at_pk" PRIMARY KEY("workspace_id","channel_id","line","changed_at")
);
--> statement-breakpoint
ALTER TABLE "connect_attempt" ADD COLUMN "asked_again" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "connect_attempt" ADD COLUMN "targets" jsonb;--> statement-breakpoint
ALTER TABLE "channel_check" ADD CONSTRAINT "channel_check_workspace_id_channel_id_channel_workspace_id_id_fk" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."channel"("workspace_id","id") ON DELETE cascade ON UPDATE no action;