package io.tempfile4j.internal.platform;

import io.tempfile4j.internal.platform.Location.Refusal;
import io.tempfile4j.internal.platform.Location.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks for the directory for temporary files: which candidates there are, and whether one serves. */
public final class LocationSearch {

    /** Python tries as many names for its probe. */
    private static final int PROBE_TRIES = 100;

    private static final Names.Pattern PROBE_NAME = new Names.Pattern("tmp", Names.DEFAULT_RANDOM_LENGTH, "");

    private final Function<String, @Nullable String> properties;
    private final Function<String, @Nullable String> environment;
    private final Os os;
    private final Names names;

    LocationSearch(
            Function<String, @Nullable String> properties,
            Function<String, @Nullable String> environment,
            Os os,
            Names names) {
        this.properties = properties;
        this.environment = environment;
        this.os = os;
        this.names = names;
    }

    /** For this process, as it is now. */
    static LocationSearch ofProcess() {
        return new LocationSearch(new Properties(), new Environment(), Os.current(), Names.system());
    }

    Location choose() {
        List<Verdict> passed = new ArrayList<>();
        List<Verdict> exposed = new ArrayList<>();
        for (Candidate candidate : candidates()) {
            Verdict verdict = located(candidate);
            if (verdict.lastResort()) {
                exposed.add(verdict);
            } else {
                verdict = probed(verdict);
                if (verdict.reason() == null) {
                    passed.addAll(exposed);
                    return chosen(verdict, passed);
                }
                passed.add(verdict);
            }
        }
        for (Verdict last : exposed) {
            Verdict verdict = probed(last);
            if (verdict.reason() == null) {
                return chosen(verdict, passed);
            }
            passed.add(verdict);
        }
        return new Location(null, refusals(passed), "");
    }

    private static Location chosen(Verdict verdict, List<Verdict> passed) {
        return new Location(verdict.directory(), refusals(passed), verdict.exposure());
    }

    private static List<Refusal> refusals(List<Verdict> passed) {
        List<Refusal> refusals = new ArrayList<>();
        for (Verdict verdict : passed) {
            String reason = Objects.requireNonNull(verdict.objection());
            refusals.add(new Refusal(verdict.origin(), verdict.value(), verdict.asked(), reason));
        }
        return List.copyOf(refusals);
    }

    List<Verdict> verdicts() {
        return candidates().stream()
                .map(LocationSearch::located)
                .map(this::probed)
                .toList();
    }

    /** Finds out what others can do there; creates nothing. */
    private static Verdict located(Candidate candidate) {
        Path directory = null;
        String reason;
        try {
            directory = Location.absolute(Path.of(candidate.value()));
            // Says what is wrong with it before its path is gone through.
            PortableDirectory.open(directory);
            return candidate.verdict(directory, DirectoryTrust.of(directory));
        } catch (InvalidPathException noPath) {
            reason = "is not usable: " + noPath.getReason();
        } catch (IOException e) {
            reason = reason(directory, e);
        }
        return new Verdict(candidate.origin(), candidate.value(), candidate.asked(), directory, reason, "", false);
    }

    /** Finds out whether a file can be created, written and removed there, unless something is wrong already. */
    private Verdict probed(Verdict located) {
        Path directory = located.directory();
        if (located.reason() != null || directory == null) {
            return located;
        }
        try {
            names.choose(directory, PROBE_NAME, PROBE_TRIES, new Probe(PortableDirectory.open(directory)));
            return located;
        } catch (IOException e) {
            return new Verdict(
                    located.origin(),
                    located.value(),
                    located.asked(),
                    directory,
                    reason(directory, e),
                    located.exposure(),
                    located.lastResort());
        }
    }

    /** In the order of preference; each path once, as what names it first. */
    List<Candidate> candidates() {
        Map<String, Candidate> byValue = new LinkedHashMap<>();
        List<Candidate> all = new ArrayList<>();
        all.add(property("tempfile4j.dir", true));
        String jdk = properties.apply("java.io.tmpdir");
        if (jdk != null && !isBuiltIn(jdk)) {
            all.add(property("java.io.tmpdir", true));
        }
        for (String variable : List.of("TMPDIR", "TEMP", "TMP")) {
            all.add(new Candidate(variable, environment.apply(variable), true));
        }
        all.add(property("java.io.tmpdir", false));
        for (String builtIn : builtIns()) {
            all.add(new Candidate("built-in", builtIn, false));
        }
        all.add(new Candidate("current directory", properties.apply("user.dir"), false));
        for (Candidate candidate : all) {
            if (!candidate.value().isEmpty()) {
                byValue.putIfAbsent(candidate.value(), candidate);
            }
        }
        return List.copyOf(byValue.values());
    }

