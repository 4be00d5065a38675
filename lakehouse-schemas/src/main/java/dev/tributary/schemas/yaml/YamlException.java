package dev.tributary.schemas.yaml;

/** A YAML file that a person has to correct: which file, where in it, what is wrong, what to do. */
public final class YamlException extends RuntimeException {
  private final String file;
  private final String place;

  /**
   * @param place path within the file, e.g. {@code columns[3].type}, or {@code line 4, column 2}
   */
  public YamlException(String file, String place, String problem, String fix) {
    super(file + ": " + (place.isEmpty() ? "" : place + ": ") + problem + "; " + fix);
    this.file = file;
    this.place = place;
  }

  public String file() {
    return file;
  }

  public String place() {
    return place;
  }
}
