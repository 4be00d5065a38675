package dev.tributary.predictor.recommend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** {@code output → recommend → memory, price}; none knows how models are fitted. */
@AnalyzeClasses(
    packages = "dev.tributary.predictor",
    importOptions = ImportOption.DoNotIncludeTests.class)
class RecommendDirectionTest {
  @ArchTest
  static final ArchRule pricesAndMemoryKnowNoRecommendation =
      noClasses()
          .that()
          .resideInAnyPackage("..predictor.price..", "..predictor.memory..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..predictor.recommend..", "..predictor.output..");

  @ArchTest
  static final ArchRule aRecommendationKnowsNoFileFormatOfAPlatformNorWhereModelsComeFrom =
      noClasses()
          .that()
          .resideInAPackage("..predictor.recommend..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..predictor.output..", "..predictor.runtime..");
}
