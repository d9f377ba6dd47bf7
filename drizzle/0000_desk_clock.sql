-- The desk's one clock. The table clock (next migration) holds an offset that only tests move.
CREATE FUNCTION desk_now() RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN clock_timestamp() + coalesce((SELECT make_interval(secs => offset_ms / 1000.0) FROM clock WHERE id = 1), interval '0');
END
$$;
