package io.tempfile4j;

import io.tempfile4j.internal.platform.Attributes;
import io.tempfile4j.internal.platform.Location;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;

/**
 * Replaces the content of a file as a whole: whoever opens it sees all of the old or all of the new, also after a crash.
 *
 * {@snippet class = "io.tempfile4j.SnippetsTest" region = "replace"}
 *
 * <p>The new content is written to a temporary file next to the target, whose name begins with {@code .tmp-}, and that
 * is persisted. So whoever replaces a file needs permission to write to its directory, not to the file; other hard links
 * to the file keep the old content.
 *
 * <p><b>Symbolic links.</b> A link at the path stays, and the file it leads to is replaced, as editors do; one that
 * leads nowhere is refused.
 *
 * <p><b>Other targets.</b> A device node, a socket, a FIFO or a directory, at the path or at the end of its links, is
 * rejected with {@link PersistException} before anything is written.
 *
 * <p>Safe for use by many threads and processes: each replaces the whole, the last one wins.
 */
public final class AtomicFile {

    private static final Set<PersistOption> SAFE = Set.of(PersistOption.DURABLE, PersistOption.KEEP_TARGET_ATTRIBUTES);

    private AtomicFile() {}

    /**
     * Replaces the file, or makes it, {@linkplain PersistOption#DURABLE durably}, and {@linkplain
     * PersistOption#KEEP_TARGET_ATTRIBUTES keeping} its permissions: what a configuration file wants. The one costs
     * milliseconds, and losing both versions to a power cut costs more; without the other a secret would become public.
     *
     * @param target the file
     * @param writer writes the new content
     * @return the file replaced: absolute, links resolved
     * @throws PersistException if it cannot be replaced; the old content is there still, and nothing is left
     * @throws IOException what the writer throws, or if the temporary file cannot be made: then as above; or if the
     *     content is replaced but may not survive a power cut, which the message says
     */
    public static Path replace(Path target, ContentWriter writer) throws IOException {
        return replace(target, SAFE, writer);
    }

    /**
     * Replaces the file, or makes it, with options of one's own.
     *
     * @param target the file
     * @param options any, or none: with {@link PersistOption#NO_CLOBBER} it is only made, never replaced
     * @param writer writes the new content
     * @return the file replaced: absolute, links resolved
     * @throws PersistException if it cannot be replaced; the old content is there still, and nothing is left
     * @throws IOException as of {@link #replace(Path, ContentWriter)}
     */
    public static Path replace(Path target, Set<PersistOption> options, ContentWriter writer) throws IOException {
        Objects.requireNonNull(target, "target");
        Set<PersistOption> asked = Set.copyOf(Objects.requireNonNull(options, "options"));
        Objects.requireNonNull(writer, "writer");
        return replace(TempSpace.builder(), target, asked, writer);
    }

    /** For tests: with a policy of theirs. */
    static Path replace(TempSpace.Builder policy, Path target, Set<PersistOption> options, ContentWriter writer)
            throws IOException {
        Path place = Location.absoluteEntry(target);
        if (Files.isSymbolicLink(place) && !options.contains(PersistOption.NO_CLOBBER)) {
            place = followed(place);
        }
        Path parent = place.getParent();
        if (parent == null) {
            throw new FileSystemException(place.toString(), null, "is the root of a file system");
        }
        if (!options.contains(PersistOption.NO_CLOBBER)) {
            requireReplaceable(place);
        }
        TempSpace beside =
                policy.directory(parent).prefix(TempSpace.BESIDE_PREFIX).open();
        try (NamedTemporaryFile file = beside.namedTemporaryFile()) {
            writer.write(file);
            if (!file.isOpen()) {
                throw new FileSystemException(
                        place.toString(), null, "not replaced: the writer has closed the file it was to write");
            }
            return persist(file, place, options);
        }
    }

    /** Before the writer is called, which may take long and read the target; persisting checks the target again. */
    private static void requireReplaceable(Path place) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isRegularFile() && !found.isSymbolicLink()) {
                throw PersistException.ofReplacement(place, Attributes.notReplaceable(place, found.isDirectory()));
            }
        } catch (NoSuchFileException free) {
            // The file is created.
        }
    }

    private static Path persist(NamedTemporaryFile file, Path place, Set<PersistOption> options) throws IOException {
        try {
            return file.persist(place, options.toArray(PersistOption[]::new));
        } catch (PersistException failure) {
            throw PersistException.ofReplacement(place, Objects.requireNonNull(failure.getCause()));
        }
    }

    private static Path followed(Path link) throws IOException {
        try {
            return link.toRealPath();
        } catch (NoSuchFileException nowhere) {
            NoSuchFileException described =
                    new NoSuchFileException(link.toString(), null, "is a symbolic link that leads nowhere");
            described.initCause(nowhere);
            throw described;
        }
    }
}
