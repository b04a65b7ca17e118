package io.tempfile4j.internal.platform;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Removes a tree by paths, following neither symbolic links nor junctions: for Windows and for providers that offer no
 * directory handles.
 *
 * <p>On Windows an entry that somebody has open, an indexer or a virus scanner say, cannot be removed for the moment: it
 * is tried again, with growing pauses, for a bounded time for the whole tree.
 */
final class PathTreeRemoval {

    private static final int MAX_PASSES = 16;
    private static final long FIRST_PAUSE_NANOS = 1_000_000;

    private final Path root;
    private final Remnants remnants;
    private final Patience patience;

    private PathTreeRemoval(Path root, Patience patience) {
        this.root = root;
        this.remnants = new Remnants(root);
        this.patience = patience;
    }

    static void remove(Path root) throws IOException {
        remove(root, Patience.of(Duration.ofSeconds(2)));
    }

    static void remove(Path root, Patience patience) throws IOException {
        PathTreeRemoval removal = new PathTreeRemoval(root, patience);
        removal.removeTree();
        removal.remnants.throwIfAny();
    }

    /** Depth first, without recursion; of each level a stream is open. */
    private void removeTree() throws IOException {
        Deque<Level> levels = new ArrayDeque<>();
        levels.push(open(root));
        try {
            while (!levels.isEmpty()) {
                Level level = levels.element();
                Path next = level.next(remnants);
                if (next != null) {
                    Level below = removeEntry(next);
                    if (below != null) {
                        levels.push(below);
                    }
                } else if (settle(level)) {
                    levels.pop();
                }
            }
        } finally {
            for (Level level : levels) {
                level.close();
            }
        }
    }

    private Level open(Path directory) throws IOException {
        try {
            return new Level(directory, remnants.count());
        } catch (AccessDeniedException denied) {
            if (!Access.grantByPath(directory)) {
                throw denied;
            }
            return new Level(directory, remnants.count());
        }
    }

    /** Removes the entry, or returns it to be emptied first. */
    private @Nullable Level removeEntry(Path entry) {
        try {
            BasicFileAttributes attributes = attributesOf(entry);
            // A junction is a directory and something else besides.
            if (attributes.isDirectory() && !attributes.isOther()) {
                return open(entry);
            }
            delete(entry);
        } catch (NoSuchFileException gone) {
            // It was to go anyway.
        } catch (IOException cause) {
            remnants.add(entry, cause);
        }
        return null;
    }

    private BasicFileAttributes attributesOf(Path entry) throws IOException {
        boolean granted = false;
        for (long pause = FIRST_PAUSE_NANOS; ; pause *= 2) {
            try {
                return Files.readAttributes(entry, BasicFileAttributes.class, NOFOLLOW_LINKS);
            } catch (AccessDeniedException denied) {
                // On Windows what was removed while somebody has it open is listed, and that is all.
                if (!granted && tryGrantParent(entry)) {
                    granted = true;
                } else if (!patience.pause(pause)) {
                    throw denied;
                }
            }
        }
    }

    /** Not of the root: what the tree is in is nothing of ours. */
    private boolean tryGrantParent(Path entry) throws IOException {
        Path parent = entry.getParent();
        return parent != null && !entry.equals(root) && Access.grantByPath(parent);
    }

    /** Removes the directory, just looked through, if it can; false when it is to be looked through again. */
    private boolean settle(Level level) {
        try {
            // On Windows a directory goes only when nobody has it open, this walk included.
            level.close();
            if (level.hasRemnants(remnants)) {
                return true;
            }
            try {
                delete(level.path);
            } catch (DirectoryNotEmptyException notEmpty) {
                if (level.passes == MAX_PASSES) {
                    throw notEmpty;
                }
                if (!level.seen) {
                    // On Windows what was removed while somebody has it open stays until that one closes it.
                    patience.pause(FIRST_PAUSE_NANOS << level.passes);
                }
                level.again();
                return false;
            }
        } catch (NoSuchFileException gone) {
            // It was to go anyway.
        } catch (IOException cause) {
            remnants.add(level.path, cause);
        }
        return true;
    }

    private void delete(Path path) throws IOException {
        long pause = FIRST_PAUSE_NANOS;
        boolean cleared = false;
        while (true) {
            try {
                Files.delete(path);
                return;
            } catch (NoSuchFileException | DirectoryNotEmptyException settled) {
                throw settled;
            } catch (AccessDeniedException denied) {
                if (!cleared && (clearReadOnly(path) || tryGrantParent(path))) {
                    cleared = true;
                } else if (!patience.pause(pause)) {
                    throw denied;
                }
            } catch (FileSystemException inUse) {
                if (!patience.pause(pause)) {
                    throw inUse;
                }
            }
            pause *= 2;
        }
    }

    /** Windows removes nothing that has this attribute; whether it had. */
    private static boolean clearReadOnly(Path path) throws IOException {
        DosFileAttributeView view = Files.getFileAttributeView(path, DosFileAttributeView.class, NOFOLLOW_LINKS);
        if (view == null || !view.readAttributes().isReadOnly()) {
            return false;
        }
        view.setReadOnly(false);
        return true;
    }

    /** A directory that is being emptied. */
    @SuppressWarnings("StreamResourceLeak") // open until the level is done
    private static final class Level {
        final Path path;
        private final long remnantsBefore;
        private int passes = 1;

        /** Whether there was anything in this pass. */
        private boolean seen;

        private DirectoryStream<Path> stream;
        private Iterator<Path> entries;

        Level(Path path, long remnantsBefore) throws IOException {
            this.path = path;
            this.remnantsBefore = remnantsBefore;
            this.stream = Files.newDirectoryStream(path);
            this.entries = stream.iterator();
        }

        @Nullable
        Path next(Remnants remnants) {
            try {
                Path next = entries.hasNext() ? entries.next() : null;
                seen |= next != null;
                return next;
            } catch (DirectoryIteratorException unreadable) {
                remnants.add(path, Objects.requireNonNull(unreadable.getCause()));
                return null;
            }
        }

        /** Whether something in it had to be left, so that it need not be tried. */
        boolean hasRemnants(Remnants remnants) {
            return remnants.count() > remnantsBefore;
        }

        void again() throws IOException {
            passes++;
            seen = false;
            stream = Files.newDirectoryStream(path);
            entries = stream.iterator();
        }

        void close() throws IOException {
            stream.close();
        }
    }
}
