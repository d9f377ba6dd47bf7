ALTER TABLE "channel" ADD COLUMN "api_name" text;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "tells_story_replies" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "tells_story_mentions" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "blocked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "webhook_event" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "metadata" jsonb;