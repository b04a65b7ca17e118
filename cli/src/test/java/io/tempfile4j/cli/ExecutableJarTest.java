package io.tempfile4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is handed on with the command line. */
class ExecutableJarTest {

    /** Its own, which is that of picocli and Gson, too: Apache-2.0 wants its text passed on. */
    @Test
    void licence_isInTheJar() throws IOException {
        try (JarFile jar = new JarFile(Cli.JAR);
                InputStream licence = jar.getInputStream(jar.getEntry("META-INF/LICENSE"))) {
            assertThat(licence).hasBinaryContent(Files.readAllBytes(Path.of("../LICENSE")));
            assertThat(jar.getEntry("picocli/CommandLine.class")).isNotNull();
            assertThat(jar.getEntry("com/google/gson/Gson.class")).isNotNull();
        }
    }
}
