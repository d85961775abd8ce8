-- Lines on which people had relied and which a newer program read otherwise: what they said and what they say.
CREATE TABLE rereadings (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    key TEXT,
    stable_id TEXT NOT NULL,
    label TEXT,
    was TEXT NOT NULL CHECK (json_type(was) = 'object'),
    now TEXT NOT NULL CHECK (json_type(now) = 'object'),
    changed_at TEXT NOT NULL
);
CREATE INDEX rereadings_by_document ON rereadings (document_id);
