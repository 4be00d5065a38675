package dev.tributary.predictor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The predictor stands alone, and nothing in it knows the command line. */
@AnalyzeClasses(
    packages = "dev.tributary.predictor",
    importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyDirectionTest {
  @ArchTest
  static final ArchRule itNeedsNeitherSparkNorOtherModules =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..", "dev.tributary.pipelines..", "dev.tributary.schemas..");

  @ArchTest
  static final ArchRule nobodyUsesTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("..predictor.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..predictor.cli..");

  @ArchTest
  static final ArchRule valuesKnowNobody =
      noClasses()
          .that()
          .resideInAPackage("..predictor.run..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..predictor.model..");

  @ArchTest
  static final ArchRule theServiceKnowsNoTransport =
      noClasses()
          .that()
          .resideInAPackage("..predictor.service")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..service.http..", "io.javalin..", "org.eclipse.jetty..");
}
