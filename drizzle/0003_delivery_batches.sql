CREATE TABLE "delivery_batch" (
	"id" bigint PRIMARY KEY NOT NULL,
	"delivery_ids" bigint[] NOT NULL,
	"attempts" integer DEFAULT 1 NOT NULL,
	"leased_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "delivery_waiting";--> statement-breakpoint
DROP INDEX "conversation_newest";--> statement-breakpoint
CREATE INDEX "conversation_newest" ON "conversation" USING btree ("workspace_id","last_message_at");--> statement-breakpoint
ALTER TABLE "delivery" DROP COLUMN "state";--> statement-breakpoint
ALTER TABLE "delivery" DROP COLUMN "attempts";--> statement-breakpoint
ALTER TABLE "delivery" DROP COLUMN "leased_until";