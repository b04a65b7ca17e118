package com.example.app;

import io.tempfile4j.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Settings in a file that is replaced as a whole: a reader sees the old ones or the new ones. */
public final class Settings {

    private final Path file;

    public Settings(Path file) {
        this.file = file;
    }

    public void save(Properties properties) throws IOException {
        AtomicFile.replace(file, made -> properties.store(made.outputStream(), null));
    }

    public Properties load() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        return properties;
    }
}
