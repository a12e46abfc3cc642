package io.abgate.loadtest;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaMember.Predicates.declaredIn;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.abgate.gateway.routing.Routes;

/** What no prediction may meet on its way. */
@AnalyzeClasses(packages = "io.abgate", importOptions = ImportOption.DoNotIncludeTests.class)
class HotPathTest {
    private static final DescribedPredicate<JavaClass> ON_THE_WAY = resideInAnyPackage(
                    "io.abgate.gateway.inference..",
                    "io.abgate.gateway.overload..",
                    "io.abgate.gateway.security..",
                    "io.abgate.gateway.http..",
                    "io.abgate.gateway.traffic..",
                    "io.abgate.gateway.health..",
                    "io.abgate.gateway.routing..",
                    "io.abgate.model.dense..")
            .or(nameMatching("io\\.abgate\\.gateway\\.launcher\\.ListenerMetrics(\\$.*)?"))
            // verticles have turns of their own, and these are theirs
            .and(not(nameMatching("io\\.abgate\\.gateway\\.(traffic|health|routing)\\."
                    + "(.*Verticle|HealthMeters|ClusterHealth|RouteMeters|Override.*|NodeDirectory|Reach)(\\$.*)?")))
            .as("classes on the way of a prediction");

    @ArchTest
    static final ArchRule noLock = noMethods()
            .that()
            .areDeclaredInClassesThat(ON_THE_WAY)
            .and(not(declaredIn(Routes.class).and(name("follow").or(name("override"))))) // when a table changes
            .should()
            .haveModifier(JavaModifier.SYNCHRONIZED);

    @ArchTest
    static final ArchRule noLockOfOthers = noClasses()
            .that(ON_THE_WAY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent.locks..");

    @ArchTest
    static final ArchRule noRegistryAndNoStore = noClasses()
            .that(ON_THE_WAY)
            .should()
            .dependOnClassesThat(resideInAPackage("io.abgate.registry..")
                    .and(not(resideInAnyPackage(
                            "io.abgate.registry.domain..",
                            "io.abgate.registry.contract..",
                            "io.abgate.registry.keys.."))));

    @ArchTest
    static final ArchRule metersAreFoundByThoseWhoKeepThem = noClasses()
            .that(ON_THE_WAY)
            .and()
            .haveSimpleNameNotEndingWith("Meters")
            .and()
            .haveNameNotMatching(".*Inference(\\$Shared)?|.*VersionMeters\\$Answers") // hand the registry on
            .and()
            .haveNameNotMatching(".*ListenerMetrics(\\$.*)?") // once for each route and status
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer.core.instrument..")
            .because("a look-up by tags costs as much as a hundred updates");

    @ArchTest
    static final ArchRule theClockIsReadAtTheBeginningAndAtTheEnd = noClasses()
            .that(ON_THE_WAY)
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
            .and()
            .doNotHaveSimpleName("ListenerMetrics") // of other routes than predictions
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");
}
