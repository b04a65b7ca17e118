package io.tempfile4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the code base promises about itself. */
class ArchitectureTest {

    private static final Path JAR = Path.of(System.getProperty("tempfile4j.test.jar"));
    private static final Path SOURCES = Path.of("src", "main");
    private static final JavaClasses CLASSES = importJar();

    private static final String API = "io.tempfile4j";
    private static final String EVENTS = "io.tempfile4j.internal.events..";
    private static final String JOURNAL = "io.tempfile4j.internal.journal..";
    private static final String LIFETIME = "io.tempfile4j.internal.lifetime..";
    private static final String BYTES = "io.tempfile4j.internal.bytes..";
    private static final String PLATFORM = "io.tempfile4j.internal.platform..";

    @Test
    void publicTypes_areTheseAndNoOthers() {
        Set<String> types = CLASSES.stream()
                .filter(type -> type.getPackageName().equals(API))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && !type.isNestedClass())
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
        assertThat(types)
                .containsExactlyInAnyOrder(
                        "AtomicFile",
                        "CleanupException",
                        "ContentWriter",
                        "EndHold",
                        "FileObject",
                        "MkstempResult",
                        "NamedTemporaryFile",
                        "NoUsableTempDirectoryException",
                        "PathMaker",
                        "PersistException",
                        "PersistOption",
                        "ReapReport",
                        "SpooledTemporaryFile",
                        "Stats",
                        "TempSpace",
                        "Tempfile",
                        "TemporaryDirectory",
                        "TemporaryFile",
                        "TemporaryPath",
                        "TextFile",
                        "TextOptions",
                        "Whence");
    }

    @Test
    void module_exportsOnePackageAndNeedsOnlyTheBase() {
        ModuleDescriptor module =
                ModuleFinder.of(JAR).find("io.tempfile4j").orElseThrow().descriptor();
        assertThat(module.exports())
                .filteredOn(exported -> !exported.isQualified()) // but to the command line
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactly(API);
        assertThat(module.requires())
                .filteredOn(needed -> !needed.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactly("java.base");
    }

    @Test
    void packages_dependDownwardsOnly() {
        noClasses()
                .that()
                .resideInAPackage(PLATFORM)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(API, LIFETIME, JOURNAL, EVENTS, BYTES)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(JOURNAL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(API, LIFETIME, BYTES)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(LIFETIME, BYTES, EVENTS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(API)
                .check(CLASSES);
        slices().matching("io.tempfile4j.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void publicSignatures_showNothingInternal() {
        noMethods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage(API)
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .should()
                .haveRawReturnType(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "internal", type -> type.getPackageName().startsWith("io.tempfile4j.internal")))
                .check(CLASSES);
    }

    @Test
    void packages_areNullMarked() throws ClassNotFoundException {
        for (String name : List.of(
                API,
                "io.tempfile4j.internal.events",
                "io.tempfile4j.internal.journal",
                "io.tempfile4j.internal.lifetime",
                "io.tempfile4j.internal.bytes",
                "io.tempfile4j.internal.platform")) {
            assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
                    .as(name)
                    .isTrue();
        }
    }

    @Test
    void operatingSystemAndEnvironment_areReadInOnePlaceEach() throws IOException {
        assertThat(sourcesWith("\"os.name\"")).containsExactly("Os.java");
        assertThat(sourcesWith("\"java.io.tmpdir\"")).containsExactly("LocationSearch.java");
        assertThat(sourcesWith("\"TMPDIR\"")).containsExactly("LocationSearch.java");
    }

    @Test
    void logger_isFoundInOnePlace_whichEscapesWhatIsLogged() throws IOException {
        assertThat(sourcesWith("System.getLogger(")).containsExactly("EscapingLogger.java");
    }

    @Test
    void sources_printNothingAndLeaveNothingToTheJdk() throws IOException {
        for (String forbidden : List.of("System.out", "printStackTrace", "deleteOnExit(", "TODO", "FIXME")) {
            assertThat(sourcesWith(forbidden)).as(forbidden).isEmpty();
        }
        // At the end of the JVM, after java.util.logging has taken its handlers away.
        assertThat(sourcesWith("System.err")).containsExactly("EndLog.java");
    }

    private static JavaClasses importJar() {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return new ClassFileImporter().importJar(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> sourcesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> contains(file, text))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
