CREATE TABLE "channel" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"facebook_app_id" text NOT NULL,
	"page_id" text NOT NULL,
	"page_name" text NOT NULL,
	"account_id" text NOT NULL,
	"username" text NOT NULL,
	"name" text,
	"picture_url" text,
	"state" text NOT NULL,
	"problem" text,
	"token_sealed" "bytea",
	"connected_by" uuid,
	"connected_as" text,
	"connected_at" timestamp (3) with time zone,
	"checked_at" timestamp (3) with time zone,
	"last_delivery_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "channel_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "channel_id" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "connect_attempt" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"channel_id" uuid,
	"state_hash" text NOT NULL,
	"browser_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"user_token_sealed" "bytea",
	"person_id" text,
	"person_name" text,
	"permissions" jsonb,
	"problem" text,
	CONSTRAINT "connect_attempt_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "contact" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"username" text,
	"name" text,
	"picture_url" text,
	"follower_count" integer,
	"follows_business" boolean,
	"followed_by_business" boolean,
	"verified" boolean,
	"profile_fetched_at" timestamp (3) with time zone,
	"profile_problem" text,
	"first_wrote_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "contact_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "conversation" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"last_message_at" timestamp (3) with time zone NOT NULL,
	"preview_message_id" uuid,
	"preview_text" text,
	"preview_kind" text,
	"preview_direction" text,
	"preview_state" text,
	"unread" integer DEFAULT 0 NOT NULL,
	"last_arrival" bigint DEFAULT 0 NOT NULL,
	"read_arrival" bigint DEFAULT 0 NOT NULL,
	"last_customer_at" timestamp (3) with time zone,
	"last_reply_at" timestamp (3) with time zone,
	"unanswered_since" timestamp (3) with time zone,
	"seen_through_at" timestamp (3) with time zone,
	CONSTRAINT "conversation_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "message" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"external_id" text,
	"version" integer DEFAULT 1 NOT NULL,
	"direction" text NOT NULL,
	"origin" text NOT NULL,
	"kind" text NOT NULL,
	"text" text,
	"attachments" jsonb,
	"story" jsonb,
	"reply_to_external_id" text,
	"author_id" uuid,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"arrival" bigint NOT NULL,
	"state" text NOT NULL,
	"failure_code" text,
	"failure_text" text,
	"attempt" integer DEFAULT 0 NOT NULL,
	"dispatched_at" timestamp (3) with time zone,
	"dispatch_deadline" timestamp (3) with time zone,
	"absent_reads" integer DEFAULT 0 NOT NULL,
	"absent_read_at" timestamp (3) with time zone,
	"content_hash" "bytea",
	"unsent_at" timestamp (3) with time zone,
	CONSTRAINT "message_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "parked" (
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "parked_channel_id_external_id_kind_pk" PRIMARY KEY("channel_id","external_id","kind")
);
--> statement-breakpoint
CREATE TABLE "delivery" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "delivery_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"facebook_app_id" text NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT desk_now() NOT NULL,
	"body" "bytea",
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "set_aside" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid,
	"channel_id" uuid,
	"delivery_id" bigint,
	"facebook_app_id" text NOT NULL,
	"account_id" text,
	"reason" text NOT NULL,
	"external_id" text,
	"raw" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "job_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"queue" text NOT NULL,
	"key" text NOT NULL,
	"payload" jsonb NOT NULL,
	"state" text NOT NULL,
	"run_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_token" uuid,
	"leased_until" timestamp with time zone,
	"last_error" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "job_queue_key_id_pk" PRIMARY KEY("queue","key","id")
);
--> statement-breakpoint
CREATE TABLE "clock" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"offset_ms" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "clock_single" CHECK ("clock"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "event" (
	"workspace_id" uuid NOT NULL,
	"sequence" bigint NOT NULL,
	"type" text NOT NULL,
	"conversation_id" uuid,
	"message_id" uuid,
	"channel_id" uuid,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_workspace_id_sequence_pk" PRIMARY KEY("workspace_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"role" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"accepted_by" uuid,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "invitation_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "member" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"facebook_user_id" text NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"picture_url" text,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "member_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "member_id" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "setup_code" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"code_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "setup_code_single" CHECK ("setup_code"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "workspace" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workspace_sequence" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"last" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wrong_guess" (
	"subject" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "channel" ADD CONSTRAINT "channel_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connect_attempt" ADD CONSTRAINT "connect_attempt_workspace_id_member_id_member_workspace_id_id_fk" FOREIGN KEY ("workspace_id","member_id") REFERENCES "public"."member"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connect_attempt" ADD CONSTRAINT "connect_attempt_workspace_id_channel_id_channel_workspace_id_id_fk" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."channel"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact" ADD CONSTRAINT "contact_workspace_id_channel_id_channel_workspace_id_id_fk" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."channel"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_workspace_id_channel_id_channel_workspace_id_id_fk" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."channel"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_workspace_id_contact_id_contact_workspace_id_id_fk" FOREIGN KEY ("workspace_id","contact_id") REFERENCES "public"."contact"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_workspace_id_conversation_id_conversation_workspace_id_id_fk" FOREIGN KEY ("workspace_id","conversation_id") REFERENCES "public"."conversation"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_workspace_id_author_id_member_workspace_id_id_fk" FOREIGN KEY ("workspace_id","author_id") REFERENCES "public"."member"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parked" ADD CONSTRAINT "parked_workspace_id_channel_id_channel_workspace_id_id_fk" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."channel"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_workspace_id_created_by_member_workspace_id_id_fk" FOREIGN KEY ("workspace_id","created_by") REFERENCES "public"."member"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_workspace_id_accepted_by_member_workspace_id_id_fk" FOREIGN KEY ("workspace_id","accepted_by") REFERENCES "public"."member"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workspace_sequence" ADD CONSTRAINT "workspace_sequence_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "channel_account" ON "channel" USING btree ("facebook_app_id","account_id") WHERE state <> 'disconnected';--> statement-breakpoint
CREATE UNIQUE INDEX "connect_attempt_state_hash_index" ON "connect_attempt" USING btree ("state_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_external" ON "contact" USING btree ("channel_id","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conversation_contact" ON "conversation" USING btree ("workspace_id","contact_id");--> statement-breakpoint
CREATE INDEX "conversation_newest" ON "conversation" USING btree ("workspace_id","last_message_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "message_external" ON "message" USING btree ("channel_id","external_id");--> statement-breakpoint
CREATE INDEX "message_thread" ON "message" USING btree ("workspace_id","conversation_id","sent_at","id");--> statement-breakpoint
CREATE INDEX "message_arrival" ON "message" USING btree ("workspace_id","conversation_id","arrival") WHERE direction = 'in';--> statement-breakpoint
CREATE INDEX "message_in_flight" ON "message" USING btree ("conversation_id","content_hash") WHERE state in ('dispatching', 'unconfirmed');--> statement-breakpoint
CREATE INDEX "delivery_waiting" ON "delivery" USING btree ("id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "set_aside_workspace_id_created_at_index" ON "set_aside" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "set_aside_facebook_app_id_account_id_index" ON "set_aside" USING btree ("facebook_app_id","account_id");--> statement-breakpoint
CREATE INDEX "set_aside_channel_id_external_id_index" ON "set_aside" USING btree ("channel_id","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "job_head" ON "job" USING btree ("queue","key") WHERE "job"."state" = 'ready';--> statement-breakpoint
CREATE INDEX "job_due" ON "job" USING btree ("queue","run_at","id") WHERE "job"."state" = 'ready';--> statement-breakpoint
CREATE INDEX "job_waiting" ON "job" USING btree ("queue","key","id") WHERE "job"."state" = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_token_hash_index" ON "invitation" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "member_person" ON "member" USING btree ("workspace_id","facebook_user_id");--> statement-breakpoint
CREATE INDEX "member_facebook_user_id_index" ON "member" USING btree ("facebook_user_id");