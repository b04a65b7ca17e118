package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Names what the removal of a tree had to leave. */
public final class TreeRemovalException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient List<Remnant> remnants;
    private final long count;

    TreeRemovalException(Path root, List<Remnant> remnants, long count) {
        super(
                root + ": " + count + " left, the first one " + remnants.get(0).path(),
                remnants.get(0).cause());
        this.remnants = List.copyOf(remnants);
        this.count = count;
    }

    /** The first ones; {@link #count()} tells how many there are. */
    public List<Remnant> remnants() {
        return remnants;
    }

    public long count() {
        return count;
    }

    /** One entry that stayed, and why. */
    public record Remnant(Path path, IOException cause) {}
}
