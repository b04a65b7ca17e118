package io.tempfile4j;

import io.tempfile4j.internal.lifetime.LivingEntry;
import io.tempfile4j.internal.platform.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The permissions, owner and group that a file is to have at its target; it gets them before it is there, so that nobody
 * ever sees it there with others.
 */
final class TargetAttributes {

    private final Path target;
    private final @Nullable PosixFileAttributes replaced;
    private final @Nullable Set<PosixFilePermission> otherwise;

    /**
     * Those of the regular file that is replaced, if there is one.
     *
     * @param target the path
     * @param replaced null not to ask for them
     * @param otherwise the permissions if there is none; null to leave them as they are
     */
    TargetAttributes(
            Path target, @Nullable BasicFileAttributes replaced, @Nullable Set<PosixFilePermission> otherwise) {
        this.target = target;
        this.replaced = ofFile(replaced);
        this.otherwise = otherwise;
    }

    /** What is at the path now, with POSIX attributes where there are any; a link's own; null if there is nothing. */
    static @Nullable BasicFileAttributes at(Path path) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        Class<? extends BasicFileAttributes> type = posix ? PosixFileAttributes.class : BasicFileAttributes.class;
        try {
            return Files.readAttributes(path, type, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException nothing) {
            return null;
        }
    }

    /** The same if it is a file and has them; else null. */
    static @Nullable PosixFileAttributes ofFile(@Nullable BasicFileAttributes found) {
        return found instanceof PosixFileAttributes posix && posix.isRegularFile() ? posix : null;
    }

    /**
     * Gives them to the file.
     *
     * @param before what it has now; null if it is no file, or has none
     * @param made the permissions it was made with: if it has others, somebody wanted it so, or the file system has none
     * @return takes them away again
     */
    Undo giveTo(LivingEntry entry, @Nullable PosixFileAttributes before, Set<PosixFilePermission> made)
            throws IOException {
        if (before == null) {
            return () -> {};
        }
        Set<PosixFilePermission> has = before.permissions();
        Set<PosixFilePermission> wanted = has.equals(made) && otherwise != null ? otherwise : has;
        Undo undo = () -> {};
        if (replaced != null) {
            undo = () -> takeBack(entry, before);
            boolean sameGroup = hasSameOwner(entry) || Owner.give(entry.path(), before, replaced);
            wanted = sameGroup ? replaced.permissions() : withoutGroup(replaced.permissions());
        }
        if (wanted.equals(has)) {
            return undo;
        }
        try {
            entry.setPermissions(wanted);
        } catch (Throwable failure) {
            undo.after(failure);
            throw failure;
        }
        return () -> takeBack(entry, before);
    }

    private boolean hasSameOwner(LivingEntry entry) throws IOException {
        try {
            return Owner.isSame(entry.path(), target);
        } catch (NoSuchFileException removedMeanwhile) {
            return false;
        }
    }

    /** What a group may do, another one may not do for that reason. */
    static Set<PosixFilePermission> withoutGroup(Set<PosixFilePermission> permissions) {
        Set<PosixFilePermission> less = EnumSet.noneOf(PosixFilePermission.class);
        less.addAll(permissions);
        if (!permissions.contains(PosixFilePermission.OTHERS_READ)) {
            less.remove(PosixFilePermission.GROUP_READ);
        }
        if (!permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            less.remove(PosixFilePermission.GROUP_WRITE);
        }
        if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
            less.remove(PosixFilePermission.GROUP_EXECUTE);
        }
        return less;
    }

    private static void takeBack(LivingEntry entry, PosixFileAttributes before) throws IOException {
        entry.setPermissions(before.permissions());
        PosixFileAttributes now = ofFile(at(entry.path()));
        if (now != null) {
            Owner.give(entry.path(), now, before);
        }
    }

    /** What is done when the file does not come to its target. */
    @FunctionalInterface
    interface Undo {
        void run() throws IOException;

        default void after(Throwable failure) {
            try {
                run();
            } catch (IOException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
        }
    }
}
