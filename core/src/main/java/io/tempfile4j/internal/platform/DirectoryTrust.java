package io.tempfile4j.internal.platform;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether other users can replace entries of a directory.
 *
 * <p>The way to the directory counts as well: each directory on it, and each symbolic link, belongs to this user or to root
 * and is not open to others. So whoever uses the path after it was found private or sticky reaches the same directory, and
 * an entry that this user has created in it stays the one that was created.
 *
 * @param kind who can do what to an entry
 * @param reason why the directory is exposed; empty if it is not
 * @param exposedOnTheWay whether it is exposed only because others can replace it, or a directory above it: a private
 *     directory in the volume of a pod, for example
 */
public record DirectoryTrust(Kind kind, String reason, boolean exposedOnTheWay) {

    /** Kinds of directories, by who can replace an entry. */
    public enum Kind {
        /** Nobody else can write to it; or the file system has no owners and modes. */
        PRIVATE,
        /** Shared, with the sticky bit: only the owner of an entry, or root, can rename or remove it. */
        STICKY,
        /** Another user can replace what is in it. */
        EXPOSED
    }

    private static final DirectoryTrust OWNERLESS = new DirectoryTrust(Kind.PRIVATE, "", false);

    private static final String ATTRIBUTES = "unix:mode,uid";
    private static final int ROOT = 0;
    private static final int TYPE = 0170000;
    private static final int SYMBOLIC_LINK = 0120000;
    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_OTHERS = 0022;

    /** As many as Linux follows (path_resolution(7)). */
    private static final int MAX_LINKS = 40;

    /**
     * Looks at a directory and at all that its path leads through.
     *
     * @param directory absolute
     * @throws java.nio.file.NoSuchFileException if it does not exist
     */
    public static DirectoryTrust of(Path directory) throws IOException {
        return hasOwners(directory) ? new Walk(CurrentUser.uid()).to(directory) : OWNERLESS;
    }

    /** As {@link #of}, where nobody but root is trusted: for finding out who this user is. */
    static DirectoryTrust ofRootsDirectory(Path directory) throws IOException {
        return new Walk(null).to(directory);
    }

    /** Of other providers it is not known which of their users this one is; nor are they shared with other processes. */
    private static boolean hasOwners(Path directory) {
        return directory.getFileSystem().equals(FileSystems.getDefault())
                && directory.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /** Returns whether another user can replace entries. */
    public boolean isExposed() {
        return kind == Kind.EXPOSED;
    }

    /**
     * From the root downward, as the kernel resolves a path. What was passed cannot be exchanged any more, so looking and
     * going on are as good as one step.
     */
    private static final class Walk {
        private final @Nullable Integer self;
        private final Deque<Path> pending = new ArrayDeque<>();

        /** Whoever owns the root directory can replace everything: in a user namespace that need not be number 0. */
        private int ownerOfRoot = ROOT;

        private Kind kind = Kind.PRIVATE;
        private int links;

        Walk(@Nullable Integer self) {
            this.self = self;
        }

        DirectoryTrust to(Path directory) throws IOException {
            Path at = directory.getRoot();
            ownerOfRoot = owner(attributes(at));
            String reason = enter(at);
            push(directory);
            while (reason == null && !pending.isEmpty()) {
                Path name = pending.pop();
                if (name.toString().equals("..")) {
                    Path parent = at.getParent();
                    at = parent == null ? at : parent;
                    reason = enter(at);
                    continue;
                }
                Path next = at.resolve(name);
                Map<String, Object> found = attributes(next);
                if ((mode(found) & TYPE) != SYMBOLIC_LINK) {
                    at = next;
                    reason = enter(at, found);
                    continue;
                }
                if (!isTrusted(owner(found))) {
                    reason = "the symbolic link " + next + " belongs to " + user(found);
                    continue;
                }
                if (++links > MAX_LINKS) {
                    throw new FileSystemException(directory.toString(), null, "too many symbolic links");
                }
                Path target = Files.readSymbolicLink(next);
                if (target.isAbsolute()) {
                    at = target.getRoot();
                    reason = enter(at);
                }
                push(target);
            }
            if (reason == null) {
                return new DirectoryTrust(kind, "", false);
            }
            boolean exposedItself = enter(directory, Files.readAttributes(directory, ATTRIBUTES)) != null;
            return new DirectoryTrust(Kind.EXPOSED, "others can replace what is in it: " + reason, !exposedItself);
        }

        private void push(Path path) {
            for (int i = path.getNameCount() - 1; i >= 0; i--) {
                pending.push(path.getName(i));
            }
        }

        private @Nullable String enter(Path directory) throws IOException {
            return enter(directory, attributes(directory));
        }

        /** Returns why others can replace what is in a directory; null if they cannot. */
        private @Nullable String enter(Path directory, Map<String, Object> found) {
            boolean shared = (mode(found) & WRITABLE_BY_OTHERS) != 0;
            kind = shared ? Kind.STICKY : Kind.PRIVATE;
            if (!isTrusted(owner(found))) {
                return directory + " belongs to " + user(found);
            }
            return shared && (mode(found) & STICKY) == 0
                    ? directory + " is writable by others and has no sticky bit"
                    : null;
        }

        private boolean isTrusted(int owner) {
            return owner == ROOT || owner == ownerOfRoot || (self != null && owner == self);
        }

        private static Map<String, Object> attributes(Path entry) throws IOException {
            return Files.readAttributes(entry, ATTRIBUTES, NOFOLLOW_LINKS);
        }

        private static int mode(Map<String, Object> attributes) {
            return (Integer) Objects.requireNonNull(attributes.get("mode"));
        }

        private static int owner(Map<String, Object> attributes) {
            return (Integer) Objects.requireNonNull(attributes.get("uid"));
        }

        private static String user(Map<String, Object> attributes) {
            return "another user (" + Integer.toUnsignedString(owner(attributes)) + ")";
        }
    }
}
