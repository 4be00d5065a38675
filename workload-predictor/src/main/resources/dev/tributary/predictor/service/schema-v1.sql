-- The first version.

-- A run is a fact: added once, never changed. seq is the order in which runs became known.
CREATE TABLE runs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  job TEXT NOT NULL,
  run_id TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  document TEXT NOT NULL,
  UNIQUE (job, run_id)
);

CREATE TABLE jobs (
  job TEXT PRIMARY KEY,
  mode TEXT NOT NULL,
  created_at TEXT NOT NULL
);

-- A model is refitted from the runs from since_seq on; what is kept is how, not its coefficients.
CREATE TABLE models (
  job TEXT NOT NULL REFERENCES jobs (job),
  version INTEGER NOT NULL,
  learner TEXT NOT NULL,
  since_seq INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('champion', 'challenger', 'retired', 'rejected')),
  cause TEXT NOT NULL,
  created_at TEXT NOT NULL,
  champion_since TEXT,
  replaced INTEGER,
  PRIMARY KEY (job, version)
);
CREATE UNIQUE INDEX one_champion ON models (job) WHERE status = 'champion';
CREATE UNIQUE INDEX one_challenger ON models (job) WHERE status = 'challenger';

-- Written before the run; the outcome closes it, once.
CREATE TABLE predictions (
  id TEXT PRIMARY KEY,
  job TEXT NOT NULL REFERENCES jobs (job),
  run_id TEXT NOT NULL,
  made_at TEXT NOT NULL,
  model_version INTEGER NOT NULL,
  request TEXT NOT NULL,
  answer TEXT NOT NULL,
  cluster TEXT NOT NULL,
  expected REAL NOT NULL,
  lower REAL NOT NULL,
  upper REAL NOT NULL,
  confidence REAL NOT NULL,
  known INTEGER NOT NULL,
  model TEXT NOT NULL,
  reason TEXT NOT NULL,
  closed_at TEXT,
  run_seq INTEGER REFERENCES runs (seq),
  actual REAL,
  outcome TEXT,
  as_predicted INTEGER,
  UNIQUE (job, run_id),
  FOREIGN KEY (job, model_version) REFERENCES models (job, version),
  CHECK ((closed_at IS NULL) = (run_seq IS NULL))
);
CREATE INDEX predictions_by_time ON predictions (job, made_at);

-- Champion and challenger on the same later run, absolute log errors, each fitted to what was
-- before it.
CREATE TABLE comparisons (
  job TEXT NOT NULL,
  challenger INTEGER NOT NULL,
  run_seq INTEGER NOT NULL REFERENCES runs (seq),
  champion INTEGER NOT NULL,
  champion_error REAL NOT NULL,
  challenger_error REAL NOT NULL,
  PRIMARY KEY (job, challenger, run_seq)
);
