package dev.tributary.pipelines.lake;

import java.io.IOException;

/** Every error of the lake: problem, cause, fix, and the values. */
final class LakeErrors {
  private LakeErrors() {}

  static LakeException notATableName(String text) {
    return new LakeException(
        "'"
            + text
            + "' is not a name in the lake: write <namespace>.<table>, each of letters, digits,"
            + " '_', '-' and '.', for example silver.activity");
  }

  static LakeException noLake() {
    return new LakeException(
        "No lake is named: set "
            + Lake.SETTING
            + " to the lake's directory or URI, for example /data/lake or s3a://bucket/lake");
  }

  static LakeException unreadable(String place, IOException cause) {
    return new LakeException(
        "The lake's directory "
            + place
            + " cannot be read ("
            + cause.getMessage()
            + "): check that the place is right and that this process may read it",
        cause);
  }

  static LakeException viewIsDerived(TableName name) {
    return new LakeException(
        "The view "
            + name
            + " exists because the tables "
            + name
            + "_v<model> do, and cannot be created, changed or dropped: change those tables");
  }

  static LakeException notDelta(TableName name, String provider) {
    return new LakeException(
        "The table "
            + name
            + " cannot be created USING "
            + provider
            + ": the lake holds Delta tables only; write USING delta, or name another namespace");
  }

  static LakeException placeIsTheName(TableName name, String location) {
    return new LakeException(
        "The table "
            + name
            + " cannot be created at LOCATION '"
            + location
            + "': in the lake a table's directory is its name; leave LOCATION out");
  }

  static LakeException notEmpty(String namespace) {
    return new LakeException(
        "The namespace " + namespace + " still has tables: drop them first, or use CASCADE");
  }

  static LakeException noRename(TableName name) {
    return new LakeException(
        "The table "
            + name
            + " cannot be renamed, its directory is its name: CREATE TABLE … AS SELECT, then DROP");
  }
}
