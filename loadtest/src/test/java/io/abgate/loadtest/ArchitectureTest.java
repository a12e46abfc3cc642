package io.abgate.loadtest;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.Deployable;
import java.time.Clock;
import java.time.Instant;

/** Holds the walls between the rooms. */
@AnalyzeClasses(packages = "io.abgate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PURE = {
        "io.abgate.registry.domain..", "io.abgate.registry.evidence..", "io.abgate.registry.policy.."
    };

    @ArchTest
    static final ArchRule theRegistryDependsOnNoOtherModule = noClasses()
            .that()
            .resideInAPackage("io.abgate.registry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.abgate.model..", "io.abgate.gateway..", "io.abgate.loadtest..");

    @ArchTest
    static final ArchRule modelsDoNotKnowTheGateway = noClasses()
            .that()
            .resideInAPackage("io.abgate.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.abgate.gateway..", "io.abgate.loadtest..");

    @ArchTest
    static final ArchRule modelsKnowOnlyDomainAndContractOfTheRegistry = noClasses()
            .that()
            .resideInAPackage("io.abgate.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.abgate.registry",
                    "io.abgate.registry.evidence..",
                    "io.abgate.registry.policy..",
                    "io.abgate.registry.store..");

    @ArchTest
    static final ArchRule theLoadTestKnowsOnlyTheEvidenceOfTheRegistryAndTheClientOfTheGateway = noClasses()
            .that()
            .resideInAPackage("io.abgate.loadtest..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.abgate..")
                    .and(not(resideInAnyPackage(
                            "io.abgate.loadtest..", "io.abgate.registry.evidence..", "io.abgate.gateway.client.."))));

    @ArchTest
    static final ArchRule statisticsOfTheLoadTestTouchNoVertx = noClasses()
            .that()
            .resideInAPackage("io.abgate.loadtest.statistics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "com.fasterxml..", "io.abgate.gateway..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.abgate.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theCoreTouchesNeitherVertxNorHazelcastNorADatabase = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "com.hazelcast..", "java.sql..", "org.jdbi..", "com.fasterxml..");

    @ArchTest
    static final ArchRule theCoreReadsNoClock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now");

    /** Their last bit may differ from one processor or Java to the next, so that no receipt would replay; roots are exact. */
    @ArchTest
    static final ArchRule theCoreComputesTheSameBitsEverywhere = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .accessTargetWhere(
                    targetOwner(type(Math.class))
                            .and(
                                    target(
                                            nameMatching(
                                                    "log|log10|log1p|exp|expm1|pow|cbrt|hypot|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh"))));

    @ArchTest
    static final ArchRule evidenceKnowsOnlyTheDomain = noClasses()
            .that()
            .resideInAPackage("io.abgate.registry.evidence..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.abgate.registry",
                    "io.abgate.registry.contract..",
                    "io.abgate.registry.policy..",
                    "io.abgate.registry.store..");

    @ArchTest
    static final ArchRule hazelcastIsUsedOnlyWhereNodesMeet = noClasses()
            .that()
            .resideOutsideOfPackage("io.abgate.gateway.launcher..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster.hazelcast..");

    @ArchTest
    static final ArchRule ojAlgoIsUsedOnlyByNetworksAndTheirTraining = noClasses()
            .that()
            .resideOutsideOfPackages("io.abgate.model.dense..", "io.abgate.model.training..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.ojalgo..");

    @ArchTest
    static final ArchRule databasesAreUsedOnlyByTheStore = noClasses()
            .that()
            .resideOutsideOfPackage("io.abgate.registry.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.jdbi..", "com.zaxxer..", "org.flywaydb..", "org.sqlite..");

    @ArchTest
    static final ArchRule verticlesAreFinal = classes()
            .that()
            .areAssignableTo(Deployable.class)
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
