package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/guarantees.md} is made of the {@link Behaviour} annotations: each numbered behaviour, and the tests that
 * show it on each back-end. A behaviour without a test has its reason in {@code untested.properties}.
 *
 * <p>To write the file anew: {@code ./mvnw verify -pl core -Dit.test=GuaranteesTest -Dtempfile4j.guarantees.update=true}.
 */
class GuaranteesTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "guarantees.md");
    private static final Path CLASSES = Path.of(System.getProperty("tempfile4j.test.classes"));
    private static final Path RESOURCES = Path.of("src", "test", "resources");
    private static final Pattern BEHAVIOUR = Pattern.compile("(\\d+)\\. (.*)");

    private static final String HEAD = """
            # Guarantees

            Each behaviour, and the test that shows it. *Machine*: the machine's own file system through `java.nio`, on
            each operating system and JDK that the hosted CI has, and on Linux once more through native calls. *Jimfs Unix*
            and *Jimfs Windows*: the same suite over a file system in memory, with the rules of the one and the other. Tests
            are in `core/src/test/java`; this file is made by `GuaranteesTest`, do not edit it.

            The numbers and sources: **Py** CPython's tests, **Py-src** its code, **Rs** the Rust crate's tests, **Rs-src**
            its code, **Rb** Ruby, **iss** a public bug report, **obs** and **JDK-obs** seen by running, **derived** ours.
            """;

    /** Number to backend to tests. */
    private final Map<Integer, Map<Backend.Kind, TreeSet<String>>> tests = new TreeMap<>();

    @Test
    void guarantees_eachBehaviour_hasATestOrAReasonAndIsInTheDocument() throws IOException, ClassNotFoundException {
        collect();
        String made = document();
        if (Boolean.getBoolean("tempfile4j.guarantees.update")) {
            Files.writeString(DOCUMENT, made);
        }
        assertThat(DOCUMENT).hasContent(made);
    }

    private void collect() throws IOException, ClassNotFoundException {
        for (Class<?> suite : testClasses()) {
            Class<?> outer = suite.getEnclosingClass();
            Backend.Kind kind = outer == null ? Backend.Kind.PORTABLE : kindOf(outer);
            for (Class<?> type = suite; type != null && type != Object.class; type = type.getSuperclass()) {
                for (Method method : type.getDeclaredMethods()) {
                    Behaviour shown = method.getAnnotation(Behaviour.class);
                    if (shown != null) {
                        String name = type.getSimpleName() + "." + method.getName();
                        Arrays.stream(shown.value())
                                .forEach(number -> tests.computeIfAbsent(number, n -> new TreeMap<>())
                                        .computeIfAbsent(kind, k -> new TreeSet<>())
                                        .add(name));
                    }
                }
            }
        }
    }

    private static Backend.Kind kindOf(Class<?> backendTest) {
        return switch (backendTest.getSimpleName()) {
            case "JimfsUnixBackendTest" -> Backend.Kind.JIMFS_UNIX;
            case "JimfsWindowsBackendTest" -> Backend.Kind.JIMFS_WINDOWS;
            default -> Backend.Kind.PORTABLE;
        };
    }

    /** Test classes, and the suites nested in them; contracts by themselves do not run. */
    private static List<Class<?>> testClasses() throws IOException, ClassNotFoundException {
        List<Class<?>> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                String name = CLASSES.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), ".");
                String className = name.substring(0, name.length() - ".class".length());
                if (className.matches(".*Test(\\$\\w+)?")) {
                    Class<?> type = Class.forName(className, false, GuaranteesTest.class.getClassLoader());
                    found.add(type);
                }
            }
        }
        return found;
    }

    private String document() throws IOException {
        Properties untested = new Properties();
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve("untested.properties"))) {
            untested.load(reader);
        }
        StringBuilder document = new StringBuilder(HEAD);
        List<String> unexplained = new ArrayList<>();
        for (String line : Files.readAllLines(RESOURCES.resolve("behaviours.md"))) {
            Matcher behaviour = BEHAVIOUR.matcher(line);
            if (line.startsWith("## ")) {
                document.append('\n')
                        .append(line)
                        .append("\n\n")
                        .append("| # | behaviour | Machine | Jimfs Unix | Jimfs Windows |\n")
                        .append("| --- | --- | --- | --- | --- |\n");
            } else if (behaviour.matches()) {
                int number = Integer.parseInt(behaviour.group(1));
                String reason = untested.getProperty(String.valueOf(number));
                boolean tested = tests.containsKey(number);
                if (tested == (reason != null)) {
                    unexplained.add(line + (tested ? " has a test and a reason" : ""));
                }
                document.append("| ")
                        .append(number)
                        .append(" | ")
                        .append(behaviour.group(2).replace("|", "\\|"))
                        .append(" | ")
                        .append(tested ? cells(number) : reason + " | |")
                        .append(" |\n");
            }
        }
        assertThat(unexplained)
                .as("behaviours with neither test nor reason, or with both")
                .isEmpty();
        return document.toString();
    }

    private String cells(int number) {
        return Arrays.stream(Backend.Kind.values())
                .map(kind -> tests.get(number).getOrDefault(kind, new TreeSet<>()).stream()
                        .map(test -> "`" + test + "`")
                        .collect(Collectors.joining("<br/>")))
                .collect(Collectors.joining(" | "));
    }
}
