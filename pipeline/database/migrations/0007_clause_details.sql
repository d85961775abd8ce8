-- What a clause says beside its amount: which share, counted from where, which way, rounded how; and between what a line's points can move.

ALTER TABLE clauses ADD COLUMN share REAL CHECK (share >= 0);
ALTER TABLE clauses ADD COLUMN base REAL;
ALTER TABLE clauses ADD COLUMN direction TEXT CHECK (direction IN ('below', 'above'));
ALTER TABLE clauses ADD COLUMN sign TEXT CHECK (sign IN ('+', '-'));
ALTER TABLE clauses ADD COLUMN rounding TEXT CHECK (rounding IN ('started'));
ALTER TABLE thresholds ADD COLUMN kind TEXT CHECK (kind IN ('target', 'boundary'));
ALTER TABLE indicators ADD COLUMN floor REAL;
ALTER TABLE indicators ADD COLUMN ceiling REAL;
