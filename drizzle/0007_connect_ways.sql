DROP INDEX "channel_account";--> statement-breakpoint
ALTER TABLE "connect_attempt" ADD COLUMN "way" text DEFAULT 'login' NOT NULL;--> statement-breakpoint
ALTER TABLE "connect_attempt" ADD COLUMN "facebook_app_id" text;--> statement-breakpoint
CREATE UNIQUE INDEX "channel_one_account" ON "channel" USING btree ("account_id") WHERE state <> 'disconnected';