-- Changes from v1: an index that alone answers which outcomes a model is judged by, all of them,
-- without reading the requests and answers.
CREATE INDEX predictions_scored ON predictions (
  job, model_version, run_seq, made_at, outcome, as_predicted, actual, run_id,
  expected, lower, upper, confidence, known
);
