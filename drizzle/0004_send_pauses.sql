ALTER TABLE "channel" ADD COLUMN "paused_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "retries" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "reaction" ADD COLUMN "conversation_id" uuid;--> statement-breakpoint
ALTER TABLE "reaction" ADD COLUMN "arrival" bigint;--> statement-breakpoint
CREATE INDEX "reaction_conversation" ON "reaction" USING btree ("conversation_id","at") WHERE emoji is not null;