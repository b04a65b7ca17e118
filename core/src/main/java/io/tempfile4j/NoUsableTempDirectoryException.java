package io.tempfile4j;

import io.tempfile4j.internal.platform.Location;
import java.io.IOException;
import java.util.List;

/** Thrown when in none of the candidates for the directory of temporary files a file can be made. */
public final class NoUsableTempDirectoryException extends IOException {

    private static final long serialVersionUID = 1L;

    /** A line for each candidate. */
    private final String[] candidates;

    NoUsableTempDirectoryException(List<Location.Refusal> refused) {
        this(refused.stream().map(Location.Refusal::toString).toArray(String[]::new));
    }

    private NoUsableTempDirectoryException(String[] candidates) {
        super("no usable directory for temporary files: " + String.join("; ", candidates));
        this.candidates = candidates;
    }

    /**
     * Each candidate in the order of preference: what named it, its path, and why it does not serve.
     *
     * @return a line for each
     */
    public List<String> candidates() {
        return List.of(candidates);
    }
}
