package dev.boreal.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The import table of the rooms: who may import whom. Edited on purpose. */
class ImportTableTest {
    private static JavaClasses boreal;

    @BeforeAll
    static void importClasses() {
        boreal = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("dev.boreal");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # room          | other rooms     | libraries
            contracts       |                 | com.google.protobuf
            clock           | contracts       |
            pgwire          | contracts clock | io.netty com.ongres.scram org.slf4j
            queryprocessor  | contracts clock | com.fasterxml.jackson org.slf4j
            adjudicator     | contracts clock | org.slf4j org.jctools
            journal         | contracts clock | org.slf4j org.jctools
            crossbar        | contracts clock | org.slf4j org.jctools
            storage         | contracts clock | org.rocksdb org.slf4j org.jctools
            controlplane    | contracts clock | org.slf4j
            transport       | contracts clock | io.grpc io.netty com.google.protobuf org.slf4j org.jctools
            """)
    void importsOnlyWhatTheTableAllows(String room, String rooms, String libraries) {
        List<String> allowed = new ArrayList<>(List.of("java..", "javax..", "org.jspecify..", packageOf(room)));
        words(rooms).forEach(other -> allowed.add(packageOf(other)));
        words(libraries).forEach(library -> allowed.add(library + ".."));
        classes()
                .that()
                .resideInAPackage(packageOf(room))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .orShould()
                .onlyDependOnClassesThat(primitive())
                .check(boreal);
    }

    @Test
    void onlyTheLauncherHasMain() {
        methods()
                .that(new DescribedPredicate<JavaMethod>("are a main") {
                    @Override
                    public boolean test(JavaMethod method) {
                        return method.getName().equals("main")
                                && method.getRawParameterTypes().size() == 1
                                && method.getRawParameterTypes().getFirst().isAssignableTo(String[].class);
                    }
                })
                .should()
                .beDeclaredInClassesThat()
                .resideInAPackage("dev.boreal.launcher..")
                .check(boreal);
    }

    @ParameterizedTest
    @CsvSource({"contracts", "adjudicator", "journal", "crossbar", "storage", "controlplane", "pgwire"})
    void onlyServicesAndDisksTouchTheWorld(String room) {
        noClasses()
                .that()
                .resideInAPackage(packageOf(room))
                .and()
                // journal.client is a shell too, at the far end of the door: it waits, and so it has threads.
                .resideOutsideOfPackages("..service..", "..disk..", "dev.boreal.journal.client..")
                .should()
                .dependOnClassesThat(new DescribedPredicate<JavaClass>("are threads, files or sockets") {
                    @Override
                    public boolean test(JavaClass used) {
                        String name = used.getName();
                        return name.equals("java.lang.Thread")
                                || name.startsWith("java.util.concurrent.Executor")
                                || name.startsWith("java.nio.file.")
                                || name.startsWith("java.nio.channels.")
                                || name.startsWith("java.io.File")
                                || name.equals("java.net.Socket")
                                || name.equals("java.net.ServerSocket");
                    }
                })
                .check(boreal);
    }

    @Test
    void onlyTheMessagesBetweenProcessesNeedProtobuf() {
        noClasses()
                .that()
                .resideInAPackage("dev.boreal.contracts..")
                .and()
                .resideOutsideOfPackage("dev.boreal.contracts.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.protobuf..", "dev.boreal.contracts.wire..")
                .check(boreal);
    }

    private static DescribedPredicate<JavaClass> primitive() {
        return new DescribedPredicate<>("are primitive") {
            @Override
            public boolean test(JavaClass used) {
                return used.getBaseComponentType().isPrimitive();
            }
        };
    }

    private static String packageOf(String room) {
        return "dev.boreal." + room + "..";
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : Arrays.asList(text.strip().split(" +"));
    }
}
