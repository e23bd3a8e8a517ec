package no.sertsynk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Dependencies point one way, and each library is used in its own place. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("no.sertsynk");
    private static final List<String> STAGES = List.of("register", "directory", "validation", "rollover", "keystore");

    @Test
    void stages_neverSeeEachOther() {
        for (String stage : STAGES) {
            List<String> others = new ArrayList<>(STAGES);
            others.remove(stage);
            others.addAll(List.of("sync", "state", "service", "config", "app", "cli", "sandbox"));
            noClasses()
                    .that()
                    .resideInAPackage("no.sertsynk." + stage + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages(others))
                    .check(CLASSES);
        }
    }

    @Test
    void innerPackages_doNotKnowOuterOnes() {
        Map<String, List<String>> forbidden = Map.of(
                "model",
                        List.of(
                                "register",
                                "directory",
                                "validation",
                                "rollover",
                                "keystore",
                                "sync",
                                "state",
                                "config",
                                "app",
                                "cli",
                                "sandbox"),
                "sync", List.of("state", "service", "config", "app", "cli", "sandbox"),
                "service",
                        List.of(
                                "register",
                                "directory",
                                "validation",
                                "keystore",
                                "state",
                                "config",
                                "app",
                                "cli",
                                "sandbox"),
                "state", List.of("register", "directory", "keystore", "config", "app", "cli", "sandbox"),
                "config",
                        List.of(
                                "register",
                                "directory",
                                "validation",
                                "rollover",
                                "keystore",
                                "sync",
                                "state",
                                "app",
                                "cli",
                                "sandbox"),
                "sandbox",
                        List.of(
                                "register",
                                "directory",
                                "validation",
                                "rollover",
                                "keystore",
                                "sync",
                                "state",
                                "config",
                                "app",
                                "cli"),
                "app", List.of("cli", "sandbox"));
        forbidden.forEach((from, to) -> noClasses()
                .that()
                .resideInAPackage("no.sertsynk." + from + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(to))
                .check(CLASSES));
    }

    @Test
    void servicesParts_neverSeeEachOther() {
        List<String> parts = List.of(
                "service.schedule",
                "service.hook",
                "service.admin",
                "service.observe",
                "service.log",
                "service.systemd",
                "service.tls");
        for (String part : parts) {
            List<String> others = new ArrayList<>(parts);
            others.remove(part);
            noClasses()
                    .that()
                    .resideInAPackage("no.sertsynk." + part + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages(others))
                    .check(CLASSES);
        }
    }

    @Test
    void state_knowsOfValidationWhatIsKeptAlone() {
        noClasses()
                .that()
                .resideInAPackage("no.sertsynk.state..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("no.sertsynk.validation..")
                        .and(DescribedPredicate.not(
                                JavaClass.Predicates.resideInAPackage("no.sertsynk.validation.verdict"))))
                .check(CLASSES);
    }

    @Test
    void libraries_areUsedInTheirOwnPackages() {
        Map<String, List<String>> homes = Map.ofEntries(
                Map.entry("com.unboundid..", List.of("directory", "sandbox")),
                Map.entry("org.bouncycastle..", List.of("validation", "keystore", "sandbox")),
                Map.entry("java.sql..", List.of("state")),
                Map.entry("org.sqlite..", List.of("state")),
                Map.entry("org.snakeyaml..", List.of("config")),
                Map.entry("picocli..", List.of("cli")),
                Map.entry("org.quartz..", List.of("service.schedule")),
                Map.entry("com.sun.net.httpserver..", List.of("service.admin", "sandbox")),
                Map.entry("io.prometheus..", List.of("service.observe")),
                Map.entry("ch.qos.logback..", List.of("service.log")),
                Map.entry("java.util.logging..", List.of("service.log")),
                Map.entry("sun.misc..", List.of("service.systemd")),
                Map.entry("com.nimbusds..", List.of("register.rest", "sandbox")),
                Map.entry("tools.jackson..", List.of("cli", "service", "register.rest")));
        homes.forEach((library, packages) -> noClasses()
                .that()
                .resideOutsideOfPackages(packages(packages))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES));
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("no.sertsynk.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void clockAndEnvironment_areReadAtTheEdgeAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages(List.of("app", "cli", "sandbox")))
                .should()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.Clock.class, "systemUTC")
                .check(CLASSES);
    }

    private static String[] packages(List<String> names) {
        return names.stream().map(name -> "no.sertsynk." + name + "..").toArray(String[]::new);
    }
}
