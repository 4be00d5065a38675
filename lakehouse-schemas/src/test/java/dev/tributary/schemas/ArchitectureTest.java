package dev.tributary.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.tributary.schemas",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule knowsNeitherSparkNorAnyEngine =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache..", "io.delta..", "scala..", "dev.tributary.pipelines..");

  @ArchTest
  static final ArchRule packagesFormNoCircle =
      slices().matching("dev.tributary.schemas.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule dialectKnowsNoOtherPackage =
      noClasses()
          .that()
          .resideInAPackage("..schemas.dialect..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..schemas.registry..",
              "..schemas.validation..",
              "..schemas.compatibility..",
              "..schemas.types..",
              "..schemas.contract..",
              "..schemas.plan..");

  @ArchTest
  static final ArchRule compatibilityKnowsOnlyTheDialect =
      noClasses()
          .that()
          .resideInAPackage("..schemas.compatibility..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..schemas.registry..",
              "..schemas.validation..",
              "..schemas.types..",
              "..schemas.contract..",
              "..schemas.plan..");

  @ArchTest
  static final ArchRule registryAndValidationKnowNoTables =
      noClasses()
          .that()
          .resideInAnyPackage("..schemas.registry..", "..schemas.validation..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..schemas.types..", "..schemas.contract..", "..schemas.plan..");
}
