-- As its namesake for people: plpgsql and dear, so that no plan works it out for row after row.
CREATE FUNCTION search_vector(workspace_id uuid, conversation_id uuid, search text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
BEGIN
	RETURN array_to_tsvector(string_to_array(right(conversation_id::text, 12) || replace(search, ' ', ' ' || right(workspace_id::text, 8)), ' '));
END
$$;--> statement-breakpoint
DROP INDEX "message_words";--> statement-breakpoint
CREATE INDEX "message_words" ON "message" USING gin (search_vector(workspace_id, conversation_id, search)) WHERE search <> '';