    private Candidate property(String name, boolean asked) {
        return new Candidate(name, properties.apply(name), asked);
    }

    /** Whether the JDK gives this value to {@code java.io.tmpdir} by itself, so that nobody chose it. */
    private boolean isBuiltIn(String value) {
        Path path;
        try {
            path = Path.of(value);
        } catch (InvalidPathException broken) {
            return false;
        }
        if (os == Os.WINDOWS) {
            return isVariable(value, "TMP") || isVariable(value, "TEMP") || isVariable(value, "USERPROFILE");
        }
        // On macOS confstr(_CS_DARWIN_USER_TEMP_DIR).
        boolean second = os == Os.MACOS ? path.startsWith("/var/folders") : path.equals(Path.of("/var/tmp"));
        return second || path.equals(Path.of("/tmp"));
    }

    private boolean isVariable(String value, String variable) {
        String set = environment.apply(variable);
        return set != null && withoutEnd(set).equalsIgnoreCase(withoutEnd(value));
    }

    private static String withoutEnd(String windowsPath) {
        return windowsPath.endsWith("\\") ? windowsPath.substring(0, windowsPath.length() - 1) : windowsPath;
    }

    /** As Python has them. */
    private List<String> builtIns() {
        if (os != Os.WINDOWS) {
            return List.of("/tmp", "/var/tmp", "/usr/tmp");
        }
        List<String> builtIns = new ArrayList<>();
        String home = properties.apply("user.home");
        if (home != null) {
            builtIns.add(home + "\\AppData\\Local\\Temp");
        }
        String root = environment.apply("SYSTEMROOT");
        if (root != null) {
            builtIns.add(root + "\\Temp");
        }
        builtIns.addAll(List.of("c:\\temp", "c:\\tmp", "\\temp", "\\tmp"));
        return builtIns;
    }

    /** In a directory that is there, what was not to be found or is denied is the file of the probe. */
    static String reason(@Nullable Path directory, IOException e) {
        boolean isThere = directory != null && Files.isDirectory(directory);
        if (e instanceof NoSuchFileException) {
            return isThere ? "nothing can be made in it" : "does not exist";
        }
        if (e instanceof NotDirectoryException) {
            return "is not a directory";
        }
        if (e instanceof AccessDeniedException) {
            return isThere ? "no permission to make anything in it" : "no permission to look at it";
        }
        return "is not usable: " + Reason.of(e);
    }

    /**
     * The system's own directories for temporary files, whatever anybody has chosen for this process; those first that
     * outlive a restart of the machine.
     */
    public static List<Path> ofSystem() {
        if (Os.current() != Os.WINDOWS) {
            return List.of(Path.of("/var/tmp"), Path.of("/tmp"));
        }
        String local = System.getenv("LOCALAPPDATA");
        return List.of(Path.of(local == null ? System.getProperty("java.io.tmpdir") : local + "\\Temp"));
    }

    /** Whether a file can be made, written and removed. */
    private static final class Probe implements Names.Attempt<Directory.MadeFile> {
        private static final Set<PosixFilePermission> PRIVATE =
                Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

        private final Directory directory;

        Probe(Directory directory) {
            this.directory = directory;
        }

        @Override
        public Directory.MadeFile at(String name) throws IOException {
            Directory.MadeFile made = directory.createFile(name, PRIVATE);
            try (FileHandle handle = made.handle()) {
                handle.write(ByteBuffer.wrap(new byte[] {'p'}), 0);
            } finally {
                directory.removeFile(name, made.identity());
            }
            return made;
        }
    }

    /** A place to look at. */
    record Candidate(String origin, String value, boolean asked) {
        Candidate(String origin, @Nullable String value, boolean asked) {
            this.origin = origin;
            this.value = value == null ? "" : value;
            this.asked = asked;
        }

        /** Somebody who names a private directory in a volume of a pod wants it used, though the volume is open to all. */
        Verdict verdict(Path directory, DirectoryTrust trust) {
            boolean lastResort = trust.isExposed() && !(asked && trust.exposedOnTheWay());
            return new Verdict(origin, value, asked, directory, null, trust.reason(), lastResort);
        }
    }

    /*
     * Named classes, as everything on the way to the first thing that a process makes: the first lambda of a process takes
     * it longer than all the rest.
     */

    private static final class Properties implements Function<String, @Nullable String> {
        @Override
        public @Nullable String apply(String name) {
            return System.getProperty(name);
        }
    }

    private static final class Environment implements Function<String, @Nullable String> {
        @Override
        public @Nullable String apply(String name) {
            return System.getenv(name);
        }
    }
}
