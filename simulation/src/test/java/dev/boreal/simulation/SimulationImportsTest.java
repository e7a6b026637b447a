package dev.boreal.simulation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What would make two runs of one seed differ is not used. */
class SimulationImportsTest {
    private static JavaClasses simulation;

    @BeforeAll
    static void importClasses() {
        simulation = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.boreal.simulation");
    }

    @Test
    void onlyTheCommandAndItsTallyLookAtTheSystemsClock() {
        noClasses()
                .that()
                .doNotHaveSimpleName("SimulationCommand")
                .and()
                .doNotHaveSimpleName("Tally") // tells people the rate
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("dev.boreal.clock.SystemClock")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("dev.boreal.clock.SystemTimer")
                .check(simulation);
    }

    @Test
    void usesNoThreadsNoHashOrderAndNoUnseededChance() {
        noClasses()
                .that()
                .doNotHaveSimpleName("ParallelRuns") // several runs at once, each in one thread
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.HashMap")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.HashSet")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent.locks..")
                .check(simulation);
    }

    @Test
    void drivesCoresAndNotTheirShells() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.boreal..service..", "dev.boreal.transport..", "dev.boreal.launcher..")
                .check(simulation);
    }
}
