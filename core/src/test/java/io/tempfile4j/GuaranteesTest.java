package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/guarantees.md} is made of the annotations {@link Behaviour}, {@link Needs} and {@link Over}: each numbered
 * behaviour, the tests that show it, and where these run. A behaviour without a test has its reason in {@code
 * untested.properties}; what is here instead of a behaviour is said in {@code otherwise.properties}.
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

            Each behaviour, the tests that show it, and where each of them runs: `a` is the test so named in the row, *all* are
            all of its row. Behind a test is what a machine must have for it; elsewhere it is skipped. *stress* is run by
            `-Dtest.excluded.groups=` only. Tests are in `core/src/test/java`.

            **What has been run:** Linux on x86-64 with JDK 17 and 25 by `java.nio` (*portable*), with JDK 25 by native calls
            (*native*), and with both JDKs Jimfs, a file system in memory with the rules of Unix or of Windows. **What has not
            been run yet:** macOS, Windows and JDK 21, for which a workflow is there (`.github/workflows/ci.yml`): these two
            columns say what it would run; and aarch64 and musl.

            Where no test runs, a word says why:

            | word | |
            | --- | --- |
            | *no …* | the tests need what this place does not have: a POSIX shell, the permissions of POSIX (and with them a umask), … |
            | *no processes* | the tests start processes of their own, which do not see a file system in memory |
            | *machine* | the tests are about the process, its default directory, the disk: a file system in memory has no part in it |
            | *in memory* | the tests have a file system in memory, which can be made to fail as they want |
            | *other rules* | the tests are about the other of the two kinds in memory |
            | – | no test: the row says why |

            **Here** says what the library does where that is not what the row says. The numbers and sources: **Py** CPython's
            tests, **Py-src** its code, **Rs** the Rust crate's tests, **Rs-src** its code, **Rb** Ruby, **iss** a public bug
            report, **obs** and **JDK-obs** seen by running, **derived** ours. This file is made by `GuaranteesTest`, do not edit it.
            """;

    /** A test by its name: where it runs, and what it needs. */
    private record Shown(Set<Need> needs, boolean stress, Set<Place> suites, Set<Place> places) {
        Shown(Set<Need> needs, Method method) {
            this(
                    needs,
                    method.isAnnotationPresent(Tag.class),
                    EnumSet.noneOf(Place.class),
                    EnumSet.noneOf(Place.class));
        }

        /** Why it is not run there. */
        String missing(Place place) {
            if (!suites.contains(place)) {
                if (suites.contains(Place.LINUX)) {
                    return needs.contains(Need.SHELL) ? "no processes" : "machine";
                }
                return place.isInMemory() ? "other rules" : "in memory";
            }
            return needs.stream()
                    .filter(need -> !need.places.contains(place))
                    .map(need -> "no " + need.name)
                    .findFirst()
                    .orElseThrow();
        }

        String conditions() {
            String all = Stream.concat(
                            stress ? Stream.of("stress") : Stream.empty(),
                            needs.stream().filter(Need::isOfTheMachine).map(need -> need.name))
                    .collect(Collectors.joining(", "));
            return all.isEmpty() ? "" : " (" + all + ")";
        }
    }

    /** Number to name to test. */
    private final Map<Integer, Map<String, Shown>> tests = new TreeMap<>();

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
            for (Class<?> type = suite; type != null && type != Object.class; type = type.getSuperclass()) {
                for (Method method : type.getDeclaredMethods()) {
                    Behaviour shown = method.getAnnotation(Behaviour.class);
                    if (shown != null) {
                        Arrays.stream(shown.value()).forEach(number -> add(number, suite, method));
                    }
                }
            }
        }
    }

    private void add(int number, Class<?> suite, Method method) {
        Set<Need> needs = NeedsCondition.needs(suite, method);
        Shown test = tests.computeIfAbsent(number, n -> new TreeMap<>())
                .computeIfAbsent(
                        method.getDeclaringClass().getSimpleName() + "." + method.getName(),
                        n -> new Shown(needs, method));
        Over over = NeedsCondition.over(suite, method);
        for (Place place : over == null ? Place.machines() : Set.of(over.value())) {
            test.suites.add(place);
            if (needs.stream().allMatch(need -> need.places.contains(place))) {
                test.places.add(place);
            }
        }
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
        Properties untested = properties("untested.properties");
        Properties otherwise = properties("otherwise.properties");
        StringBuilder document = new StringBuilder(HEAD);
        List<String> wrong = new ArrayList<>();
        for (String line : Files.readAllLines(RESOURCES.resolve("behaviours.md"))) {
            Matcher behaviour = BEHAVIOUR.matcher(line);
            if (line.startsWith("## ")) {
                document.append(String.format("%n%s%n%n| # | behaviour, tests |", line));
                Arrays.stream(Place.values()).forEach(place -> document.append(" " + place.title + " |"));
                document.append("\n| --- | --- |" + " --- |".repeat(Place.values().length) + "\n");
            } else if (behaviour.matches()) {
                String number = behaviour.group(1);
                Map<String, Shown> shown = tests.remove(Integer.valueOf(number));
                String reason = (String) untested.remove(number);
                String here = (String) otherwise.remove(number);
                if ((shown == null) == (reason == null) || (here != null && shown == null)) {
                    wrong.add(line);
                }
                document.append("| " + number + " | " + behaviour.group(2).replace("|", "\\|"));
                document.append(here == null ? "" : "<br/>**Here:** " + here);
                document.append(shown == null ? "<br/>**No test:** " + reason + " |" : names(shown) + " |");
                for (Place place : Place.values()) {
                    document.append(" " + (shown == null ? "–" : cell(shown, place)) + " |");
                }
                document.append('\n');
            }
        }
        assertThat(wrong)
                .as("behaviours with neither test nor reason, or with both; or decided otherwise without a test")
                .isEmpty();
        assertThat(List.of(tests, untested, otherwise))
                .as("numbers that no behaviour has")
                .allMatch(Map::isEmpty);
        return document.toString();
    }

    private static Properties properties(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve(name))) {
            properties.load(reader);
        }
        return properties;
    }

    private static String names(Map<String, Shown> shown) {
        StringBuilder names = new StringBuilder();
        char letter = 'a';
        for (Map.Entry<String, Shown> test : shown.entrySet()) {
            names.append("<br/>" + letter++ + " `" + test.getKey() + "`"
                    + test.getValue().conditions());
        }
        return names.toString();
    }

    /** The letters of the tests that run there, or why there are none. */
    private static String cell(Map<String, Shown> shown, Place place) {
        StringBuilder cell = new StringBuilder();
        Set<String> missing = new TreeSet<>();
        char letter = 'a';
        for (Shown test : shown.values()) {
            if (test.places.contains(place)) {
                cell.append(cell.isEmpty() ? "" : " ").append(letter);
            } else {
                missing.add(test.missing(place));
            }
            letter++;
        }
        if (missing.isEmpty() && shown.size() > 1) {
            return "all";
        }
        return cell.isEmpty() ? "*" + String.join(", ", missing) + "*" : cell.toString();
    }
}
