CREATE TABLE "back_fill" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"cursor" text,
	"since" timestamp (3) with time zone,
	"unread_since" timestamp (3) with time zone NOT NULL,
	"threads" integer DEFAULT 0 NOT NULL,
	"threads_read" integer DEFAULT 0 NOT NULL,
	"threads_refused" integer DEFAULT 0 NOT NULL,
	"messages" integer DEFAULT 0 NOT NULL,
	"conversations" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"started_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"resumes_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "back_fill_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "erased_account" (
	"facebook_app_id" text NOT NULL,
	"account_id" text NOT NULL,
	"erased_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "erased_account_facebook_app_id_account_id_pk" PRIMARY KEY("facebook_app_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "meta_thread" (
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"contact_external_id" text NOT NULL,
	"contact_username" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"read_through" timestamp (3) with time zone,
	"back_fill_id" uuid,
	CONSTRAINT "meta_thread_channel_id_external_id_pk" PRIMARY KEY("channel_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "reading_pace" (
	"account_id" text PRIMARY KEY NOT NULL,
	"next_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "read_back" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "back_fill" ADD CONSTRAINT "back_fill_workspace_id_channel_id_channel_workspace_id_id_fk" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."channel"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meta_thread" ADD CONSTRAINT "meta_thread_workspace_id_channel_id_channel_workspace_id_id_fk" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."channel"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "back_fill_running" ON "back_fill" USING btree ("channel_id") WHERE state in ('listing', 'reading');--> statement-breakpoint
CREATE INDEX "back_fill_newest" ON "back_fill" USING btree ("workspace_id","channel_id","created_at");--> statement-breakpoint
CREATE INDEX "meta_thread_waiting" ON "meta_thread" USING btree ("back_fill_id","updated_at") WHERE back_fill_id is not null;