-- The records of the log of answers from which an assessment was made: what the log lacks one day is still known here. NULL until answers
-- are applied the next time.

ALTER TABLE assessments ADD COLUMN records TEXT CHECK (json_type(records) = 'array');
