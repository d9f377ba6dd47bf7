CREATE INDEX "conversation_unread" ON "conversation" USING btree ("workspace_id","channel_id","holder_id","offered_to_id") WHERE unread > 0;--> statement-breakpoint
UPDATE "contact" SET "search" = NULL WHERE "username" IS NOT NULL AND "name" IS NULL;
