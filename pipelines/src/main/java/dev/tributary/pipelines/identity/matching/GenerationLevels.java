package dev.tributary.pipelines.identity.matching;

import java.util.List;

/** Junior or senior, the second or the third: who differs in it is somebody else. */
final class GenerationLevels implements LevelRule {
  @Override
  public List<String> labels() {
    return List.of("different", "equal");
  }

  @Override
  public double[] belief() {
    return new double[] {0.0001, 0.9999};
  }

  @Override
  public double sharing() {
    return Household.PERSONAL;
  }

  @Override
  public String normalise(String value) {
    return value;
  }

  @Override
  public int level(String left, String right) {
    return 0;
  }

  @Override
  public List<String> keyNames() {
    return List.of();
  }

  @Override
  public String[] keys(String value) {
    return new String[0];
  }
}
