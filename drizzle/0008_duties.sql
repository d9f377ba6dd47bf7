CREATE TABLE "deletion" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"workspace_id" uuid,
	"subject" text NOT NULL,
	"member_id" uuid,
	"counts" jsonb NOT NULL,
	"remains" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "erased_contact" (
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"person_hash" "bytea" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "erased_contact_channel_id_person_hash_pk" PRIMARY KEY("channel_id","person_hash")
);
--> statement-breakpoint
CREATE TABLE "sealed_key" (
	"name" text PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "used_request" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone DEFAULT desk_now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "message_edit" ADD COLUMN "contact_external_id" text;--> statement-breakpoint
ALTER TABLE "deletion" ADD CONSTRAINT "deletion_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deletion" ADD CONSTRAINT "deletion_workspace_id_member_id_member_workspace_id_id_fk" FOREIGN KEY ("workspace_id","member_id") REFERENCES "public"."member"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erased_contact" ADD CONSTRAINT "erased_contact_workspace_id_channel_id_channel_workspace_id_id_fk" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."channel"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deletion_code_index" ON "deletion" USING btree ("code");--> statement-breakpoint
CREATE INDEX "deletion_workspace_id_at_index" ON "deletion" USING btree ("workspace_id","at");