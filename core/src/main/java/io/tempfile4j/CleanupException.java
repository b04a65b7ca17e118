package io.tempfile4j;

import io.tempfile4j.internal.lifetime.LivingEntry;
import io.tempfile4j.internal.lifetime.LivingResource;
import io.tempfile4j.internal.platform.Reason;
import io.tempfile4j.internal.platform.TreeRemovalException;
import io.tempfile4j.internal.platform.TreeRemovalException.Remnant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Thrown when not all could be removed. All the rest was; the clean-up may be tried again. The causes are {@linkplain
 * #getSuppressed() suppressed} exceptions, in the order of {@link #remaining()}.
 */
public final class CleanupException extends IOException {

    private static final long serialVersionUID = 1L;

    /** How many paths the message names; {@link #remaining()} names more. */
    private static final int SHOWN = 5;

    private final transient List<Path> remaining;
    /** How many entries are left, of which {@code remaining} may list only the first. */
    private final long remainingCount;

    CleanupException(Path root, List<Remnant> remnants, long count) {
        super(message(root, remnants, count));
        this.remaining = remnants.stream().map(Remnant::path).toList();
        this.remainingCount = count;
        remnants.forEach(remnant -> addSuppressed(remnant.cause()));
    }

    /** For a directory or a path. */
    static CleanupException of(Path root, IOException failure) {
        return failure instanceof TreeRemovalException tree
                ? new CleanupException(root, tree.remnants(), tree.count())
                : new CleanupException(root, List.of(new Remnant(root, failure)), 1);
    }

    /** For a space. */
    static CleanupException of(Path directory, Map<LivingResource, IOException> failures) {
        List<Remnant> remnants = new ArrayList<>();
        long count = 0;
        for (Map.Entry<LivingResource, IOException> failure : failures.entrySet()) {
            if (failure.getValue() instanceof TreeRemovalException tree) {
                remnants.addAll(tree.remnants());
                count += tree.count();
            } else {
                Path path = failure.getKey() instanceof LivingEntry entry ? entry.path() : directory;
                remnants.add(new Remnant(path, failure.getValue()));
                count++;
            }
        }
        return new CleanupException(directory, remnants, count);
    }

    private static String message(Path root, List<Remnant> remnants, long count) {
        Remnant first = remnants.get(0);
        if (count == 1) {
            return "could not remove " + first.path() + ": " + Reason.of(first.cause());
        }
        StringBuilder message = new StringBuilder("could not remove " + count + " of what is in or at " + root);
        for (Remnant remnant : remnants.subList(0, Math.min(SHOWN, remnants.size()))) {
            message.append("; ").append(remnant.path()).append(": ").append(Reason.of(remnant.cause()));
        }
        return message.append(count > SHOWN ? "; …" : "").toString();
    }

    /**
     * What is left, of a great many the first ones.
     *
     * @return absolute paths; empty after deserialisation
     */
    public List<Path> remaining() {
        return remaining == null ? List.of() : remaining;
    }

    /**
     * How much is left.
     *
     * @return the number of entries, at least 1
     */
    public long remainingCount() {
        return remainingCount;
    }
}
