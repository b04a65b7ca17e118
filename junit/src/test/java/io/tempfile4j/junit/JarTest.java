package io.tempfile4j.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JarTest {

    @Test
    void licence_isInTheJar() throws Exception {
        URL jar = Temporary.class.getProtectionDomain().getCodeSource().getLocation();
        assertThat(jar.getPath()).endsWith(".jar");
        try (InputStream licence = new URL("jar:" + jar + "!/META-INF/LICENSE").openStream()) {
            assertThat(licence).hasBinaryContent(Files.readAllBytes(Path.of("../LICENSE")));
        }
    }
}
