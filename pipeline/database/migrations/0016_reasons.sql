-- The reason that was given last for what people say of a row.
ALTER TABLE overlays ADD COLUMN why TEXT CHECK (why <> '');
