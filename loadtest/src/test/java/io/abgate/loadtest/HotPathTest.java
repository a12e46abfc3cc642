package io.abgate.loadtest;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What no prediction may meet on its way. */
@AnalyzeClasses(packages = "io.abgate", importOptions = ImportOption.DoNotIncludeTests.class)
class HotPathTest {
    private static final String[] ON_THE_WAY = {
        "io.abgate.gateway.inference..",
        "io.abgate.gateway.overload..",
        "io.abgate.gateway.security..",
        "io.abgate.model.dense.."
    };

    @ArchTest
    static final ArchRule noLock = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(ON_THE_WAY)
            .should()
            .haveModifier(JavaModifier.SYNCHRONIZED);

    @ArchTest
    static final ArchRule noLockOfOthers = noClasses()
            .that()
            .resideInAnyPackage(ON_THE_WAY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent.locks..");

    @ArchTest
    static final ArchRule noRegistryAndNoStore = noClasses()
            .that()
            .resideInAnyPackage(ON_THE_WAY)
            .should()
            .dependOnClassesThat(resideInAPackage("io.abgate.registry..")
                    .and(not(resideInAnyPackage(
                            "io.abgate.registry.domain..",
                            "io.abgate.registry.contract..",
                            "io.abgate.registry.keys.."))));

    @ArchTest
    static final ArchRule metersAreFoundByThoseWhoKeepThem = noClasses()
            .that()
            .resideInAnyPackage(ON_THE_WAY)
            .and()
            .haveSimpleNameNotEndingWith("Meters")
            .and()
            .haveNameNotMatching(".*Inference(\\$Shared)?|.*VersionMeters\\$Answers") // hand the registry on
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer.core.instrument..")
            .because("a look-up by tags costs as much as a hundred updates");

    @ArchTest
    static final ArchRule theClockIsReadAtTheBeginningAndAtTheEnd = noClasses()
            .that()
            .resideInAnyPackage(ON_THE_WAY)
            .and()
            .doNotHaveSimpleName("InferenceHandler") // the beginning, and the time of day in the prediction id
            .and()
            .doNotHaveSimpleName("WatchedPredictor") // the end
            .and()
            .doNotHaveSimpleName("Answering") // these only when others are asked
            .and()
            .doNotHaveSimpleName("Voting")
            .and()
            .doNotHaveSimpleName("ReplicaCalls")
            .and()
            .doNotHaveSimpleName("Inference") // every few seconds
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");
}
