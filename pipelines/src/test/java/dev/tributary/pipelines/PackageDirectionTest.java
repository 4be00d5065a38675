package dev.tributary.pipelines;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Which package may use which: {@code cli → demo, bench → landing, identity → lake, job, broker →
 * store}; within identity: the job knows its parts, they do not know it nor each other.
 */
@AnalyzeClasses(
    packages = "dev.tributary.pipelines",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PackageDirectionTest {
  @ArchTest
  static final ArchRule nobodyUsesTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackages("..pipelines.cli..", "dev.tributary.pipelines")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..pipelines.cli..", "dev.tributary.pipelines");

  @ArchTest
  static final ArchRule theJobContractKnowsNoJob =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.job..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..pipelines.landing..",
              "..pipelines.demo..",
              "..pipelines.bench..",
              "..pipelines.broker..",
              "..pipelines.lake..");

  @ArchTest
  static final ArchRule theLakeKnowsNotWhatItHolds =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.lake..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..pipelines.landing..",
              "..pipelines.demo..",
              "..pipelines.bench..",
              "..pipelines.broker..",
              "..pipelines.job..");

  @ArchTest
  static final ArchRule landingKnowsNoProgramThatDrivesIt =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.landing..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..pipelines.demo..", "..pipelines.bench..", "..pipelines.broker..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theBrokerStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.broker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..pipelines.landing..",
              "..pipelines.demo..",
              "..pipelines.bench..",
              "..pipelines.lake..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule identityKnowsTablesNotWhoWritesThem =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.identity..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..pipelines.landing..",
              "..pipelines.demo..",
              "..pipelines.bench..",
              "..pipelines.broker..");

  @ArchTest
  static final ArchRule thePartsOfIdentityDoNotKnowTheJob =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.identity.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..pipelines.identity");

  @ArchTest
  static final ArchRule whatAGroupBecomesIsDecidedWithoutSpark =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.identity.graph..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..",
              "io.delta..",
              "..pipelines.identity.components..",
              "..pipelines.job..",
              "..pipelines.lake..");

  @ArchTest
  static final ArchRule theStoreKnowsOnlyFiles =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.store..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.tributary..").and(resideOutsideOfPackage("..store..")));

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("dev.tributary.pipelines.(*)..").should().beFreeOfCycles();
}
