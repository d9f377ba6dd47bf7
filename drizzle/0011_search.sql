-- plpgsql and dear on purpose: a plan that works it out for row after row instead of asking its index is never chosen.
CREATE FUNCTION search_vector(workspace_id uuid, search text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
BEGIN
	RETURN array_to_tsvector(string_to_array(substr(replace(search, ' ', ' ' || right(workspace_id::text, 8)), 2), ' '));
END
$$;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "search" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "search" text;--> statement-breakpoint
CREATE INDEX "contact_words" ON "contact" USING gin (search_vector(workspace_id, search)) WHERE search <> '';--> statement-breakpoint
CREATE INDEX "contact_unsearched" ON "contact" USING btree ("workspace_id","id") WHERE search is null;--> statement-breakpoint
CREATE INDEX "message_words" ON "message" USING gin (search_vector(workspace_id, search)) WHERE search <> '';--> statement-breakpoint
CREATE INDEX "message_newest" ON "message" USING btree ("workspace_id","sent_at","id") WHERE search <> '';--> statement-breakpoint
CREATE INDEX "message_unsearched" ON "message" USING btree ("workspace_id","id") WHERE search is null and unsent_at is null;