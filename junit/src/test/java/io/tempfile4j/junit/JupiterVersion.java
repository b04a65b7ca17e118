package io.tempfile4j.junit;

import io.tempfile4j.TempSpace;
import io.tempfile4j.junit.samples.KitRunner;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.opentest4j.AssertionFailedError;

/**
 * The versions of Jupiter that the module is for. Sample classes run through the test kit of each, in class loaders of their
 * own: this JVM's tests run with the newest.
 */
enum JupiterVersion {
    OLDEST,
    NEWEST;

    private ClassLoader loader;

    /** Runs the tests of sample classes. */
    KitResult run(Map<String, String> parameters, Class<?>... samples) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            ClassLoader loader = loader();
            Thread.currentThread().setContextClassLoader(loader);
            String[] names = Stream.of(samples).map(Class::getName).toArray(String[]::new);
            @SuppressWarnings("unchecked")
            Function<List<Object>, List<String[]>> runner =
                    (Function<List<Object>, List<String[]>>) loader.loadClass(KitRunner.class.getName())
                            .getDeclaredConstructor()
                            .newInstance();
            return KitResult.of(runner.apply(List.of(names, parameters)));
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("the test kit cannot be run", impossible);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    KitResult run(Class<?>... samples) {
        return run(Map.of(), samples);
    }

    /** For a JVM of its own. */
    String classPath() {
        return String.join(
                File.pathSeparator, jars().stream().map(Path::toString).toList());
    }

    /** Not closed: threads of the library in it go on until the JVM ends. */
    private synchronized ClassLoader loader() throws IOException {
        ClassLoader known = loader;
        if (known == null) {
            known = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader());
            loader = known;
        }
        return known;
    }

    private URL[] urls() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars()) {
            urls.add(jar.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private List<Path> jars() {
        List<Path> jars = new ArrayList<>();
        for (Class<?> each : List.of(
                JupiterVersion.class, Temporary.class, TempSpace.class, Assertions.class, AssertionFailedError.class)) {
            jars.add(origin(each));
        }
        // AssertJ's byte-code library, and annotations.
        for (String name : List.of("net.bytebuddy.ByteBuddy", "org.jspecify.annotations.Nullable")) {
            try {
                jars.add(origin(Class.forName(name)));
            } catch (ClassNotFoundException notNeeded) {
                // Some versions do without.
            }
        }
        if (this == OLDEST) {
            try (Stream<Path> all = Files.list(Path.of(System.getProperty("tempfile4j.test.junit.oldest")))) {
                all.forEach(jars::add);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        } else {
            for (Class<?> each :
                    List.of(Test.class, JUnitException.class, TestEngine.class, Launcher.class, EngineTestKit.class)) {
                jars.add(origin(each));
            }
            jars.add(origin(engine()));
        }
        return jars;
    }

    private static Class<?> engine() {
        try {
            return Class.forName("org.junit.jupiter.engine.JupiterTestEngine");
        } catch (ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
