package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What the JAR says of itself to module systems. */
class PackagedJarTest {

    private static final Path JAR = Path.of(System.getProperty("tempfile4j.test.jar"));

    @Test
    void osgiHeaders_ofTheJar_exportThePublicPackageAndNeedNothing() throws IOException {
        Attributes headers = manifest();
        assertThat(headers.getValue("Bundle-SymbolicName")).isEqualTo("io.tempfile4j");
        assertThat(headers.getValue("Bundle-Version")).matches("\\d+\\.\\d+\\.\\d+(\\.\\w+)?");
        assertThat(headers.getValue("Export-Package")).matches("io\\.tempfile4j;version=\"[\\d.]+\"");
        assertThat(headers.getValue("Import-Package").split(",(?=[a-z])"))
                .hasSize(2)
                .allMatch(header -> header.contains("resolution:=optional"))
                .anyMatch(header -> header.startsWith("jdk.jfr;"))
                .anyMatch(header -> header.startsWith("org.jspecify.annotations;"));
        assertThat(headers.getValue("Require-Capability")).contains("osgi.ee", "JavaSE)(version=17)");
    }

    @Test
    void manifest_besideTheOsgiHeaders_isMultiReleaseAndHasTheVersion() throws IOException {
        Attributes headers = manifest();
        assertThat(headers.getValue("Multi-Release")).isEqualTo("true");
        assertThat(headers.getValue("Implementation-Version")).isNotBlank();
        assertThat(headers.getValue("Private-Package")).isNull();
        assertThat(headers.getValue("Bnd-LastModified")).isNull();
    }

    @Test
    void module_ofTheJar_exportsThePublicPackageAndNeedsTheBaseAlone() {
        ModuleDescriptor module =
                ModuleFinder.of(JAR).find("io.tempfile4j").orElseThrow().descriptor();
        assertThat(module.exports())
                .filteredOn(exported -> !exported.isQualified())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactly("io.tempfile4j");
        assertThat(module.exports())
                .filteredOn(ModuleDescriptor.Exports::isQualified)
                .allSatisfy(exported -> assertThat(exported.targets()).containsExactly("io.tempfile4j.cli"));
        assertThat(module.requires())
                .filteredOn(needed -> !needed.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactly("java.base");
    }

    @Test
    void licence_isInTheJar() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile());
                InputStream licence = jar.getInputStream(jar.getEntry("META-INF/LICENSE"))) {
            assertThat(licence).hasBinaryContent(Files.readAllBytes(Path.of("../LICENSE")));
        }
    }

    private static Attributes manifest() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.getManifest().getMainAttributes();
        }
    }
}
