-- A room that is closed by hand is claimed by nobody, nor is what is in it: whoever tries gets nothing, as of a room that is taken. Closing
-- locks the rows of the rooms, which this waits for; so of two at the same moment the second sees the first.
CREATE FUNCTION "refuse_closed_room"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM FROM rooms WHERE id = NEW.room_id FOR KEY SHARE;
	IF EXISTS (
		WITH RECURSIVE around AS (
			SELECT id, within_id FROM rooms WHERE id = NEW.room_id
			UNION SELECT rooms.id, rooms.within_id FROM rooms JOIN around ON rooms.id = around.within_id
		)
		SELECT FROM room_closures JOIN around ON around.id = room_closures.room_id
		WHERE lifted_at IS NULL AND tstzrange(room_closures.starts_at, room_closures.ends_at) && NEW.during
	) THEN
		RETURN NULL;
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER "refuse_closed_room" BEFORE INSERT ON "room_claims" FOR EACH ROW EXECUTE FUNCTION "refuse_closed_room"();--> statement-breakpoint
-- which room is inside which is kept whole by the relations
CREATE TRIGGER "note_relation_change" AFTER INSERT OR UPDATE OF "id", "within_id" OR DELETE ON "rooms" FOR EACH ROW EXECUTE FUNCTION "note_relation_change"('id');--> statement-breakpoint
CREATE TRIGGER "note_relation_truncate" AFTER TRUNCATE ON "rooms" FOR EACH STATEMENT EXECUTE FUNCTION "note_relation_change"();
