package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where temporary files go: the first candidate in which a file can really be made, written and removed. Those come last in
 * which other users can replace entries, unless somebody has named one that is private itself.
 *
 * @param directory the one chosen, absolute; null when none serves
 * @param refused those that were passed over for it, in the order in which they were tried
 * @param exposure why other users can replace what is in the one chosen; empty if they cannot
 */
public record Location(@Nullable Path directory, List<Refusal> refused, String exposure) {

    /**
     * A candidate that does not serve.
     *
     * @param origin the property, variable or list that named it
     * @param asked whether a person named it, as opposed to a built-in list
     */
    public record Refusal(String origin, String value, boolean asked, String reason) {
        @Override
        public String toString() {
            return origin + " " + value + ": " + reason;
        }
    }

    /**
     * What became of looking at a candidate.
     *
     * @param directory the candidate, absolute; null when it is no path
     * @param reason why it does not serve; null when it does
     * @param exposure why other users can replace what is in it; empty if they cannot
     * @param lastResort whether it comes last for that
     */
    public record Verdict(
            String origin,
            String value,
            boolean asked,
            @Nullable Path directory,
            @Nullable String reason,
            String exposure,
            boolean lastResort) {

        /** Returns why it is passed over as long as there is a better one; null if it is not. */
        public @Nullable String objection() {
            return reason == null && lastResort ? exposure : reason;
        }
    }

    /** Chooses for this process, as it is now. */
    public static Location choose() {
        return LocationSearch.ofProcess().choose();
    }

    /**
     * What {@link #choose()} would find at each candidate, also at those after the one chosen.
     */
    public static List<Verdict> verdicts() {
        return LocationSearch.ofProcess().verdicts();
    }

    /** Makes a path absolute and free of {@code .} and {@code ..}, without changing what it names. */
    public static Path absolute(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path normal = absolute.normalize();
        boolean climbs = false;
        for (Path name : absolute) {
            climbs |= name.toString().equals("..");
        }
        // Behind a symbolic link ".." is not the directory that stands before it in the path.
        return climbs ? path.toRealPath() : normal;
    }

    /** The same for the path of something that must not be followed if it is a link. */
    public static Path absoluteEntry(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path parent = absolute.getParent();
        Path name = absolute.getFileName();
        if (parent == null || name.toString().equals("..") || name.toString().equals(".")) {
            return absolute(absolute);
        }
        return absolute(parent).resolve(name);
    }

    /**
     * Whether a file, or something else that is no directory, stands where the path wants one. The system has for that now
     * one exception and now another, by JDK and provider.
     */
    public static boolean isBelowFile(Path absolute) {
        for (Path above = absolute.getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                return !Files.isDirectory(above);
            }
        }
        return false;
    }
}
