ALTER TABLE "webhook_event" ADD COLUMN "contact_id" uuid;--> statement-breakpoint
ALTER TABLE "webhook_event" ADD COLUMN "replayed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "contact_id" uuid;